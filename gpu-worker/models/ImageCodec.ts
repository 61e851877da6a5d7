import type { TensorData } from "../graph/TensorData.ts";
import type { Picture } from "../image/Picture.ts";

export interface CodecWork {
  readonly encode: number;
  readonly decode: number;
}

/** The way between pictures and the space in which the U-Net works. */
export interface ImageCodec {
  readonly latentChannels: number;
  /** Pixels per latent cell. */
  readonly downscale: number;
  /** The latent that noise is added to is the code times this. */
  readonly latentScale: number;
  /** E(c_I): `[1, latentChannels, H/downscale, W/downscale]`. Sides must be multiples of `downscale`. */
  encode(picture: Picture): Promise<TensorData>;
  decode(latent: TensorData): Promise<Picture>;
  /** Multiplications that encoding and decoding take; absent: hardly any. @param dims of the latent */
  work?(dims: readonly number[]): CodecWork;
  close(): Promise<void>;
}
