import type { EditPair } from "../../world/pairOf.ts";
import type { PaletteColor } from "../meanIoU.ts";

/** The flat colour that the exact answer of `detect` or `segment` paints with: the most frequent one of what it changes. */
export function markColor({ mask, target }: Pick<EditPair, "mask" | "target">): PaletteColor {
  const counts = new Map<number, number>();
  let [best, most] = [0, 0];
  for (let pixel = 0; pixel < mask.length; pixel++) {
    if (!mask[pixel]) continue;
    const [r, g, b] = target.data.subarray(pixel * 3, pixel * 3 + 3);
    const color = (r! << 16) | (g! << 8) | b!;
    const count = (counts.get(color) ?? 0) + 1;
    counts.set(color, count);
    if (count > most) [best, most] = [color, count];
  }
  return [best >> 16, (best >> 8) & 255, best & 255];
}
