import { autoencoderConfigSchema } from "../../gpu-worker/models/autoencoder/config.ts";
import { clipTextConfigSchema } from "../../gpu-worker/models/clip/config.ts";
import { unetConfigSchema } from "../../gpu-worker/models/unet/config.ts";
import type { Pix2pixConfigs } from "../checkpoint/randomPix2pix.ts";

/** What `emend bench engine` times: one evaluation of a U-Net, batch 1. */
export interface EngineCase {
  readonly name: "mini" | "sd15";
  readonly description: string;
  /** Side of the pictures, pixels. */
  readonly size: number;
  /** Latent of source and of noise: channels, height, width. */
  readonly latent: readonly [number, number, number];
  /** Text states: tokens, width. */
  readonly context: readonly [number, number];
  /** emend's own layout: the U-Net takes places and a task, and a head makes the prediction of its output. */
  readonly isOwn: boolean;
}

const mini: EngineCase = {
  name: "mini",
  description: "the bundled model",
  size: 64,
  latent: [48, 16, 16],
  context: [32, 192],
  isOwn: true,
};

/** The cases of a name or of "all"; `sizes` picks among those that the full-size model is timed at. */
export const engineCases = (
  name: EngineCase["name"] | "all",
  sizes: readonly number[],
  configs: Pix2pixConfigs,
): EngineCase[] => [
  ...(name === "sd15" ? [] : [mini]),
  ...(name === "mini" ? [] : sizes.map((size) => sd15(size, configs))),
];

function sd15(size: number, { unet, vae, textEncoder }: Pix2pixConfigs): EngineCase {
  const { latent_channels, block_out_channels } = autoencoderConfigSchema.parse(vae);
  const { max_position_embeddings } = clipTextConfigSchema.parse(textEncoder);
  const side = size / 2 ** (block_out_channels.length - 1);
  return {
    name: "sd15",
    description: "InstructPix2Pix's size (860 M random weights in the U-Net)",
    size,
    latent: [latent_channels, side, side],
    context: [max_position_embeddings, unetConfigSchema.parse(unet).cross_attention_dim as number],
    isOwn: false,
  };
}
