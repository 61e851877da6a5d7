import { z } from "zod";
import { only, supportedConfig } from "../layers/configSchema.ts";

const count = z.int().positive();

/** `vae/config.json` of diffusers' AutoencoderKL. */
export const autoencoderConfigSchema = supportedConfig({
  in_channels: only(3),
  out_channels: only(3),
  down_block_types: z.array(z.literal("DownEncoderBlock2D")).default(["DownEncoderBlock2D"]),
  up_block_types: z.array(z.literal("UpDecoderBlock2D")).default(["UpDecoderBlock2D"]),
  block_out_channels: z.array(count).min(1).max(8).default([64]),
  layers_per_block: count.default(1),
  act_fn: z.enum(["silu", "swish"]).default("silu"),
  latent_channels: count.default(4),
  norm_num_groups: count.default(32),
  sample_size: z.unknown().optional(),
  scaling_factor: z.number().positive().default(0.18215),
  shift_factor: only(null),
  latents_mean: only(null),
  latents_std: only(null),
  force_upcast: z.unknown().optional(),
  use_quant_conv: z.boolean().default(true),
  use_post_quant_conv: z.boolean().default(true),
  mid_block_add_attention: z.boolean().default(true),
}).refine((config) => config.block_out_channels.every((width) => width % config.norm_num_groups === 0), {
  path: ["norm_num_groups"],
  error: "does not divide block_out_channels",
});

export type AutoencoderConfig = z.output<typeof autoencoderConfigSchema>;
