import type { UNetConfig } from "../unet/config.ts";
import { levelsOf } from "../unet/levels.ts";

/** Where a U-Net attends to its context, in diffusers' order: down, up, middle. */
export function crossAttentionNames(config: UNetConfig): string[] {
  const { down, mid, up } = levelsOf(config);
  const places = [
    ...down.map((level, i) => [`down_blocks.${i}`, level] as const),
    ...up.map((level, i) => [`up_blocks.${i}`, level] as const),
    ["mid_block", mid] as const,
  ];
  const range = (count: number) => Array.from({ length: count }, (_, i) => i);
  return places
    .filter(([, level]) => level.attention)
    .flatMap(([place, { layers, transformer }]) =>
      range(layers).flatMap((layer) =>
        range(transformer.layers).map((block) => `${place}.attentions.${layer}.transformer_blocks.${block}.attn2`),
      ),
    );
}
