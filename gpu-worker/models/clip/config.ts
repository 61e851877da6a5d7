import { z } from "zod";

const count = z.int().positive();

/** `text_encoder/config.json` of transformers' CLIPTextModel; keys that do not change the network are ignored. */
export const clipTextConfigSchema = z
  .object({
    model_type: z.literal("clip_text_model", { error: "not supported" }).optional(),
    vocab_size: count.default(49408),
    hidden_size: count.default(512),
    intermediate_size: count.default(2048),
    num_hidden_layers: count.default(12),
    num_attention_heads: count.default(8),
    max_position_embeddings: count.max(1024).default(77),
    /** Width of the pooled state after `text_projection`; only CLIPTextModelWithProjection has one. */
    projection_dim: count.default(512),
    hidden_act: z.enum(["quick_gelu", "gelu", "silu"]).default("quick_gelu"),
    layer_norm_eps: z.number().positive().default(1e-5),
    eos_token_id: z
      .int()
      .nonnegative()
      .nullish()
      .transform((id) => id ?? 49407),
  })
  .refine((config) => config.hidden_size % config.num_attention_heads === 0, {
    path: ["num_attention_heads"],
    error: "does not divide hidden_size",
  });

export type ClipTextConfig = z.output<typeof clipTextConfigSchema>;
