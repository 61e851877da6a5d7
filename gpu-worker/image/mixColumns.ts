import { mapSize } from "./affineMaps.ts";
import type { ResampleTaps } from "./resampleTaps.ts";

/** The maps at column `x` between a row of them: `[mapSize]` of `result` from `at` on. */
export function mixColumns(
  result: Float32Array,
  at: number,
  row: Float32Array,
  { taps, indices, weights }: ResampleTaps,
  x: number,
): void {
  for (let k = 0; k < taps; k++) {
    const weight = weights[x * taps + k]!;
    const from = indices[x * taps + k]! * mapSize;
    if (k === 0) for (let i = 0; i < mapSize; i++) result[at + i] = weight * row[from + i]!;
    else for (let i = 0; i < mapSize; i++) result[at + i]! += weight * row[from + i]!;
  }
}
