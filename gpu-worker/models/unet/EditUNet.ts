import { badModel } from "../../checkpoint/badModel.ts";
import type { CheckpointPart } from "../../checkpoint/CheckpointPart.ts";
import { openTensors } from "../../checkpoint/openTensors.ts";
import type { TensorStore } from "../../checkpoint/TensorStore.ts";
import { countWork } from "../../graph/countWork.ts";
import { Graph } from "../../graph/Graph.ts";
import { gradient } from "../../graph/gradient.ts";
import { hasFastInt8 } from "../../graph/hasFastInt8.ts";
import { add } from "../../graph/ops/arithmetic.ts";
import { concat } from "../../graph/ops/concat.ts";
import { reshape } from "../../graph/ops/reshape.ts";
import { weightedLoss } from "../../graph/ops/weightedLoss.ts";
import { quantizeLinear } from "../../graph/quantizeLinear.ts";
import { sizeOf } from "../../graph/shapes.ts";
import type { TensorData } from "../../graph/TensorData.ts";
import type { Value } from "../../graph/Value.ts";
import type { Conditioning } from "../Conditioning.ts";
import type { DeepDenoised, DeepInput, DenoiserInput, Differentiated, DifferentiateInput } from "../EditModel.ts";
import { coordinates } from "../emend/coordinates.ts";
import { type GatedEditConfig, gatedEdit, gatedEditChannels } from "../emend/GatedEdit.ts";
import { Scope, type WeightSource } from "../layers/Scope.ts";
import type { ModelContext } from "../ModelContext.ts";
import { SessionCache } from "../SessionCache.ts";
import { tryBuild } from "../tryBuild.ts";
import { pooledWidthOf } from "./additionEmbedding.ts";
import { classLabelOf, timeEmbedWidth } from "./classEmbedding.ts";
import { type UNetConfig, unetConfigSchema } from "./config.ts";
import { type DeepCut, type UNetInputs, unet2dWithDeepCut } from "./UNet2DConditionModel.ts";
import type { UNetExpert } from "./UNetExpert.ts";

export interface EditUNetOptions {
  readonly latentChannels: number;
  /** Pixels per latent cell. */
  readonly downscale: number;
  /** The GatedEdit head; without it the network's output is the prediction. */
  readonly head?: GatedEditConfig | undefined;
  /** The U-Net takes a task vector: in its class label, and as one more context token. */
  readonly hasTasks: boolean;
}

/** Shapes that a session is kept for: an edit has one; two let a conversation go back and forth. */
const sessionLimit = 2;
/** δ of the pseudo-Huber loss that models with a head were trained with (training/emend_train/losses.py). */
const huber = 0.03;

/** The U-Net of an editing checkpoint: noisy latent and source's latent in, prediction out. */
export class EditUNet {
  readonly config: UNetConfig;
  readonly #store: TensorStore;
  readonly #options: EditUNetOptions;
  readonly #context: ModelContext;
  readonly #sessions: SessionCache;
  readonly #deepSessions: SessionCache;
  readonly #gradients: SessionCache;
  readonly #hasInt8: boolean;

  private constructor(config: UNetConfig, store: TensorStore, options: EditUNetOptions, context: ModelContext) {
    this.config = config;
    this.#store = store;
    this.#options = options;
    this.#context = context;
    this.#sessions = new SessionCache(context, sessionLimit);
    this.#deepSessions = new SessionCache(context, 2 * sessionLimit); // the whole network and the outer layers
    this.#hasInt8 = context.device === "cpu" && hasFastInt8();
    this.#gradients = new SessionCache(context, 1);
  }

  /** @throws EmendError `bad_model` */
  static async open(part: CheckpointPart, options: EditUNetOptions, context: ModelContext): Promise<EditUNet> {
    const config = await part.readJson("config.json", unetConfigSchema);
    checkConfig(`${part.label}/config.json`, config, options);
    const store = await openTensors(part, "diffusion_pytorch_model");
    const unet = new EditUNet(config, store, options, context);
    const side = 2 ** (config.block_out_channels.length - 1);
    tryBuild(`${part.label}/config.json`, () => {
      unet.#build({ latentDims: [1, options.latentChannels, side, side], contextDims: [1, 1, unet.contextWidth] });
    });
    return unet;
  }

  /** Width of a text state, and of a task vector. */
  get contextWidth(): number {
    return this.config.cross_attention_dim as number;
  }

  /** Width of a text's pooled state: what the class label holds behind the task vector, or SDXL's addition; 0 for none. */
  get pooledWidth(): number {
    const label = classLabelOf(this.config);
    return pooledWidthOf(this.config) ?? (label.kind === "vector" ? label.width - this.contextWidth : 0);
  }

  get #takesPooledText(): boolean {
    return this.pooledWidth > 0;
  }

  /** @param expert the one that stands behind the input's task */
  async denoise(input: DenoiserInput, expert?: UNetExpert): Promise<TensorData> {
    const variant = this.#variantOf(input, expert);
    const session = await this.#sessions.get(keyOf(variant), () => this.#buildFor(variant));
    return (await session.run(this.#feeds(input, expert))).prediction!;
  }

  /** @throws ShapeError for a branch that the network does not have */
  async denoiseDeep(input: DenoiserInput, { branch, use }: DeepInput, expert?: UNetExpert): Promise<DeepDenoised> {
    const variant = { ...this.#variantOf(input, expert), deep: { branch, dims: use?.dims } };
    const session = await this.#deepSessions.get(keyOf(variant), () => this.#buildFor(variant));
    const { prediction, deep } = await session.run({ ...this.#feeds(input, expert), ...(use && { deep: use.data }) });
    return { prediction: prediction!, ...(deep && { deep }) };
  }

  #variantOf({ latent, text, time, int8 }: DenoiserInput, expert: UNetExpert | undefined): Variant {
    return {
      ...{ latentDims: latent.dims, contextDims: text.states.dims, hasTime: time !== undefined, expert },
      int8: this.#hasInt8 && (int8 ?? false),
    };
  }

  async #buildFor(variant: Variant): Promise<Graph> {
    const graph = this.#build(variant);
    if (variant.int8) await quantizeLinear(graph, { wants: isLarge });
    return graph;
  }

  /** Multiplications of one evaluation, whole and of the outer layers alone. */
  work(latentDims: readonly number[], tokens: number, branch: number): { whole: number; shallow: number } {
    const contextDims = [1, tokens, this.contextWidth];
    const whole = this.#build({ latentDims, contextDims, deep: { branch, dims: undefined } });
    const { dims } = whole.outputs.get("deep")!;
    return {
      whole: countWork(whole),
      shallow: countWork(this.#build({ latentDims, contextDims, deep: { branch, dims } })),
    };
  }

  #feeds(
    { latent, image, text, time, timestep, task }: DenoiserInput,
    expert: UNetExpert | undefined,
  ): Record<string, Float32Array> {
    return {
      latent: latent.data,
      image: image.data,
      context: text.states.data,
      timestep: Float32Array.of(timestep),
      ...((this.#options.hasTasks || expert) && { task: task ?? new Float32Array(this.contextWidth) }),
      ...(this.#takesPooledText && { pooled: text.pooled }),
      ...(time && { time }),
    };
  }

  /** Loss and gradient of a batch (docs/learning.md). */
  async differentiate(input: DifferentiateInput): Promise<Differentiated> {
    const { latent, image, target, weights, timesteps, texts, conditioning } = input;
    const contextDims = texts[0]!.states.dims.with(0, texts.length);
    const parts = Object.entries(conditioning) as [keyof Conditioning, Float32Array][];
    const key = parts.map(([name, { length }]) => `${name} ${length}`);
    const session = await this.#gradients.get(`${latent.dims} ${contextDims} ${key}`, () =>
      this.#buildGradient(
        latent.dims,
        contextDims,
        parts.map(([name, { length }]) => [name, length]),
      ),
    );
    const { loss, ...found } = await session.run({
      latent: latent.data,
      image: image.data,
      target: target.data,
      weights,
      timestep: timesteps,
      context: joined(texts.map(({ states }) => states.data)),
      ...(this.#takesPooledText && { pooled: joined(texts.map(({ pooled }) => pooled)) }),
      ...conditioning,
    });
    return {
      loss: loss!.data[0]!,
      gradient: Object.fromEntries(parts.map(([name]) => [name, found[`d_${name}`]!.data])),
    };
  }

  async close(): Promise<void> {
    await Promise.all([this.#sessions.close(), this.#deepSessions.close(), this.#gradients.close()]);
  }

  #build({ latentDims, contextDims, hasTime, expert, deep }: Variant): Graph {
    const graph = new Graph(this.#context.device);
    const n = latentDims[0]!;
    const states = graph.input("context", contextDims);
    const task = this.#options.hasTasks || expert ? graph.input("task", [n, this.contextWidth]) : undefined;
    const time = hasTime ? graph.input("time", [1, timeEmbedWidth(this.config)]) : undefined;
    const image = graph.input("image", latentDims);
    const cut = deep && { branch: deep.branch, feature: deep.dims && graph.input("deep", deep.dims) };
    const predicted = this.#predict(graph, image, { states, task, time, expert, cut });
    graph.output("prediction", predicted.prediction);
    if (predicted.deep && !cut?.feature) graph.output("deep", predicted.deep);
    return graph;
  }

  /** Σ weights ρ(prediction − target) and its gradients by the given parts of a conditioning, which all samples share. */
  #buildGradient(
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
    const { prediction } = this.#predict(graph, image, {
      states,
      task: task && add(graph, everyone, task), // [n, width]
      time: variables.get("time"),
    });
    const target = graph.input("target", latentDims);
    const weights = graph.input("weights", latentDims);
    const loss = weightedLoss(graph, prediction, target, weights, this.#options.head && huber);
    graph.output("loss", loss);
    const gradients = gradient(graph, loss, [...variables.values()]);
    for (const [i, name] of [...variables.keys()].entries()) graph.output(`d_${name}`, gradients[i]!);
    return graph;
  }

  /** The network on the inputs "latent", "timestep" and "pooled", and what is given. */
  #predict(
    graph: Graph,
    image: Value,
    { states, task, time, expert, cut }: Conditions,
  ): { prediction: Value; deep: Value | undefined } {
    const { head } = this.#options;
    const dims = image.dims as [number, number, number, number];
    const n = dims[0];
    const hasPlaces = this.config.in_channels === 2 * dims[1] + 2;
    const latent = graph.input("latent", dims);
    const timestep = graph.input("timestep", [n]);
    const pooled = this.#takesPooledText ? graph.input("pooled", [n, this.pooledWidth]) : undefined;
    const weights = expert ? withExpert(this.#store, expert.weights) : this.#store;
    const inputs = {
      sample: concat(graph, hasPlaces ? [latent, image, coordinates(graph, dims)] : [latent, image], 1),
      timestep,
      ...this.#guide(graph, { states, task, pooled, expert }),
      ...(pooled && this.config.addition_embed_type && { addition: { pooled, sizes: this.#sizes(graph, dims) } }),
      timeShift: time,
    };
    const { out: raw, deep } = unet2dWithDeepCut(new Scope(graph, weights), this.config, inputs, cut);
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
      const others = graph.constant(joined(new Array<Float32Array>(n).fill(data)), dims.with(0, n));
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

/** What a session is built for. */
interface Variant {
  readonly latentDims: readonly number[];
  readonly contextDims: readonly number[];
  readonly hasTime?: boolean;
  readonly int8?: boolean;
  readonly expert?: UNetExpert | undefined;
  /** Where DeepCache cuts; with the feature's dims the graph takes it as "deep", else it gives it out. */
  readonly deep?: { readonly branch: number; readonly dims: readonly number[] | undefined };
}

const keyOf = ({ latentDims, contextDims, hasTime, int8, expert, deep }: Variant): string =>
  JSON.stringify([latentDims, contextDims, hasTime, int8, expert?.name, deep]);

/** What a graph is built for, as values of it. */
interface Conditions {
  readonly states: Value;
  readonly task: Value | undefined;
  readonly time: Value | undefined;
  readonly expert?: UNetExpert | undefined;
  readonly cut?: DeepCut | undefined;
}

/** The U-Net's weights and an expert's. */
const withExpert = (own: WeightSource, expert: WeightSource): WeightSource => ({
  has: (name) => own.has(name) || expert.has(name),
  source: (name, dims) => (own.has(name) ? own : expert).source(name, dims),
});

/** The linear layers on tokens of the picture. Text states have outliers, which one scale for all would drown the rest in. */
const isLarge = (name: string) => name.includes(".attentions.") && !/\.attn2\.to_[kv]\./.test(name);

/** One array after the other. */
function joined(arrays: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    all.set(array, at);
    at += array.length;
  }
  return all;
}

/** Whether the U-Net goes with the other parts of the checkpoint. */
function checkConfig(label: string, config: UNetConfig, options: EditUNetOptions): void {
  const { latentChannels, head, hasTasks } = options;
  const out = head === undefined ? latentChannels : gatedEditChannels(head);
  const places = config.in_channels - 2 * latentChannels;
  if (places !== 0 && !(head && places === 2)) {
    const hint = config.in_channels === latentChannels ? " (this is a text-to-image model, not an editing model)" : "";
    throw badModel(label, `in_channels: ${config.in_channels}; an editing model has ${2 * latentChannels} here${hint}`);
  }
  if (config.out_channels !== out) throw badModel(label, `out_channels: ${config.out_channels}, not ${out}`);
  const width = config.cross_attention_dim;
  if (typeof width !== "number") throw badModel(label, "cross_attention_dim: one number for all levels is supported");
  const classLabel = classLabelOf(config);
  if (!hasTasks && classLabel.kind !== "none") {
    throw badModel(label, `class_embed_type: ${config.class_embed_type ?? "embedding"} needs a tasks folder`);
  }
  if (hasTasks && !(classLabel.kind === "vector" && classLabel.width >= width)) {
    const hint = `a task table needs a label of ${width} numbers, and more with pooled text (simple_projection)`;
    throw badModel(label, `class_embed_type: ${hint}`);
  }
  if (hasTasks && config.addition_embed_type) {
    throw badModel(label, `addition_embed_type: ${config.addition_embed_type} does not go with a tasks folder`);
  }
  const pooledWidth = pooledWidthOf(config);
  if (pooledWidth !== undefined && pooledWidth <= 0) {
    throw badModel(label, "projection_class_embeddings_input_dim: leaves no room for the pooled text");
  }
}
