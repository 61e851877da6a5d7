import type { Picture } from "../../gpu-worker/image/Picture.ts";

/** 1 − Σ|out − target| / Σ|source − target| over all pixels: a copy of the source is 0, perfection 1, damage less than 0. */
export function wholeScore(source: Picture, output: Picture, target: Picture): number {
  let [missed, wanted] = [0, 0];
  for (let i = 0; i < target.data.length; i++) {
    missed += Math.abs(output.data[i]! - target.data[i]!);
    wanted += Math.abs(source.data[i]! - target.data[i]!);
  }
  return wanted === 0 ? 1 : 1 - missed / wanted;
}
