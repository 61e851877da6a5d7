import type { CheckpointPart } from "../../checkpoint/CheckpointPart.ts";
import { openTensors } from "../../checkpoint/openTensors.ts";
import type { TensorStore } from "../../checkpoint/TensorStore.ts";
import { Graph } from "../../graph/Graph.ts";
import { mul } from "../../graph/ops/arithmetic.ts";
import { cast } from "../../graph/ops/cast.ts";
import type { EncodedText } from "../EditModel.ts";
import { Scope } from "../layers/Scope.ts";
import type { ModelContext } from "../ModelContext.ts";
import { SessionCache } from "../SessionCache.ts";
import type { InstructionEncoder } from "../text/InstructionEncoder.ts";
import type { TextProjection } from "../text/TextProjection.ts";
import { TextTokenizer } from "../tokenizer/TextTokenizer.ts";
import { tryBuild } from "../tryBuild.ts";
import { type T5Config, t5ConfigSchema } from "./config.ts";
import { t5EncoderModel } from "./T5EncoderModel.ts";

/** T5 has no table of places that would limit a text; it was trained with so many tokens. */
const maxTokens = 512;

/** Tokenizer and T5EncoderModel of a checkpoint. It has no pooled state. */
export class T5TextEncoder implements InstructionEncoder {
  readonly tokens: number;
  readonly width: number;
  readonly pooledWidth = 0;
  readonly #config: T5Config;
  readonly #projection: TextProjection | undefined;
  readonly #store: TensorStore;
  readonly #tokenizer: TextTokenizer;
  readonly #sessions: SessionCache;
  readonly #device: ModelContext["device"];

  private constructor(
    config: T5Config,
    projection: TextProjection | undefined,
    store: TensorStore,
    tokenizer: TextTokenizer,
    context: ModelContext,
  ) {
    this.#config = config;
    this.#projection = projection;
    this.tokens = tokenizer.length;
    this.width = projection?.width ?? config.d_model;
    this.#store = store;
    this.#tokenizer = tokenizer;
    this.#device = context.device;
    this.#sessions = new SessionCache(context, 1);
  }

  /** @throws EmendError `bad_model` */
  static async open(
    part: CheckpointPart,
    tokenizerPart: CheckpointPart,
    context: ModelContext,
    projection?: TextProjection,
  ): Promise<T5TextEncoder> {
    const config = await part.readJson("config.json", t5ConfigSchema);
    const store = await openTensors(part, "model");
    const tokenizer = await TextTokenizer.open(tokenizerPart, maxTokens);
    const encoder = new T5TextEncoder(config, projection, store, tokenizer, context);
    tryBuild(`${part.label}/config.json`, () => encoder.#build());
    return encoder;
  }

  /** States at padding are zeros. */
  async encode(text: string): Promise<EncodedText> {
    const tokens = this.#tokenizer.tokens(text);
    const ids = this.#tokenizer.pad(tokens);
    const { length } = tokens;
    const session = await this.#sessions.get("text", () => this.#build());
    const { states } = await session.run({
      ids: BigInt64Array.from(ids, BigInt),
      length: BigInt64Array.of(BigInt(length)),
      mask: Float32Array.from(ids, (_, i) => (i < length ? 1 : 0)),
    });
    return { states: states!, pooled: new Float32Array() };
  }

  close(): Promise<void> {
    return this.#sessions.close();
  }

  #build(): Graph {
    const graph = new Graph(this.#device);
    const tokens = this.#tokenizer.length;
    const ids = graph.input("ids", [1, tokens], "int64");
    const lengths = cast(graph, graph.input("length", [1], "int64"), "int32");
    const states = t5EncoderModel(new Scope(graph, this.#store), this.#config, ids, lengths);
    const projected = this.#projection ? this.#projection.apply(graph, states) : states;
    graph.output("states", mul(graph, projected, graph.input("mask", [1, tokens, 1])));
    return graph;
  }
}
