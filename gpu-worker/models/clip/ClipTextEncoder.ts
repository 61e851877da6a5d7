import type { CheckpointPart } from "../../checkpoint/CheckpointPart.ts";
import { openTensors } from "../../checkpoint/openTensors.ts";
import type { TensorStore } from "../../checkpoint/TensorStore.ts";
import { Graph } from "../../graph/Graph.ts";
import { gather } from "../../graph/ops/gather.ts";
import { reshape } from "../../graph/ops/reshape.ts";
import type { EncodedText } from "../EditModel.ts";
import { linearLayer } from "../layers/layers.ts";
import { Scope } from "../layers/Scope.ts";
import type { ModelContext } from "../ModelContext.ts";
import { SessionCache } from "../SessionCache.ts";
import type { InstructionEncoder } from "../text/InstructionEncoder.ts";
import type { TextProjection } from "../text/TextProjection.ts";
import { TextTokenizer } from "../tokenizer/TextTokenizer.ts";
import { tryBuild } from "../tryBuild.ts";
import { clipTextModel, poolPosition } from "./CLIPTextModel.ts";
import { type ClipTextConfig, clipTextConfigSchema } from "./config.ts";

export interface ClipOptions {
  /** Which states condition the U-Net: after the last layer and its norm (default), or those of the layer before. */
  readonly layer?: "last" | "penultimate";
  /** The pooled state: as it is (default), through `text_projection` (CLIPTextModelWithProjection), or not asked for. */
  readonly pooled?: "plain" | "projected" | "none";
  /** States are brought to another width. */
  readonly projection?: TextProjection | undefined;
}

/** Tokenizer and CLIPTextModel of a checkpoint. */
export class ClipTextEncoder implements InstructionEncoder {
  readonly tokens: number;
  readonly width: number;
  readonly pooledWidth: number;
  readonly #config: ClipTextConfig;
  readonly #options: Required<Omit<ClipOptions, "projection">> & Pick<ClipOptions, "projection">;
  readonly #store: TensorStore;
  readonly #tokenizer: TextTokenizer;
  readonly #sessions: SessionCache;
  readonly #device: ModelContext["device"];

  private constructor(
    config: ClipTextConfig,
    options: ClipOptions,
    store: TensorStore,
    tokenizer: TextTokenizer,
    context: ModelContext,
  ) {
    this.#config = config;
    this.#options = { layer: "last", pooled: "plain", ...options };
    this.tokens = tokenizer.length;
    this.width = options.projection?.width ?? config.hidden_size;
    this.pooledWidth = { plain: config.hidden_size, projected: config.projection_dim, none: 0 }[this.#options.pooled];
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
    options: ClipOptions = {},
  ): Promise<ClipTextEncoder> {
    const config = await part.readJson("config.json", clipTextConfigSchema);
    const store = await openTensors(part, "model");
    const tokenizer = await TextTokenizer.open(tokenizerPart, config.max_position_embeddings);
    const encoder = new ClipTextEncoder(config, options, store, tokenizer, context);
    tryBuild(`${part.label}/config.json`, () => encoder.#build());
    return encoder;
  }

  async encode(text: string): Promise<EncodedText> {
    const ids = this.#tokenizer.encode(text);
    const session = await this.#sessions.get("text", () => this.#build());
    const { states, pooled } = await session.run({
      ids: BigInt64Array.from(ids, BigInt),
      ...(this.pooledWidth > 0 && { place: BigInt64Array.of(BigInt(poolPosition(ids, this.#config))) }),
    });
    return { states: states!, pooled: pooled?.data ?? new Float32Array() };
  }

  close(): Promise<void> {
    return this.#sessions.close();
  }

  #build(): Graph {
    const graph = new Graph(this.#device);
    const scope = new Scope(graph, this.#store);
    const { layer, pooled, projection } = this.#options;
    const ids = graph.input("ids", [1, this.#tokenizer.length], "int64");
    const { last, penultimate } = clipTextModel(scope, this.#config, ids);
    const states = layer === "last" ? last() : penultimate;
    graph.output("states", projection ? projection.apply(graph, states) : states);
    if (pooled !== "none") {
      const rows = reshape(graph, last(), [this.#tokenizer.length, this.#config.hidden_size]);
      const row = gather(graph, rows, graph.input("place", [1], "int64"));
      graph.output(
        "pooled",
        pooled === "plain" ? row : linearLayer(scope.at("text_projection"), row, this.pooledWidth),
      );
    }
    return graph;
  }
}
