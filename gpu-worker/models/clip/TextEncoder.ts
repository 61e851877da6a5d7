import type { CheckpointPart } from "../../checkpoint/CheckpointPart.ts";
import { openTensors } from "../../checkpoint/openTensors.ts";
import type { TensorStore } from "../../checkpoint/TensorStore.ts";
import { Graph } from "../../graph/Graph.ts";
import type { EncodedText } from "../EditModel.ts";
import { LruCache } from "../LruCache.ts";
import { Scope } from "../layers/Scope.ts";
import type { ModelContext } from "../ModelContext.ts";
import { SessionCache } from "../SessionCache.ts";
import { TextTokenizer } from "../tokenizer/TextTokenizer.ts";
import { tryBuild } from "../tryBuild.ts";
import { clipTextModel, poolPosition } from "./CLIPTextModel.ts";
import { type ClipTextConfig, clipTextConfigSchema } from "./config.ts";

/** An edit asks for two texts, a conversation for a few more. */
const cacheSize = 32;

/** Tokenizer and CLIPTextModel of a checkpoint: instruction → text states. */
export class TextEncoder {
  readonly config: ClipTextConfig;
  readonly #store: TensorStore;
  readonly #tokenizer: TextTokenizer;
  readonly #sessions: SessionCache;
  readonly #device: ModelContext["device"];
  readonly #texts = new LruCache<string, EncodedText>(cacheSize);

  private constructor(config: ClipTextConfig, store: TensorStore, tokenizer: TextTokenizer, context: ModelContext) {
    this.config = config;
    this.#store = store;
    this.#tokenizer = tokenizer;
    this.#device = context.device;
    this.#sessions = new SessionCache(context, 1);
  }

  /** @throws EmendError `bad_model` */
  static async open(part: CheckpointPart, tokenizerPart: CheckpointPart, context: ModelContext): Promise<TextEncoder> {
    const config = await part.readJson("config.json", clipTextConfigSchema);
    const store = await openTensors(part, "model");
    const tokenizer = await TextTokenizer.open(tokenizerPart, config.max_position_embeddings);
    const encoder = new TextEncoder(config, store, tokenizer, context);
    tryBuild(`${part.label}/config.json`, () => encoder.#build());
    return encoder;
  }

  async encode(text: string): Promise<EncodedText> {
    const known = this.#texts.get(text);
    if (known) return known;
    const ids = this.#tokenizer.encode(text);
    const session = await this.#sessions.get("text", () => this.#build());
    const { states } = await session.run({ ids: BigInt64Array.from(ids, BigInt) });
    const width = this.config.hidden_size;
    const place = poolPosition(ids, this.config);
    const pooled = states!.data.slice(place * width, (place + 1) * width);
    const encoded = { states: states!, pooled };
    this.#texts.set(text, encoded);
    return encoded;
  }

  close(): Promise<void> {
    return this.#sessions.close();
  }

  #build(): Graph {
    const graph = new Graph(this.#device);
    const ids = graph.input("ids", [1, this.#tokenizer.length], "int64");
    graph.output("states", clipTextModel(new Scope(graph, this.#store), this.config, ids));
    return graph;
  }
}
