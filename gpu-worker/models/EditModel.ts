import type { TensorData } from "../graph/TensorData.ts";
import type { Picture } from "../image/Picture.ts";
import type { Conditioning } from "./Conditioning.ts";

export type { TensorData };

/** An instruction as the network sees it. */
export interface EncodedText {
  /** `[1, tokens, width]` */
  readonly states: TensorData;
  /** The state at the end token, `[width]`. */
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
  /** A learned task's share of the time embedding; only for models without a task table. */
  readonly time?: Float32Array;
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
  readonly device: "cpu" | "cuda";
  /** One line that says why CUDA is not used although "auto" looked for it. */
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
  encodeText(text: string): Promise<EncodedText>;
  /** Conditioning latent E(c_I) (mode of the posterior, unscaled, as InstructPix2Pix has it). */
  encodeImage(picture: Picture): Promise<TensorData>;
  decodeLatent(latent: TensorData): Promise<Picture>;
  /** The network's prediction (ε, v or x as `schedulerConfig.prediction_type` says), shape of `latent`. */
  denoise(input: DenoiserInput): Promise<TensorData>;
  /** Loss and gradient of a batch by what task inversion learns. */
  differentiate(input: DifferentiateInput): Promise<Differentiated>;
  /** Identifies the checkpoint: `checkpointHash`. */
  hash(): Promise<string>;
  close(): Promise<void>;
}
