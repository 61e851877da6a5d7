import { Graph } from "../../graph/Graph.ts";
import { gradient } from "../../graph/gradient.ts";
import { add } from "../../graph/ops/arithmetic.ts";
import { concat } from "../../graph/ops/concat.ts";
import { reshape } from "../../graph/ops/reshape.ts";
import { weightedLoss } from "../../graph/ops/weightedLoss.ts";
import { sizeOf } from "../../graph/shapes.ts";
import type { Value } from "../../graph/Value.ts";
import type { Conditioning } from "../Conditioning.ts";
import { coordinates } from "../emend/coordinates.ts";
import { gatedEdit } from "../emend/GatedEdit.ts";
import type { WeightSource } from "../layers/Scope.ts";
import { Scope } from "../layers/Scope.ts";
import type { ModelContext } from "../ModelContext.ts";
import { stacked } from "../stacked.ts";
import { pooledWidthOf } from "./additionEmbedding.ts";
import { classLabelOf, timeEmbedWidth } from "./classEmbedding.ts";
import type { UNetConfig } from "./config.ts";
import type { EditUNetOptions } from "./EditUNetOptions.ts";
import { type DeepCut, type UNetInputs, unet2dWithDeepCut } from "./UNet2DConditionModel.ts";
import type { UNetExpert } from "./UNetExpert.ts";

/** What a prediction's graph is built for. */
export interface Variant {
  /** `[N, latentChannels, h, w]` */
  readonly latentDims: readonly number[];
  /** `[N, tokens, contextWidth]` */
  readonly contextDims: readonly number[];
  readonly expert?: UNetExpert | undefined;
  /** Where DeepCache cuts; with the feature's dims the graph takes it as "deep", else it gives it out. */
  readonly deep?: { readonly branch: number; readonly dims: readonly number[] | undefined };
}

/** What a graph is built from, as values of it. */
interface Conditions {
  readonly states: Value;
  readonly task: Value | undefined;
  readonly time: Value | undefined;
  readonly expert?: UNetExpert | undefined;
  readonly cut?: DeepCut | undefined;
}

/** δ of the pseudo-Huber loss that models with a head were trained with (training/emend_train/losses.py). */
const huber = 0.03;

/** The graphs of an editing checkpoint's U-Net. */
export class EditGraphs {
  readonly #config: UNetConfig;
  readonly #options: EditUNetOptions;
  readonly #context: ModelContext;

  constructor(config: UNetConfig, options: EditUNetOptions, context: ModelContext) {
    this.#config = config;
    this.#options = options;
    this.#context = context;
  }

  /** Width of a text state, and of a task vector. */
  get contextWidth(): number {
    return this.#config.cross_attention_dim as number;
  }

  /** Width of a text's pooled state: what the class label holds behind the task vector, or SDXL's addition; 0 for none. */
  get pooledWidth(): number {
    const label = classLabelOf(this.#config);
    return pooledWidthOf(this.#config) ?? (label.kind === "vector" ? label.width - this.contextWidth : 0);
  }

  /** Whether a learned task has a share in the time embedding; without a table it has no vector of its own to live in. */
  get takesTime(): boolean {
    return !this.#options.hasTasks;
  }

  /** Inputs "latent", "image", "timestep", "context" and what the variant has → "prediction", and "deep". */
  prediction(weights: WeightSource, { latentDims, contextDims, expert, deep }: Variant): Graph {
    const graph = new Graph(this.#context.device, this.#context.precision);
    const n = latentDims[0]!;
    const states = graph.input("context", contextDims);
    const task = this.#options.hasTasks || expert ? graph.input("task", [n, this.contextWidth]) : undefined;
    const time = this.takesTime ? graph.input("time", [n, timeEmbedWidth(this.#config)]) : undefined;
    const image = graph.input("image", latentDims);
    const cut = deep && { branch: deep.branch, feature: deep.dims && graph.input("deep", deep.dims) };
    const predicted = this.#predict(graph, weights, image, { states, task, time, expert, cut });
    graph.output("prediction", predicted.prediction);
    if (predicted.deep && !cut?.feature) graph.output("deep", predicted.deep);
    return graph;
  }

  /**
   * Σ weights ρ(prediction − target) as "loss" and its gradients "d_NAME" by the given parts of a conditioning, which all samples
   * share. In float32: half of it would need its loss scaled.
   */
  gradient(
    weights: WeightSource,
    latentDims: readonly number[],
    contextDims: readonly number[],
    parts: readonly (readonly [name: keyof Conditioning, length: number])[],
  ): Graph {
    const graph = new Graph(this.#context.device);
    const [n, tokens, width] = contextDims as [number, number, number];
    const variables = new Map(parts.map(([name, length]) => [name, graph.input(name, [1, length])]));
    const everyone = graph.constant(new Float32Array(n), [n, 1]);
    const task = variables.get("task");
    const extra = variables.get("tokens");
    let states = graph.input("context", contextDims);
    if (extra) {
      const own = reshape(graph, extra, [1, extra.dims[1]! / width, width]);
      const before = [1, tokens - own.dims[1]!, width];
      const zeros = graph.constant(new Float32Array(sizeOf(before)), before);
      states = add(graph, states, before[1] === 0 ? own : concat(graph, [zeros, own], 1));
    }
    const image = graph.input("image", latentDims);
    const { prediction } = this.#predict(graph, weights, image, {
      states,
      task: task && add(graph, everyone, task), // [n, width]
      time: variables.get("time"),
    });
    const target = graph.input("target", latentDims);
    const share = graph.input("weights", latentDims);
    const loss = weightedLoss(graph, prediction, target, share, this.#options.head && huber);
    graph.output("loss", loss);
    const gradients = gradient(graph, loss, [...variables.values()]);
    for (const [i, name] of [...variables.keys()].entries()) graph.output(`d_${name}`, gradients[i]!);
    return graph;
  }

  /** The network on the inputs "latent", "timestep" and "pooled", and what is given. */
  #predict(
    graph: Graph,
    weights: WeightSource,
    image: Value,
    { states, task, time, expert, cut }: Conditions,
  ): { prediction: Value; deep: Value | undefined } {
    const { head } = this.#options;
    const dims = image.dims as [number, number, number, number];
    const n = dims[0];
    const hasPlaces = this.#config.in_channels === 2 * dims[1] + 2;
    const latent = graph.input("latent", dims);
    const timestep = graph.input("timestep", [n]);
    const pooled = this.pooledWidth > 0 ? graph.input("pooled", [n, this.pooledWidth]) : undefined;
    const inputs = {
      sample: concat(graph, hasPlaces ? [latent, image, coordinates(graph, dims)] : [latent, image], 1),
      timestep,
      ...this.#guide(graph, { states, task, pooled, expert }),
      ...(pooled && this.#config.addition_embed_type && { addition: { pooled, sizes: this.#sizes(graph, dims) } }),
      timeShift: time,
    };
    const { out: raw, deep } = unet2dWithDeepCut(
      new Scope(graph, expert ? withExpert(weights, expert.weights) : weights),
      this.#config,
      inputs,
      cut,
    );
    return { prediction: head === undefined ? raw : gatedEdit(graph, raw, image, head), deep };
  }

  /** Where a task goes: into the class label and the context, or to its expert and nowhere else. */
  #guide(
    graph: Graph,
    { states, task, pooled, expert }: Omit<Conditions, "time" | "cut"> & { readonly pooled: Value | undefined },
  ): Pick<UNetInputs, "context" | "classLabel" | "adapter"> {
    if (!task) return { context: states };
    const n = task.dims[0]!;
    const token = reshape(graph, task, [n, 1, this.contextWidth]);
    if (expert) {
      const { dims, data } = expert.tokens;
      const others = graph.constant(stacked(new Array<Float32Array>(n).fill(data)), dims.with(0, n));
      return { context: states, adapter: { tokens: concat(graph, [token, others], 1), scale: expert.scale } };
    }
    const classLabel = pooled ? concat(graph, [task, pooled], 1) : task;
    return { context: concat(graph, [states, token], 1), classLabel };
  }

  /** SDXL's sizes, of the source, of what was cut off it, and of the result: all at the model's resolution, nothing cut. */
  #sizes(graph: Graph, [n, , h, w]: readonly [number, number, number, number]): Value {
    const [height, width] = [h * this.#options.downscale, w * this.#options.downscale];
    const sizes = [height, width, 0, 0, height, width];
    return graph.constant(Array.from({ length: n }, () => sizes).flat(), [n, sizes.length]);
  }
}

/** The U-Net's weights and an expert's. */
const withExpert = (own: WeightSource, expert: WeightSource): WeightSource => ({
  has: (name) => own.has(name) || expert.has(name),
  source: (name, dims) => (own.has(name) ? own : expert).source(name, dims),
});
