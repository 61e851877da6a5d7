import type { Picture } from "../../gpu-worker/image/Picture.ts";

/** Mean absolute difference, on [0, 1]: the paper's L1. */
export function meanDifference(a: Picture, b: Picture): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += Math.abs(a.data[i]! - b.data[i]!);
  return sum / a.data.length / 255;
}
