import type { StoredTensor } from "../StoredTensor.ts";
import { countOf } from "./countOf.ts";
import { shapeOf } from "./shapeOf.ts";

/** Where the shapes cannot tell, Stable Diffusion 1.5's unet/config.json does; 2.x has linear projections, and heads of 64. */
const heads = 8;
const headWidth = 64;
const sampleSize = 64;

/**
 * `config.json` of a single-file checkpoint's U-Net, from the shapes of its tensors (diffusers' names).
 * @throws EmendError `bad_model`
 */
export function unetConfig(label: string, tensors: ReadonlyMap<string, StoredTensor>): Record<string, unknown> {
  const names = [...tensors.keys()];
  const shape = (name: string, axes: number) => shapeOf(label, tensors, name, axes);
  const levels = countOf(names, "down_blocks");
  const perLevel = <T>(value: (level: number) => T): T[] => Array.from({ length: levels }, (_, level) => value(level));
  const hasAttention = (block: string) => names.some((name) => name.startsWith(`${block}.attentions.`));
  const transformers = perLevel((level) => `down_blocks.${level}.attentions.0`);
  const channels = perLevel((level) => shape(`down_blocks.${level}.resnets.0.conv1.weight`, 4)[0]!);
  const context = names.find((name) => name.endsWith(".attn2.to_k.weight"));
  const projection = names.find((name) => name.endsWith(".proj_in.weight"));
  const isLinear = projection !== undefined && tensors.get(projection)!.dims.length === 2;
  return {
    sample_size: sampleSize,
    in_channels: shape("conv_in.weight", 4)[1],
    out_channels: shape("conv_out.weight", 4)[0],
    block_out_channels: channels,
    layers_per_block: perLevel((level) => countOf(names, `down_blocks.${level}.resnets`)),
    down_block_types: perLevel((i) => (hasAttention(`down_blocks.${i}`) ? "CrossAttnDownBlock2D" : "DownBlock2D")),
    up_block_types: perLevel((i) => (hasAttention(`up_blocks.${i}`) ? "CrossAttnUpBlock2D" : "UpBlock2D")),
    transformer_layers_per_block: transformers.map((name) => countOf(names, `${name}.transformer_blocks`) || 1),
    ...(context !== undefined && { cross_attention_dim: shape(context, 2)[1] }),
    use_linear_projection: isLinear,
    attention_head_dim: isLinear ? channels.map((width) => width / headWidth) : heads,
  };
}
