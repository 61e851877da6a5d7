import type { Picture } from "../gpu-worker/image/Picture.ts";
import { assertSameSize } from "./assertSameSize.ts";

export interface EditScore {
  /** 1 − Σ|out − target| / Σ|source − target| over the pixels that the true edit changes: a copy of the source is 0, perfection 1. */
  readonly edit: number;
  /** Mean |out − source| over the other pixels, on [0, 1]; 0 when the true edit changes every pixel. */
  readonly keep: number;
}

/**
 * Scores one edit against its exact answer.
 * @param changed one byte per pixel, non-zero where source and target differ
 * @throws RangeError when the three pictures differ in size
 */
export function editScore(source: Picture, output: Picture, target: Picture, changed: Uint8Array): EditScore {
  assertSameSize(source, output, target);
  let missed = 0;
  let wanted = 0;
  let drift = 0;
  let untouched = 0;
  for (let pixel = 0; pixel < changed.length; pixel++) {
    for (let at = pixel * 3; at < pixel * 3 + 3; at++) {
      if (changed[pixel]) {
        missed += Math.abs(output.data[at]! - target.data[at]!);
        wanted += Math.abs(source.data[at]! - target.data[at]!);
      } else {
        drift += Math.abs(output.data[at]! - source.data[at]!);
        untouched++;
      }
    }
  }
  return { edit: wanted === 0 ? 1 : 1 - missed / wanted, keep: untouched === 0 ? 0 : drift / untouched / 255 };
}
