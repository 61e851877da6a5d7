import { gaussianBlur } from "./gaussianBlur.ts";
import type { Picture } from "./Picture.ts";

/** One plane `[height × width]`, smoothed; the given one stays as it is. */
export type LowPass = (plane: Float32Array, width: number, height: number) => Float32Array;

/** The paper names no filter; docs/benchmarks/turns.md compares some. σ in pixels of the model's resolution. */
const gaussian: LowPass = (plane, width, height) => gaussianBlur(plane, width, height, 1);

/**
 * d̄ of METHOD §5: Σ_rgb |after − before| with values in [0, 1], low-passed; one value per pixel, `[height × width]`.
 * @param before, after pictures of one size
 */
export function changeMap(before: Picture, after: Picture, lowPass = gaussian): Float32Array {
  const change = new Float32Array(before.width * before.height);
  for (let i = 0; i < change.length; i++) {
    let sum = 0;
    for (let c = 3 * i; c < 3 * i + 3; c++) sum += Math.abs(after.data[c]! - before.data[c]!);
    change[i] = sum / 255;
  }
  return lowPass(change, before.width, before.height);
}
