import type { TransformerOptions } from "../layers/transformer2d.ts";
import type { UNetConfig } from "./config.ts";

/** What one resolution of the U-Net is made of. */
export interface Level {
  readonly channels: number;
  readonly layers: number;
  readonly attention: boolean;
  /** The transformer after each resnet block, if `attention`. */
  readonly transformer: TransformerOptions;
}

const pick = <T>(value: T | T[], level: number): T => (Array.isArray(value) ? value[level]! : value);

function levelOf(config: UNetConfig, level: number, kind: "down" | "mid" | "up"): Level {
  const up = kind === "up";
  const last = config.block_out_channels.length - 1;
  const i = up ? last - level : level;
  const channels = config.block_out_channels[i]!;
  const type = kind === "mid" ? config.mid_block_type : (up ? config.up_block_types : config.down_block_types)[level]!;
  return {
    channels,
    layers: kind === "mid" ? 1 : pick(config.layers_per_block, i) + (up ? 1 : 0),
    attention: type?.includes("CrossAttn") ?? false,
    transformer: {
      layers: pick(config.transformer_layers_per_block, i),
      // diffusers' config key names the dimension, and means the number of heads (huggingface/diffusers#2011).
      heads: pick(config.attention_head_dim, i),
      groups: config.norm_num_groups,
      linearProjection: config.use_linear_projection,
      upcastAttention: config.upcast_attention ?? false,
      onlyCrossAttention: kind !== "mid" && pick(config.only_cross_attention, i),
    },
  };
}

/** Down levels from the finest, the middle, up levels from the coarsest. */
export const levelsOf = (config: UNetConfig): { down: Level[]; mid: Level; up: Level[] } => ({
  down: config.block_out_channels.map((_, i) => levelOf(config, i, "down")),
  mid: levelOf(config, config.block_out_channels.length - 1, "mid"),
  up: config.block_out_channels.map((_, i) => levelOf(config, i, "up")),
});
