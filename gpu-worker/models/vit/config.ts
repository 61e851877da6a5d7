import { z } from "zod";

const count = z.int().positive();
/** Older files write squares as one number, some as two. */
const square = z.union([count.max(4096), z.tuple([count.max(4096), count.max(4096)])]).transform((size, context) => {
  const [height, width] = typeof size === "number" ? [size, size] : size;
  if (height !== width) context.addIssue({ code: "custom", message: "not supported, only squares" });
  return height;
});

/** `config.json` of transformers' ViTForImageClassification; keys that do not change the network are ignored. */
export const vitConfigSchema = z
  .object({
    model_type: z.literal("vit", { error: "not supported, only vit (ViTForImageClassification)" }),
    hidden_size: count.default(768),
    num_hidden_layers: count.default(12),
    num_attention_heads: count.default(12),
    intermediate_size: count.default(3072),
    hidden_act: z.enum(["gelu", "quick_gelu", "silu", "relu"]).default("gelu"),
    layer_norm_eps: z.number().positive().default(1e-12),
    image_size: square.default(224),
    patch_size: square.default(16),
    num_channels: z.literal(3, { error: "not supported, only 3" }).default(3),
    problem_type: z
      .literal("single_label_classification", { error: "not supported, only one label at a time" })
      .nullish(),
    /** Names by place; transformers leaves them out where they are LABEL_0 and LABEL_1. */
    id2label: z.record(z.string(), z.string()).default({ 0: "LABEL_0", 1: "LABEL_1" }),
  })
  .refine((config) => config.hidden_size % config.num_attention_heads === 0, {
    path: ["num_attention_heads"],
    error: "does not divide hidden_size",
  })
  .refine((config) => config.patch_size <= config.image_size, {
    path: ["patch_size"],
    error: "is more than image_size",
  })
  .transform(({ id2label, ...config }, context) => {
    const labels = Object.keys(id2label).map((_, place) => id2label[place]!);
    if (labels.includes(undefined as never)) {
      context.addIssue({ code: "custom", path: ["id2label"], message: "does not count from 0" });
    }
    return { ...config, labels };
  });

export type VitConfig = z.output<typeof vitConfigSchema>;
