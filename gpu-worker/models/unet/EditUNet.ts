import { EmendError } from "../../../src/errors/EmendError.ts";
import type { CheckpointPart } from "../../checkpoint/CheckpointPart.ts";
import { openTensors } from "../../checkpoint/openTensors.ts";
import type { TensorStore } from "../../checkpoint/TensorStore.ts";
import { packConvolutions } from "../../graph/convolutions/packConvolutions.ts";
import { copyLimitBytes } from "../../graph/copyLimitBytes.ts";
import { countWork } from "../../graph/countWork.ts";
import type { Graph } from "../../graph/Graph.ts";
import { hasFastInt8 } from "../../graph/hasFastInt8.ts";
import { hasRoomToCopy } from "../../graph/hasRoomToCopy.ts";
import { quantizeLinear } from "../../graph/quantizeLinear.ts";
import { sizeOf } from "../../graph/shapes.ts";
import type { TensorData } from "../../graph/TensorData.ts";
import { maxBatch, paddedBatch } from "../batchSizes.ts";
import type { Conditioning } from "../Conditioning.ts";
import type { DeepDenoised, DeepInput, DenoiserInput, Differentiated, DifferentiateInput } from "../EditModel.ts";
import type { ModelContext } from "../ModelContext.ts";
import { SessionCache } from "../SessionCache.ts";
import { shapeKey } from "../shapeKey.ts";
import { stacked } from "../stacked.ts";
import { tryBuild } from "../tryBuild.ts";
import { checkUNetConfig } from "./checkUNetConfig.ts";
import { timeEmbedWidth } from "./classEmbedding.ts";
import { type UNetConfig, unetConfigSchema } from "./config.ts";
import { EditGraphs, type Variant } from "./EditGraphs.ts";
import type { EditUNetOptions } from "./EditUNetOptions.ts";
import type { UNetExpert } from "./UNetExpert.ts";

/** Shapes that a session is kept for: an edit has one; two let a conversation go back and forth, and edits beside a preview of learning. */
const sessionLimit = 2;
/** On a GPU, where a session is a copy of the weights: three guidance branches of one, of two, of up to five edits. */
const batchedSessionLimit = 3;
/** What stays the same over the steps of an edit; a small network takes one step, and gains nothing. */
const steadyInputs = ["context", "task", "pooled"];
const weightFiles = "diffusion_pytorch_model";

interface UNetParts {
  readonly config: UNetConfig;
  readonly part: CheckpointPart;
  readonly store: TensorStore;
}

/** The U-Net of an editing checkpoint: noisy latent and source's latent in, prediction out. */
export class EditUNet {
  readonly config: UNetConfig;
  /** How many weights it has. */
  readonly parameters: number;
  readonly #part: CheckpointPart;
  readonly #store: TensorStore;
  /** Float32, for gradients. */
  #wideStore: Promise<TensorStore> | undefined;
  readonly #hasTasks: boolean;
  readonly #graphs: EditGraphs;
  readonly #sessions: SessionCache;
  /** Convolutions lie in files of their own, in the layouts that they are fastest in. */
  readonly #isPacked: boolean;
  /** Of the outer layers alone. */
  readonly #shallowSessions: SessionCache;
  readonly #gradients: SessionCache;
  readonly #hasInt8: boolean;

  private constructor({ config, part, store }: UNetParts, options: EditUNetOptions, context: ModelContext) {
    this.config = config;
    this.#part = part;
    this.#store = store;
    this.#hasTasks = options.hasTasks;
    this.#graphs = new EditGraphs(config, options, context);
    const limit = (context.batch ?? 1) > 1 ? batchedSessionLimit : sessionLimit;
    this.parameters = [...store.tensors.values()].reduce((sum, { dims }) => sum + sizeOf(dims), 0);
    const bytes = 4 * this.parameters;
    this.#isPacked = context.device === "cpu" && bytes > copyLimitBytes;
    const shared = this.#isPacked ? { ...context, invariant: steadyInputs } : context;
    this.#sessions = new SessionCache({ ...shared, copyWeights: this.#isPacked && hasRoomToCopy(bytes) }, limit);
    this.#shallowSessions = new SessionCache(shared, sessionLimit);
    this.#gradients = new SessionCache(context, 1);
    this.#hasInt8 = context.device === "cpu" && hasFastInt8();
  }

  /** @throws EmendError `bad_model` */
  static async open(part: CheckpointPart, options: EditUNetOptions, context: ModelContext): Promise<EditUNet> {
    const config = await part.readJson("config.json", unetConfigSchema);
    checkUNetConfig(`${part.label}/config.json`, config, options);
    const dtype = context.precision === "float16" ? "F16" : "F32";
    const store = await openTensors(part, weightFiles, { dtype });
    const unet = new EditUNet({ config, part, store }, options, context);
    const side = 2 ** (config.block_out_channels.length - 1);
    const latentDims = [1, options.latentChannels, side, side];
    tryBuild(`${part.label}/config.json`, () => {
      unet.#graphs.prediction(store, { latentDims, contextDims: [1, 1, unet.contextWidth] });
    });
    return unet;
  }

  /** Width of a text state, and of a task vector. */
  get contextWidth(): number {
    return this.#graphs.contextWidth;
  }

  /** Width of a text's pooled state; 0 when the U-Net takes none. */
  get pooledWidth(): number {
    return this.#graphs.pooledWidth;
  }

  /** @param expert the one that stands behind the input's task */
  async denoise(input: DenoiserInput, expert?: UNetExpert): Promise<TensorData> {
    return (await this.#evaluate([input], expert))[0]!;
  }

  /** One prediction for each input; all have the same shape, and the same expert. */
  async denoiseBatch(inputs: readonly DenoiserInput[], expert?: UNetExpert): Promise<TensorData[]> {
    if (new Set(inputs.map(shapeKey)).size > 1) throw new EmendError("internal", "a batch has one shape");
    const predictions: TensorData[] = [];
    for (let start = 0; start < inputs.length; start += maxBatch) {
      predictions.push(...(await this.#evaluate(inputs.slice(start, start + maxBatch), expert)));
    }
    return predictions;
  }

  /** @throws ShapeError for a branch that the network does not have */
  async denoiseDeep(input: DenoiserInput, { branch, use }: DeepInput, expert?: UNetExpert): Promise<DeepDenoised> {
    const variant = { ...variantOf([input], expert), deep: { branch, dims: use?.dims } };
    const int8 = this.#hasInt8 && input.int8;
    const sessions = use ? this.#shallowSessions : this.#sessions;
    const session = await sessions.get(keyOf(variant, int8), () => this.#build(variant, int8));
    const feeds = this.#feeds([input], variant);
    const { prediction, deep } = await session.run({ ...feeds, ...(use && { deep: use.data }) });
    return { prediction: prediction!, ...(deep && { deep }) };
  }

  /** One evaluation, with rows of zeros up to the next batch size. */
  async #evaluate(inputs: readonly DenoiserInput[], expert: UNetExpert | undefined): Promise<TensorData[]> {
    const variant = variantOf(inputs, expert);
    const int8 = this.#hasInt8 && inputs[0]!.int8;
    const session = await this.#sessions.get(keyOf(variant, int8), () => this.#build(variant, int8));
    const prediction = (await session.run(this.#feeds(inputs, variant))).prediction!;
    const n = variant.latentDims[0]!;
    if (n === 1) return [prediction];
    const size = prediction.data.length / n;
    return inputs.map((_, i) => ({
      dims: prediction.dims.with(0, 1),
      data: prediction.data.slice(i * size, (i + 1) * size),
    }));
  }

  async #build(variant: Variant, int8: boolean | undefined): Promise<Graph> {
    const graph = this.#graphs.prediction(this.#store, variant);
    if (int8) await quantizeLinear(graph, { wants: isLarge });
    if (this.#isPacked) await packConvolutions(graph);
    return graph;
  }

  #feeds(inputs: readonly DenoiserInput[], { latentDims, expert }: Variant): Record<string, Float32Array> {
    const n = latentDims[0]!;
    const all = (part: (input: DenoiserInput) => Float32Array) => stacked(inputs.map(part), n);
    return {
      latent: all(({ latent }) => latent.data),
      image: all(({ image }) => image.data),
      context: all(({ text }) => text.states.data),
      timestep: all(({ timestep }) => Float32Array.of(timestep)),
      ...((this.#hasTasks || expert) && { task: all(({ task }) => task ?? new Float32Array(this.contextWidth)) }),
      ...(this.pooledWidth > 0 && { pooled: all(({ text }) => text.pooled) }),
      ...(this.#graphs.takesTime && { time: all(({ time }) => time ?? new Float32Array(timeEmbedWidth(this.config))) }),
    };
  }

  /** Multiplications of one evaluation, whole and of the outer layers alone. */
  work(latentDims: readonly number[], tokens: number, branch: number): { whole: number; shallow: number } {
    const build = (dims: readonly number[] | undefined) =>
      this.#graphs.prediction(this.#store, {
        latentDims,
        contextDims: [1, tokens, this.contextWidth],
        deep: { branch, dims },
      });
    const whole = build(undefined);
    return { whole: countWork(whole), shallow: countWork(build(whole.outputs.get("deep")!.dims)) };
  }

  /** Loss and gradient of a batch (docs/learning.md). */
  async differentiate(input: DifferentiateInput): Promise<Differentiated> {
    const { latent, image, target, weights, timesteps, texts, conditioning } = input;
    const contextDims = texts[0]!.states.dims.with(0, texts.length);
    const parts = Object.entries(conditioning) as [keyof Conditioning, Float32Array][];
    const lengths = parts.map(([name, { length }]) => [name, length] as const);
    const store = await this.#openWide();
    // Not packed: Winograd's weights would take 13 % off the time, and make more memory of it than PyTorch needs.
    const session = await this.#gradients.get(`${latent.dims} ${contextDims} ${lengths}`, () =>
      this.#graphs.gradient(store, latent.dims, contextDims, lengths),
    );
    const { loss, ...found } = await session.run({
      latent: latent.data,
      image: image.data,
      target: target.data,
      weights,
      timestep: timesteps,
      context: stacked(texts.map(({ states }) => states.data)),
      ...(this.pooledWidth > 0 && { pooled: stacked(texts.map(({ pooled }) => pooled)) }),
      ...conditioning,
    });
    return {
      loss: loss!.data[0]!,
      gradient: Object.fromEntries(parts.map(([name]) => [name, found[`d_${name}`]!.data])),
    };
  }

  async close(): Promise<void> {
    const caches = [this.#sessions, this.#shallowSessions, this.#gradients];
    await Promise.all(caches.map((cache) => cache.close()));
  }

  #openWide(): Promise<TensorStore> {
    if (this.#store.dtype === "F32") return Promise.resolve(this.#store);
    this.#wideStore ??= openTensors(this.#part, weightFiles).catch((error) => {
      this.#wideStore = undefined; // a full disk may be mended before the next training
      throw error;
    });
    return this.#wideStore;
  }
}

/** What a session for these inputs is built for. */
function variantOf(inputs: readonly DenoiserInput[], expert: UNetExpert | undefined): Variant {
  const { latent, text } = inputs[0]!;
  const n = paddedBatch(inputs.length);
  return {
    latentDims: latent.dims.with(0, n),
    contextDims: text.states.dims.with(0, n),
    expert,
  };
}

const keyOf = ({ latentDims, contextDims, expert, deep }: Variant, int8: boolean | undefined): string =>
  JSON.stringify([latentDims, contextDims, int8 ?? false, expert?.name, deep]);

/** The linear layers on tokens of the picture. Text states have outliers, which one scale for all would drown the rest in. */
const isLarge = (name: string) => name.includes(".attentions.") && !/\.attn2\.to_[kv]\./.test(name);
