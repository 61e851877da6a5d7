import type { Picture } from "../gpu-worker/image/Picture.ts";
import { assertSameSize } from "./assertSameSize.ts";

/** [r, g, b], each 0–255. */
export type PaletteColor = readonly [number, number, number];

/**
 * Mean intersection over union of a segmentation map: every pixel counts as the class whose colour is nearest, and the
 * mean is over the classes in `expected`, each weighing the same. 1 is perfection.
 * @param palette the colour of each class
 * @throws RangeError when the pictures differ in size
 */
export function meanIoU(output: Picture, expected: Picture, palette: readonly PaletteColor[]): number {
  assertSameSize(expected, output);
  const [found, wanted, both] = [0, 1, 2].map(() => new Float64Array(palette.length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let at = 0; at < expected.data.length; at += 3) {
    const [ours, theirs] = [nearest(output, at, palette), nearest(expected, at, palette)];
    found[ours]!++;
    wanted[theirs]!++;
    if (ours === theirs) both[ours]!++;
  }
  let sum = 0;
  let classes = 0;
  for (let each = 0; each < palette.length; each++) {
    if (wanted[each] === 0) continue;
    sum += both[each]! / (found[each]! + wanted[each]! - both[each]!);
    classes++;
  }
  return sum / classes;
}

/** The class whose colour is nearest to a pixel's, by squared distance; the first of equals. */
function nearest({ data }: Picture, at: number, palette: readonly PaletteColor[]): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let each = 0; each < palette.length; each++) {
    const [r, g, b] = palette[each]!;
    const distance = (data[at]! - r) ** 2 + (data[at + 1]! - g) ** 2 + (data[at + 2]! - b) ** 2;
    if (distance < least) [best, least] = [each, distance];
  }
  return best;
}
