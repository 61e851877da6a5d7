import type { CheckpointPart } from "../../checkpoint/CheckpointPart.ts";
import type { TensorData } from "../../graph/TensorData.ts";
import type { Picture } from "../../image/Picture.ts";
import type { ImageCodec } from "../ImageCodec.ts";
import { decodePatches, encodePatches, spaceToDepthSchema } from "./SpaceToDepth.ts";

/** The codec of the bundled model: pixels, rearranged. Nothing is lost, so nothing is learned. */
export class PatchCodec implements ImageCodec {
  readonly latentChannels: number;
  readonly downscale: number;
  readonly latentScale = 1;
  /** Side of the training pictures, in pixels. */
  readonly imageSize: number;

  private constructor(patch: number, imageSize: number) {
    this.downscale = patch;
    this.latentChannels = 3 * patch * patch;
    this.imageSize = imageSize;
  }

  /** Reads the `image_codec` part. @throws EmendError `bad_model` */
  static async open(part: CheckpointPart): Promise<PatchCodec> {
    const config = await part.readJson("config.json", spaceToDepthSchema);
    return new PatchCodec(config.patch_size, config.image_size);
  }

  async encode(picture: Picture): Promise<TensorData> {
    return encodePatches(picture, this.downscale);
  }

  async decode(latent: TensorData): Promise<Picture> {
    return decodePatches(latent, this.downscale);
  }

  async close(): Promise<void> {}
}
