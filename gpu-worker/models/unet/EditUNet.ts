import { badModel } from "../../checkpoint/badModel.ts";
import type { CheckpointPart } from "../../checkpoint/CheckpointPart.ts";
import { openTensors } from "../../checkpoint/openTensors.ts";
import type { TensorStore } from "../../checkpoint/TensorStore.ts";
import { copyLimitBytes } from "../../graph/copyLimitBytes.ts";
import { Graph } from "../../graph/Graph.ts";
import { gradient } from "../../graph/gradient.ts";
import { hasRoomToCopy } from "../../graph/hasRoomToCopy.ts";
import { add } from "../../graph/ops/arithmetic.ts";
import { concat } from "../../graph/ops/concat.ts";
import { reshape } from "../../graph/ops/reshape.ts";
import { weightedLoss } from "../../graph/ops/weightedLoss.ts";
import { sizeOf } from "../../graph/shapes.ts";
import type { TensorData } from "../../graph/TensorData.ts";
import type { Value } from "../../graph/Value.ts";
import type { Conditioning } from "../Conditioning.ts";
import type { DenoiserInput, Differentiated, DifferentiateInput } from "../EditModel.ts";
import { coordinates } from "../emend/coordinates.ts";
import { type GatedEditConfig, gatedEdit, gatedEditChannels } from "../emend/GatedEdit.ts";
import { Scope } from "../layers/Scope.ts";
import type { ModelContext } from "../ModelContext.ts";
import { SessionCache } from "../SessionCache.ts";
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
/** δ of the pseudo-Huber loss that models with a head were trained with (training/emend_train/losses.py). */
const huber = 0.03;

/** The U-Net of an editing checkpoint: noisy latent and source's latent in, prediction out. */
export class EditUNet {
  readonly config: UNetConfig;
  /** How many weights it has. */
  readonly parameters: number;
  readonly #store: TensorStore;
  readonly #options: EditUNetOptions;
  readonly #context: ModelContext;
  readonly #sessions: SessionCache;
  /** With copies of weights that are large: no more than one. */
  readonly #fastSessions: SessionCache;
  readonly #isCopied: boolean;
  readonly #gradients: SessionCache;

  private constructor(config: UNetConfig, store: TensorStore, options: EditUNetOptions, context: ModelContext) {
    this.config = config;
    this.#store = store;
    this.#options = options;
    this.#context = context;
    this.#sessions = new SessionCache(context, sessionLimit);
    this.parameters = [...store.tensors.values()].reduce((sum, { dims }) => sum + sizeOf(dims), 0);
    const bytes = 4 * this.parameters;
    this.#isCopied = context.device === "cpu" && bytes > copyLimitBytes && hasRoomToCopy(bytes);
    this.#fastSessions = new SessionCache({ ...context, copyWeights: true }, 1);
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
    const { latent, image, text, time } = input;
    // Learning looks at what it has learned between two steps, beside the gradient's session: both share the mapped file.
    const sessions = this.#isCopied && !time ? this.#fastSessions : this.#sessions;
    const session = await sessions.get(`${latent.dims} ${text.states.dims} ${time ? "time" : ""}`, () =>
      this.#build(latent.dims, text.states.dims, time !== undefined),
    );
    const feeds = {
      latent: latent.data,
      image: image.data,
      context: text.states.data,
      timestep: Float32Array.of(input.timestep),
      ...(this.#options.hasTasks && { task: input.task ?? new Float32Array(this.contextWidth) }),
      ...(this.#takesPooledText && { pooled: text.pooled }),
      ...(time && { time }),
    };
    return (await session.run(feeds)).prediction!;
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
    await Promise.all([this.#sessions.close(), this.#fastSessions.close(), this.#gradients.close()]);
  }

  #build(latentDims: readonly number[], contextDims: readonly number[], hasTime = false): Graph {
    const graph = new Graph(this.#context.device);
    const n = latentDims[0]!;
    const states = graph.input("context", contextDims);
    const task = this.#options.hasTasks ? graph.input("task", [n, this.contextWidth]) : undefined;
    const time = hasTime ? graph.input("time", [1, timeEmbedWidth(this.config)]) : undefined;
    const image = graph.input("image", latentDims);
    graph.output("prediction", this.#predict(graph, image, { states, task, time }));
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
    const prediction = this.#predict(graph, image, {
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
    { states, task, time }: { states: Value; task: Value | undefined; time: Value | undefined },
  ): Value {
    const { head } = this.#options;
    const dims = image.dims as [number, number, number, number];
    const n = dims[0];
    const hasPlaces = this.config.in_channels === 2 * dims[1] + 2;
    const latent = graph.input("latent", dims);
    const timestep = graph.input("timestep", [n]);
    const pooled = this.#takesPooledText ? graph.input("pooled", [n, this.contextWidth]) : undefined;
    const raw = unet2dConditionModel(new Scope(graph, this.#store), this.config, {
      sample: concat(graph, hasPlaces ? [latent, image, coordinates(graph, dims)] : [latent, image], 1),
      timestep,
      context: task ? concat(graph, [states, reshape(graph, task, [n, 1, this.contextWidth])], 1) : states,
      classLabel: task && pooled ? concat(graph, [task, pooled], 1) : task,
      timeShift: time,
    });
    return head === undefined ? raw : gatedEdit(graph, raw, image, head);
  }
}

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
