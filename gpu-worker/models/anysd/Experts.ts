import { badModel } from "../../checkpoint/badModel.ts";
import type { CheckpointPart } from "../../checkpoint/CheckpointPart.ts";
import { openTensors } from "../../checkpoint/openTensors.ts";
import type { TensorStore } from "../../checkpoint/TensorStore.ts";
import { Graph } from "../../graph/Graph.ts";
import { Session } from "../../graph/Session.ts";
import { sizeOf } from "../../graph/shapes.ts";
import type { TensorData } from "../../graph/TensorData.ts";
import { clipVisionStates } from "../clip/clipVisionStates.ts";
import { type ClipVisionConfig, clipVisionConfigSchema } from "../clip/visionConfig.ts";
import { Scope } from "../layers/Scope.ts";
import type { ModelContext } from "../ModelContext.ts";
import type { UNetConfig } from "../unet/config.ts";
import type { UNetExpert } from "../unet/UNetExpert.ts";
import { crossAttentionNames } from "./crossAttentionNames.ts";
import { resampler } from "./resampler.ts";
import { anysdTasks } from "./tasks.ts";

/** The picture prompt's share beside the text's (anysd/infer.py). */
const scale = 0.8;

/**
 * AnySD's experts (Yu et al. 2024): IP-Adapters of the U-Net, each with keys and values of its own for a task's vector and
 * for a reference picture. emend has no reference picture; AnySD then shows a grey one, and so do we.
 */
export class Experts {
  /** Vectors of the tasks, by name. */
  readonly tasks: ReadonlyMap<string, Float32Array>;
  /** Names of the experts behind them. */
  readonly expertOf: ReadonlyMap<string, string>;
  readonly #stores: ReadonlyMap<string, TensorStore>;
  readonly #vision: { readonly config: ClipVisionConfig; readonly store: TensorStore };
  readonly #names: readonly string[];
  readonly #context: ModelContext;
  readonly #ready = new Map<string, Promise<UNetExpert>>();
  #states: Promise<TensorData> | undefined;

  private constructor(
    tasks: ReadonlyMap<string, Float32Array>,
    stores: ReadonlyMap<string, TensorStore>,
    vision: { config: ClipVisionConfig; store: TensorStore },
    unet: UNetConfig,
    context: ModelContext,
  ) {
    this.tasks = tasks;
    this.expertOf = new Map(anysdTasks.filter(({ name }) => tasks.has(name)).map(({ name, expert }) => [name, expert]));
    this.#stores = stores;
    this.#vision = vision;
    this.#names = crossAttentionNames(unet);
    this.#context = context;
  }

  /**
   * Reads `experts/task_embs` and those experts that are there.
   * @throws EmendError `bad_model`
   */
  static async open(
    part: CheckpointPart,
    visionPart: CheckpointPart,
    unet: UNetConfig,
    context: ModelContext,
  ): Promise<Experts> {
    const table = await openTensors(part, "task_embs");
    const width = unet.cross_attention_dim as number;
    const [only, ...others] = table.tensors; // whatever its name is: AnySD saves it without one
    if (!only || others.length > 0) throw badModel(table.label, "must hold one tensor, the tasks' vectors");
    const count = only[1].dims[0] ?? 0;
    const vectors = await table.read(only[0], [count, 1, 1, width]);
    const stores = new Map<string, TensorStore>();
    for (const expert of new Set(anysdTasks.map(({ expert }) => expert))) {
      if (part.has(`${expert}.safetensors`) || part.has(`${expert}.bin`))
        stores.set(expert, await openTensors(part, expert));
    }
    const known = anysdTasks.filter(({ row, expert }) => row < count && stores.has(expert));
    const tasks = new Map(known.map(({ name, row }) => [name, vectors.subarray(row * width, (row + 1) * width)]));
    const config = await visionPart.readJson("config.json", clipVisionConfigSchema);
    const vision = { config, store: await openTensors(visionPart, "model") };
    return new Experts(tasks, stores, vision, unet, context);
  }

  /** An expert ready for the U-Net. The first use of one runs its resampler, the first of all the vision encoder, too. */
  get(name: string): Promise<UNetExpert> {
    const known = this.#ready.get(name) ?? this.#prepare(name, this.#stores.get(name)!);
    this.#ready.set(name, known);
    return known;
  }

  async #prepare(name: string, store: TensorStore): Promise<UNetExpert> {
    this.#states ??= this.#greyStates();
    const states = await this.#states;
    const graph = new Graph(this.#context.device);
    graph.output("tokens", resampler(graph, store, graph.input("states", states.dims)));
    const tokens = await this.#runOnce(graph, { states: states.data }, "tokens");
    return { name, scale, tokens, weights: this.#weightsOf(store) };
  }

  /** What the vision encoder's layer before the last one says of an evenly grey picture. */
  #greyStates(): Promise<TensorData> {
    const { config, store } = this.#vision;
    const dims = [1, 3, config.image_size, config.image_size];
    const graph = new Graph(this.#context.device);
    const root = new Scope(graph, store);
    const scope = root.has("vision_model.embeddings.class_embedding") ? root.at("vision_model") : root;
    const layers = config.num_hidden_layers - 1;
    graph.output("states", clipVisionStates(scope, config, graph.input("pixels", dims), layers));
    return this.#runOnce(graph, { pixels: new Float32Array(sizeOf(dims)) }, "states");
  }

  async #runOnce(graph: Graph, feeds: Record<string, Float32Array>, output: string): Promise<TensorData> {
    const session = await Session.create(graph, this.#context);
    try {
      const { dims, data } = (await session.run(feeds))[output]!;
      return { dims, data: Float32Array.from(data) };
    } finally {
      await session.release();
    }
  }

  /** The expert's keys and values under the names of the layers that they belong to. */
  #weightsOf(store: TensorStore): UNetExpert["weights"] {
    // IP-Adapters count a U-Net's attentions; every other one is to the context.
    const own = (name: string) => {
      const [, layer, kind] = /^(.*)\.(to_[kv]_ip\.weight)$/.exec(name) ?? [];
      const place = this.#names.indexOf(layer ?? "");
      return place < 0 ? undefined : `ip_adapter.${2 * place + 1}.${kind}`;
    };
    return {
      has: (name) => store.has(own(name) ?? ""),
      source: (name, dims) => store.source(own(name) ?? name, dims),
    };
  }
}
