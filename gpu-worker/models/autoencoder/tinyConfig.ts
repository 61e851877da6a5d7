import { z } from "zod";
import { only, supportedConfig } from "../layers/configSchema.ts";

const count = z.int().positive();
const blocks = z.array(z.int().nonnegative()).min(1);

/** `config.json` of diffusers' AutoencoderTiny. */
export const tinyConfigSchema = supportedConfig({
  in_channels: only(3),
  out_channels: only(3),
  encoder_block_out_channels: z.array(count).min(1).default([64, 64, 64, 64]),
  decoder_block_out_channels: z.array(count).min(1).default([64, 64, 64, 64]),
  /** Note of diffusers' that repeats the decoder's. */
  block_out_channels: z.unknown().optional(),
  act_fn: z.enum(["relu", "silu", "swish", "gelu"]).default("relu"),
  upsample_fn: only("nearest"),
  latent_channels: count.default(4),
  upsampling_scaling_factor: only(2),
  num_encoder_blocks: blocks.default([1, 3, 3, 3]),
  num_decoder_blocks: blocks.default([3, 3, 3, 1]),
  /** Only for keeping latents as pictures. */
  latent_magnitude: z.unknown().optional(),
  latent_shift: z.unknown().optional(),
  force_upcast: z.unknown().optional(),
  scaling_factor: z.number().positive().default(1),
  shift_factor: only(0),
})
  .refine((config) => sameLength(config.encoder_block_out_channels, config.num_encoder_blocks), {
    path: ["num_encoder_blocks"],
    error: "has another length than encoder_block_out_channels",
  })
  .refine((config) => sameLength(config.decoder_block_out_channels, config.num_decoder_blocks), {
    path: ["num_decoder_blocks"],
    error: "has another length than decoder_block_out_channels",
  })
  .refine((config) => sameLength(config.encoder_block_out_channels, config.decoder_block_out_channels), {
    path: ["decoder_block_out_channels"],
    error: "does not enlarge as much as the encoder shrinks",
  });

export type TinyConfig = z.output<typeof tinyConfigSchema>;

function sameLength(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length;
}
