import { z } from "zod";
import { only, supportedConfig } from "../layers/configSchema.ts";

const count = z.int().positive();
const oneOrMany = <T extends z.ZodType>(item: T) => z.union([item, z.array(item)]);

const odd = count.refine((size) => size % 2 === 1, "not supported, only odd numbers");
const activation = z.enum(["silu", "swish", "gelu"]);

/** Labels that a linear layer of `projection_class_embeddings_input_dim` columns takes. */
const needsWidth = ["projection", "simple_projection", "text_time"];

/** Keys whose list has one entry per resolution, finest first. */
const perLevel = [
  "down_block_types",
  "up_block_types",
  "only_cross_attention",
  "layers_per_block",
  "cross_attention_dim",
  "transformer_layers_per_block",
  "attention_head_dim",
] as const;

/** `unet/config.json` of diffusers' UNet2DConditionModel, Stable Diffusion 1, 2 and XL. */
export const unetConfigSchema = supportedConfig({
  sample_size: oneOrMany(count.max(1024)).nullish(),
  in_channels: count.default(4),
  out_channels: count.default(4),
  center_input_sample: z.boolean().default(false),
  flip_sin_to_cos: z.boolean().default(true),
  freq_shift: z.number().default(0),
  down_block_types: z
    .array(z.enum(["DownBlock2D", "CrossAttnDownBlock2D"]))
    .default(["CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"]),
  mid_block_type: z.enum(["UNetMidBlock2DCrossAttn", "UNetMidBlock2D"]).nullable().default("UNetMidBlock2DCrossAttn"),
  up_block_types: z
    .array(z.enum(["UpBlock2D", "CrossAttnUpBlock2D"]))
    .default(["UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"]),
  only_cross_attention: oneOrMany(z.boolean()).default(false),
  block_out_channels: z.array(count).min(1).max(8).default([320, 640, 1280, 1280]),
  layers_per_block: oneOrMany(count).default(2),
  downsample_padding: z.literal([0, 1]).default(1),
  mid_block_scale_factor: z.number().positive().default(1),
  dropout: z.number().default(0),
  act_fn: activation.default("silu"),
  norm_num_groups: count.default(32),
  norm_eps: z.number().positive().default(1e-5),
  cross_attention_dim: oneOrMany(count).default(1280),
  transformer_layers_per_block: oneOrMany(count).default(1),
  reverse_transformer_layers_per_block: only(null),
  attention_head_dim: oneOrMany(count).default(8),
  use_linear_projection: z.boolean().default(false),
  class_embed_type: z.enum(["timestep", "identity", "projection", "simple_projection"]).nullish(),
  num_class_embeds: count.nullish(),
  class_embeddings_concat: z.boolean().default(false),
  projection_class_embeddings_input_dim: count.nullish(),
  upcast_attention: z.boolean().nullish(),
  resnet_time_scale_shift: z.enum(["default", "scale_shift"]).default("default"),
  time_embedding_dim: count.nullish(),
  time_embedding_act_fn: activation.nullish(),
  timestep_post_act: activation.nullish(),
  conv_in_kernel: odd.default(3),
  conv_out_kernel: odd.default(3),
  addition_embed_type: z.literal("text_time", { error: 'not supported, only "text_time" or null' }).nullish(),
  addition_time_embed_dim: count.nullish(),
  // Other families (DeepFloyd, Kandinsky, GLIGEN, LCM) use these.
  num_attention_heads: only(null),
  dual_cross_attention: only(false),
  encoder_hid_dim: only(null),
  encoder_hid_dim_type: only(null),
  addition_embed_type_num_heads: z.unknown().optional(),
  resnet_skip_time_act: only(false),
  resnet_out_scale_factor: only(1),
  time_embedding_type: only("positional"),
  time_cond_proj_dim: only(null),
  attention_type: only("default"),
  mid_block_only_cross_attention: only(false),
  cross_attention_norm: only(null),
}).superRefine((config, context) => {
  const refuse = (key: string, message: string) => context.addIssue({ code: "custom", path: [key], message });
  const channels = config.block_out_channels;
  for (const key of perLevel) {
    const value = config[key];
    if (Array.isArray(value) && value.length !== channels.length) refuse(key, `must have ${channels.length} entries`);
  }
  if (channels.some((width) => width % config.norm_num_groups !== 0)) {
    refuse("norm_num_groups", `does not divide block_out_channels [${channels}]`);
  }
  const heads = config.attention_head_dim;
  if (channels.some((width, i) => width % ((Array.isArray(heads) ? heads[i] : heads) ?? 1) !== 0)) {
    refuse("attention_head_dim", `as numbers of heads, does not divide block_out_channels [${channels}]`);
  }
  const labels = [config.class_embed_type, config.addition_embed_type].filter(
    (type) => type && needsWidth.includes(type),
  );
  if (labels.length > 0 && !config.projection_class_embeddings_input_dim) {
    refuse("projection_class_embeddings_input_dim", `is needed for ${labels.join(" and ")}`);
  }
  if (config.addition_embed_type && !config.addition_time_embed_dim) {
    refuse("addition_time_embed_dim", `is needed for addition_embed_type ${config.addition_embed_type}`);
  }
});

export type UNetConfig = z.output<typeof unetConfigSchema>;
