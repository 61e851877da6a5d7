import { EmendError } from "../../../src/errors/EmendError.ts";
import { badModel } from "../../checkpoint/badModel.ts";
import type { CheckpointPart } from "../../checkpoint/CheckpointPart.ts";
import { openTensors } from "../../checkpoint/openTensors.ts";
import type { TensorStore } from "../../checkpoint/TensorStore.ts";
import { Graph } from "../../graph/Graph.ts";
import { gradient } from "../../graph/gradient.ts";
import { add } from "../../graph/ops/arithmetic.ts";
import { concat } from "../../graph/ops/concat.ts";
import { reshape } from "../../graph/ops/reshape.ts";
import { weightedLoss } from "../../graph/ops/weightedLoss.ts";
import { sizeOf } from "../../graph/shapes.ts";
import type { TensorData } from "../../graph/TensorData.ts";
import type { Value } from "../../graph/Value.ts";
import { maxBatch, paddedBatch } from "../batchSizes.ts";
import type { Conditioning } from "../Conditioning.ts";
import type { DenoiserInput, Differentiated, DifferentiateInput } from "../EditModel.ts";
import { coordinates } from "../emend/coordinates.ts";
import { type GatedEditConfig, gatedEdit, gatedEditChannels } from "../emend/GatedEdit.ts";
import { Scope } from "../layers/Scope.ts";
import type { ModelContext } from "../ModelContext.ts";
import { SessionCache } from "../SessionCache.ts";
import { shapeKey } from "../shapeKey.ts";
import { stacked } from "../stacked.ts";
import { tryBuild } from "../tryBuild.ts";
import { classLabelOf, timeEmbedWidth } from "./classEmbedding.ts";
import { type UNetConfig, unetConfigSchema } from "./config.ts";
import { unet2dConditionModel } from "./UNet2DConditionModel.ts";

export interface EditUNetOptions {
  readonly latentChannels: number;
  /** The GatedEdit head; without it the network's output is the prediction. */
  readonly head?: GatedEditConfig | undefined;
  /** The U-Net takes a task vector: in its class label, and as one more context token. */
  readonly hasTasks: boolean;
}

/** Shapes that a session is kept for: an edit has one; two let a conversation go back and forth. */
const sessionLimit = 2;
/** On a GPU, where a session is a copy of the weights: three guidance branches of one, of two, of up to five edits. */
const batchedSessionLimit = 3;
const weightFiles = "diffusion_pytorch_model";
/** δ of the pseudo-Huber loss that models with a head were trained with (training/emend_train/losses.py). */
const huber = 0.03;

/** The U-Net of an editing checkpoint: noisy latent and source's latent in, prediction out. */
export class EditUNet {
  readonly config: UNetConfig;
  readonly #part: CheckpointPart;
  readonly #store: TensorStore;
  /** Float32, for gradients: half of it would need its loss scaled. */
  #wideStore: Promise<TensorStore> | undefined;
  readonly #options: EditUNetOptions;
  readonly #context: ModelContext;
  readonly #sessions: SessionCache;
  readonly #gradients: SessionCache;

  private constructor(
    config: UNetConfig,
    part: CheckpointPart,
    store: TensorStore,
    options: EditUNetOptions,
    context: ModelContext,
  ) {
    this.config = config;
    this.#part = part;
    this.#store = store;
    this.#options = options;
    this.#context = context;
    const limit = (context.batch ?? 1) > 1 ? batchedSessionLimit : sessionLimit;
    this.#sessions = new SessionCache(context, limit);
    this.#gradients = new SessionCache(context, 1);
  }

  /** @throws EmendError `bad_model` */
  static async open(part: CheckpointPart, options: EditUNetOptions, context: ModelContext): Promise<EditUNet> {
    const config = await part.readJson("config.json", unetConfigSchema);
    checkConfig(`${part.label}/config.json`, config, options);
    const dtype = context.precision === "float16" ? "F16" : "F32";
    const store = await openTensors(part, weightFiles, { dtype });
    const unet = new EditUNet(config, part, store, options, context);
    const side = 2 ** (config.block_out_channels.length - 1);
    tryBuild(`${part.label}/config.json`, () => {
      unet.#build([1, options.latentChannels, side, side], [1, 1, unet.contextWidth]);
    });
    return unet;
  }

  /** Width of a text state, and of a task vector. */
  get contextWidth(): number {
    return this.config.cross_attention_dim as number;
  }

  /** The class label is task vector and pooled text, not the task vector alone. */
  get #takesPooledText(): boolean {
    return this.#options.hasTasks && this.config.projection_class_embeddings_input_dim === 2 * this.contextWidth;
  }

  async denoise(input: DenoiserInput): Promise<TensorData> {
    return (await this.#evaluate([input]))[0]!;
  }

  /** One prediction for each input; all have the same shape. */
  async denoiseBatch(inputs: readonly DenoiserInput[]): Promise<TensorData[]> {
    if (new Set(inputs.map(shapeKey)).size > 1) throw new EmendError("internal", "a batch has one shape");
    const predictions: TensorData[] = [];
    for (let start = 0; start < inputs.length; start += maxBatch) {
      predictions.push(...(await this.#evaluate(inputs.slice(start, start + maxBatch))));
    }
    return predictions;
  }

  /** One evaluation, with rows of zeros up to the next batch size. */
  async #evaluate(inputs: readonly DenoiserInput[]): Promise<TensorData[]> {
    const { latent, text } = inputs[0]!;
    const n = paddedBatch(inputs.length);
    const [latentDims, contextDims] = [latent.dims.with(0, n), text.states.dims.with(0, n)];
    const hasTime = inputs.some(({ time }) => time);
    const session = await this.#sessions.get(`${latentDims} ${contextDims} ${hasTime ? "time" : ""}`, () =>
      this.#build(latentDims, contextDims, hasTime),
    );
    const all = (part: (input: DenoiserInput) => Float32Array | undefined) => stacked(inputs.map(part), n);
    const { prediction } = await session.run({
      latent: all((input) => input.latent.data),
      image: all((input) => input.image.data),
      context: all((input) => input.text.states.data),
      timestep: all((input) => Float32Array.of(input.timestep)),
      ...(this.#options.hasTasks && { task: all(({ task }) => task ?? new Float32Array(this.contextWidth)) }),
      ...(this.#takesPooledText && { pooled: all((input) => input.text.pooled) }),
      ...(hasTime && { time: all(({ time }) => time ?? new Float32Array(timeEmbedWidth(this.config))) }),
    });
    if (n === 1) return [prediction!];
    const size = prediction!.data.length / n;
    return inputs.map((_, i) => ({
      dims: prediction!.dims.with(0, 1),
      data: prediction!.data.slice(i * size, (i + 1) * size),
    }));
  }

  /** Loss and gradient of a batch (docs/learning.md). */
  async differentiate(input: DifferentiateInput): Promise<Differentiated> {
    const { latent, image, target, weights, timesteps, texts, conditioning } = input;
    const contextDims = texts[0]!.states.dims.with(0, texts.length);
    const parts = Object.entries(conditioning) as [keyof Conditioning, Float32Array][];
    const key = parts.map(([name, { length }]) => `${name} ${length}`);
    const store = await this.#openWide();
    const session = await this.#gradients.get(`${latent.dims} ${contextDims} ${key}`, () =>
      this.#buildGradient(
        store,
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
      context: stacked(texts.map(({ states }) => states.data)),
      ...(this.#takesPooledText && { pooled: stacked(texts.map(({ pooled }) => pooled)) }),
      ...conditioning,
    });
    return {
      loss: loss!.data[0]!,
      gradient: Object.fromEntries(parts.map(([name]) => [name, found[`d_${name}`]!.data])),
    };
  }

  async close(): Promise<void> {
    await Promise.all([this.#sessions.close(), this.#gradients.close()]);
  }

  #openWide(): Promise<TensorStore> {
    if (this.#store.dtype === "F32") return Promise.resolve(this.#store);
    this.#wideStore ??= openTensors(this.#part, weightFiles).catch((error) => {
      this.#wideStore = undefined; // a full disk may be mended before the next training
      throw error;
    });
    return this.#wideStore;
  }

  #build(latentDims: readonly number[], contextDims: readonly number[], hasTime = false): Graph {
    const graph = new Graph(this.#context.device, this.#context.precision);
    const n = latentDims[0]!;
    const states = graph.input("context", contextDims);
    const task = this.#options.hasTasks ? graph.input("task", [n, this.contextWidth]) : undefined;
    const time = hasTime ? graph.input("time", [n, timeEmbedWidth(this.config)]) : undefined;
    const image = graph.input("image", latentDims);
    graph.output("prediction", this.#predict(graph, this.#store, image, { states, task, time }));
    return graph;
  }

  /** Σ weights ρ(prediction − target) and its gradients by the given parts of a conditioning, which all samples share. */
  #buildGradient(
    store: TensorStore,
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
    const prediction = this.#predict(graph, store, image, {
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
    store: TensorStore,
    image: Value,
    { states, task, time }: { states: Value; task: Value | undefined; time: Value | undefined },
  ): Value {
    const { head } = this.#options;
    const dims = image.dims as [number, number, number, number];
    const n = dims[0];
    const hasPlaces = this.config.in_channels === 2 * dims[1] + 2;
    const latent = graph.input("latent", dims);
    const timestep = graph.input("timestep", [n]);
    const pooled = this.#takesPooledText ? graph.input("pooled", [n, this.contextWidth]) : undefined;
    const raw = unet2dConditionModel(new Scope(graph, store), this.config, {
      sample: concat(graph, hasPlaces ? [latent, image, coordinates(graph, dims)] : [latent, image], 1),
      timestep,
      context: task ? concat(graph, [states, reshape(graph, task, [n, 1, this.contextWidth])], 1) : states,
      classLabel: task && pooled ? concat(graph, [task, pooled], 1) : task,
      timeShift: time,
    });
    return head === undefined ? raw : gatedEdit(graph, raw, image, head);
  }
}

/** Whether the U-Net goes with the other parts of the checkpoint. */
function checkConfig(label: string, config: UNetConfig, { latentChannels, head, hasTasks }: EditUNetOptions): void {
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
  if (hasTasks && !(classLabel.kind === "vector" && [width, 2 * width].includes(classLabel.width))) {
    const hint = `a task table needs a label of ${width} numbers, or ${2 * width} with pooled text (simple_projection)`;
    throw badModel(label, `class_embed_type: ${hint}`);
  }
}
