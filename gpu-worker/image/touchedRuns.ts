import type { ResampleTaps } from "./resampleTaps.ts";

/** Neighbouring touched pixels of a row, from `start` to before `end`. */
export interface Run {
  start: number;
  end: number;
  /** Whether all of them are touched in full; otherwise they fade in. */
  readonly full: boolean;
}

/**
 * Finds the touched pixels of a row, by the change d̄ interpolated between the columns of the model's picture.
 * @param across two taps per pixel of the source
 * @param alpha touched is where d̄ ≥ alpha …
 * @param whole … and in full where d̄ ≥ whole
 * @returns the runs of a row whose d̄ in the model's columns is given, from left to right
 */
export function touchedRuns(across: ResampleTaps, alpha: number, whole: number): (row: Float32Array) => Run[] {
  const { indices, weights } = across;
  const starts = columnStarts(across);
  return (row) => {
    const runs: Run[] = [];
    for (let i = 0; i + 1 < starts.length; i++) {
      // Between the same two columns all pixels are touched, or none, unless d̄ passes α in between.
      const start = starts[i]!;
      const end = starts[i + 1]!;
      const l = row[indices[2 * start]!]!;
      const r = row[indices[2 * start + 1]!]!;
      if (l < alpha && r < alpha) continue;
      if (l >= whole && r >= whole) extend(runs, start, end, true);
      else {
        for (let x = start; x < end; x++) {
          const d = weights[2 * x]! * l + weights[2 * x + 1]! * r;
          if (d >= alpha) extend(runs, x, x + 1, d >= whole);
        }
      }
    }
    return runs;
  };
}

function extend(runs: Run[], start: number, end: number, full: boolean): void {
  const run = runs.at(-1);
  if (run?.end === start && run.full === full) run.end = end;
  else runs.push({ start, end, full });
}

/** The first of each row of pixels that lie between the same two columns, and the end of the last. */
function columnStarts({ indices }: ResampleTaps): number[] {
  const starts = [0];
  for (let x = 1; x < indices.length / 2; x++) {
    if (indices[2 * x] !== indices[2 * x - 2] || indices[2 * x + 1] !== indices[2 * x - 1]) starts.push(x);
  }
  return [...starts, indices.length / 2];
}
