import { z } from "zod";

const count = z.int().positive();

/** `config.json` of transformers' T5EncoderModel; keys that do not change the network are ignored. */
export const t5ConfigSchema = z
  .object({
    model_type: z.literal("t5", { error: "not supported" }).default("t5"),
    vocab_size: count.default(32128),
    d_model: count.default(512),
    /** Width of one head; heads · d_kv need not be d_model. */
    d_kv: count.default(64),
    d_ff: count.default(2048),
    num_layers: count.default(6),
    num_heads: count.default(8),
    relative_attention_num_buckets: count
      .refine((buckets) => buckets % 2 === 0 && buckets >= 4, "not supported, only even numbers from 4")
      .default(32),
    relative_attention_max_distance: count.default(128),
    layer_norm_epsilon: z.number().positive().default(1e-6),
    feed_forward_proj: z.enum(["relu", "gated-gelu"]).default("relu"),
    is_decoder: z.literal(false, { error: "not supported, only false" }).default(false),
  })
  .refine((config) => config.relative_attention_max_distance > config.relative_attention_num_buckets / 4, {
    path: ["relative_attention_max_distance"],
    error: "is not more than a quarter of relative_attention_num_buckets",
  });

export type T5Config = z.output<typeof t5ConfigSchema>;
