import type { ResampleTaps } from "./resampleTaps.ts";

/** The interpolated row `y` of a field whose rows have `row.length` values. */
export function mixRows(row: Float32Array, field: Float32Array, { taps, indices, weights }: ResampleTaps, y: number) {
  row.fill(0);
  for (let k = 0; k < taps; k++) {
    const weight = weights[y * taps + k]!;
    const from = indices[y * taps + k]! * row.length;
    for (let i = 0; i < row.length; i++) row[i]! += weight * field[from + i]!;
  }
}
