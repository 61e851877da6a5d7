import type { Graph } from "./Graph.ts";
import { type Feed, Session, type SessionOptions } from "./Session.ts";
import { splitInvariant } from "./splitInvariant.ts";
import type { TensorData } from "./TensorData.ts";

type Feeds = Readonly<Record<string, Feed>>;

/** What depends on these inputs alone. */
interface Known {
  readonly given: Feeds;
  readonly found: Feeds;
}

/** The branches of classifier-free guidance, whose runs take turns, and one more. */
const kept = 4;

/** Runs a graph some of whose inputs stay the same over many runs, and computes what depends on those alone only once. */
export class InvariantSession {
  readonly #names: readonly string[];
  readonly #invariant: Session;
  readonly #rest: Session;
  /** Youngest last. */
  #known: Known[] = [];

  private constructor(names: readonly string[], invariant: Session, rest: Session) {
    this.#names = names;
    this.#invariant = invariant;
    this.#rest = rest;
  }

  /**
   * @param names of the inputs that stay the same; the graph loses what depends on them alone
   * @throws EmendError `engine_failed` when onnxruntime refuses the graph
   */
  static async create(
    graph: Graph,
    names: readonly string[],
    options: SessionOptions,
  ): Promise<InvariantSession | Session> {
    const invariant = splitInvariant(graph, names);
    if (!invariant) return Session.create(graph, options);
    const rest = await Session.create(graph, options);
    return new InvariantSession([...invariant.inputs.keys()], await Session.create(invariant, options), rest);
  }

  /** As `Session.run`. */
  async run(feeds: Feeds): Promise<Record<string, TensorData>> {
    return this.#rest.run({ ...feeds, ...(await this.#find(feeds)) });
  }

  async release(): Promise<void> {
    this.#known = [];
    await this.#rest.release();
    await this.#invariant.release();
  }

  async #find(feeds: Feeds): Promise<Feeds> {
    const known = this.#known.find(({ given }) => this.#names.every((name) => isEqual(given[name]!, feeds[name]!)));
    if (known) {
      this.#known = [...this.#known.filter((each) => each !== known), known];
      return known.found;
    }
    const results = await this.#invariant.run(feeds);
    const found = Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, data]));
    const given = Object.fromEntries(this.#names.map((name) => [name, feeds[name]!.slice()]));
    this.#known = [...this.#known, { given, found }].slice(-kept);
    return found;
  }
}

/** To the bit; a few hundred kilobytes at most. */
const isEqual = (a: Feed, b: Feed): boolean =>
  Buffer.from(a.buffer, a.byteOffset, a.byteLength).equals(Buffer.from(b.buffer, b.byteOffset, b.byteLength));
