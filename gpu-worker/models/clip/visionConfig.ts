import { z } from "zod";

const count = z.int().positive();

/** `vision_config` of transformers' CLIPConfig; keys that do not change the network are ignored. */
export const clipVisionConfigSchema = z
  .object({
    hidden_size: count.default(768),
    intermediate_size: count.default(3072),
    num_hidden_layers: count.default(12),
    num_attention_heads: count.default(12),
    num_channels: z.literal(3, { error: "not supported, only 3" }).default(3),
    image_size: count.max(4096).default(224),
    patch_size: count.default(32),
    hidden_act: z.enum(["quick_gelu", "gelu", "silu"]).default("quick_gelu"),
    layer_norm_eps: z.number().positive().default(1e-5),
  })
  .refine((config) => config.hidden_size % config.num_attention_heads === 0, {
    path: ["num_attention_heads"],
    error: "does not divide hidden_size",
  })
  .refine((config) => config.patch_size <= config.image_size, {
    path: ["patch_size"],
    error: "is more than image_size",
  });

export type ClipVisionConfig = z.output<typeof clipVisionConfigSchema>;
