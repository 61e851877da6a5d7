import type { Device } from "../graph/Device.ts";
import type { TensorData } from "../graph/TensorData.ts";
import type { Picture } from "../image/Picture.ts";
import type { Conditioning } from "./Conditioning.ts";

export type { TensorData };

/** An instruction as the network sees it. */
export interface EncodedText {
  /** `[1, tokens, width]` */
  readonly states: TensorData;
  /** The state at the end token, `[width]`; of SDXL its projection. */
  readonly pooled: Float32Array;
}

/** One evaluation of the U-Net for one guidance branch, batch 1. */
export interface DenoiserInput {
  /** z_t, `[1, latentChannels, h, w]`, already scaled by the sampler. */
  readonly latent: TensorData;
  readonly timestep: number;
  /** E(c_I), same shape as `latent`; zeros drop the image. */
  readonly image: TensorData;
  /** From `encodeText`. */
  readonly text: EncodedText;
  /** The task's vector `[dim]`; zeros in the unconditional branches; absent when the model has no task table. */
  readonly task?: Float32Array;
  /** Whose task that is, for checkpoints with experts; stays in the unconditional branches. */
  readonly expert?: string;
  /** Compute large linear layers in int8 where the processor is good at it: a quarter less time, a little less exact. */
  readonly int8?: boolean;
  /** A learned task's share of the time embedding; only for models without a task table, or with experts. */
  readonly time?: Float32Array;
}

/** How DeepCache evaluates a U-Net, see `denoiseDeep`. */
export interface DeepInput {
  /** Number of the skip connection below which the network may be left out: 0 leaves out most. */
  readonly branch: number;
  /** The deep feature of an earlier evaluation for the same guidance branch; absent: the whole network is evaluated. */
  readonly use?: TensorData;
}

export interface DeepDenoised {
  readonly prediction: TensorData;
  /** To be used by later evaluations; absent when one was used. */
  readonly deep?: TensorData;
}

/** What turns a latent into a picture: the checkpoint's own autoencoder, or the tiny one that stands in its place. */
export type Decoder = "full" | "tiny";

/** Multiplications (`countWork`) that an edit at some size is made of. */
export interface EditWork {
  /** Of one evaluation of the whole network, and of its outer layers alone (`denoiseDeep`). */
  readonly whole: number;
  readonly shallow: number;
  readonly encode: number;
  readonly decode: Readonly<Record<Decoder, number>>;
}

/** A batch of N examples by whose loss the conditioning is differentiated. All arrays are the samples' one after another. */
export interface DifferentiateInput {
  /** z_t, E(c_I) and the wanted prediction, `[N, latentChannels, h, w]` each. */
  readonly latent: TensorData;
  readonly image: TensorData;
  readonly target: TensorData;
  /** How much each element's deviation counts, of the same shape; they sum to what the loss of a unit error shall be. */
  readonly weights: Float32Array;
  readonly timesteps: Float32Array;
  readonly texts: readonly EncodedText[];
  readonly conditioning: Conditioning;
}

export interface Differentiated {
  readonly loss: number;
  /** d loss / d conditioning, part by part. */
  readonly gradient: Conditioning;
}

/** A checkpoint made ready to edit: the U-Net and what surrounds it, as functions. Sessions are created on first use. */
export interface EditModel {
  /** Folder name of the checkpoint. */
  readonly name: string;
  /** The execution provider in use. */
  readonly device: Device;
  /** One line on the device that an operator should know. */
  readonly deviceNote?: string;
  /** Pictures must have sides that are multiples of this (pixels). */
  readonly multiple: number;
  /** The side, in pixels, of the square the model was trained on. */
  readonly resolution: number;
  /** Width of a text state and of a task vector, and of the time embedding. */
  readonly widths: { readonly context: number; readonly time: number };
  /** What a picture's code is multiplied by to be the latent that noise is added to. */
  readonly latentScale: number;
  /** Channels of the latent, and of the condition E(c_I). */
  readonly latentChannels: number;
  /** Pixels per latent cell. */
  readonly downscale: number;
  /** Weights of the U-Net. */
  readonly parameters: number;
  /** diffusers' scheduler_config.json, parsed JSON. */
  readonly schedulerConfig: Readonly<Record<string, unknown>>;
  readonly defaults: { readonly steps: number; readonly textGuidance: number; readonly imageGuidance: number };
  /** Names and vectors of the task table; empty for plain InstructPix2Pix checkpoints. */
  readonly tasks: ReadonlyMap<string, Float32Array>;
  /** Experts by the tasks of the table (AnySD). An edit then needs no task, and new tasks are learned as without a table. */
  readonly experts?: ReadonlyMap<string, string>;
  /** Edits that shall run at once, their steps in common evaluations; 1 on a CPU unless it was asked for. */
  readonly batch: number;
  encodeText(text: string): Promise<EncodedText>;
  /** Conditioning latent E(c_I) (mode of the posterior, unscaled, as InstructPix2Pix has it). */
  encodeImage(picture: Picture): Promise<TensorData>;
  /** Whether the checkpoint, or EMEND_TAESD, brings a tiny autoencoder. */
  readonly hasTinyDecoder?: boolean;
  /** @param by "tiny": the tiny autoencoder where there is one, ten times faster and more, and less exact; default: "full" */
  decodeLatent(latent: TensorData, by?: Decoder): Promise<Picture>;
  /** The network's prediction (ε, v or x as `schedulerConfig.prediction_type` says), shape of `latent`. */
  denoise(input: DenoiserInput): Promise<TensorData>;
  /**
   * The same for several inputs of one shape, each with its own timestep and conditioning, in as few evaluations as
   * `batchSizes` allows. An input's prediction does not depend on its neighbours, but for rounding.
   */
  denoiseBatch(inputs: readonly DenoiserInput[]): Promise<TensorData[]>;
  /**
   * DeepCache (Ma et al. 2023): what lies deep in the network hardly changes from step to step, so that it can be taken
   * from an earlier step and only the outermost layers be evaluated. Without `deep.use` the prediction is `denoise`'s.
   */
  denoiseDeep(input: DenoiserInput, deep: DeepInput): Promise<DeepDenoised>;
  /** @param size in pixels; @param branch of `denoiseDeep` */
  work(size: { readonly width: number; readonly height: number }, branch?: number): EditWork;
  /** Loss and gradient of a batch by what task inversion learns. */
  differentiate(input: DifferentiateInput): Promise<Differentiated>;
  /** Identifies the checkpoint: `checkpointHash`. */
  hash(): Promise<string>;
  close(): Promise<void>;
}
