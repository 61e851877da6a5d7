import { affineMaps } from "./affineMaps.ts";
import type { ColorRows } from "./ColorRows.ts";
import { changeMap } from "./changeMap.ts";
import { defaultAlpha } from "./defaultAlpha.ts";
import { exactColorRows } from "./exactColorRows.ts";
import { fastColorRows } from "./fastColorRows.ts";
import { mixRows } from "./mixRows.ts";
import type { Picture } from "./Picture.ts";
import { type ResampleTaps, resampleTaps } from "./resampleTaps.ts";
import { type Run, touchedRuns } from "./touchedRuns.ts";

/** Touched pixels fade in while d̄ grows from α to this many times α: a few pixels, inside the touched region. */
const fade = 1.5;
/** Corners of cells per pixel of the model at least, in either direction, so that smooth interpolation stays smooth. */
const cornersPerPixel = 1.5;

export interface ComposedEdit {
  /** Exactly the source's size. */
  readonly picture: Picture;
  /** Share of pixels that are the source's own bits because no edit touched them, 0 … 1. */
  readonly keptShare: number;
}

/**
 * Sequential edit thresholding (METHOD §5) and composition at the source's resolution. d̄ is measured at the model's
 * resolution and interpolated. Where d̄ < α the source's own bits stay; elsewhere the source goes through the local
 * colour maps between the model's input and output (`affineMaps`), so that its fine detail survives where the edit kept
 * the structure.
 * @param source the picture as the person sent it
 * @param input, output what the model saw and made, both of one size
 * @param alpha 0 gives the model's output everywhere, 1 the source (seed 002 names both ends)
 */
export function composeEdit(
  source: Picture,
  input: Picture,
  output: Picture,
  { alpha = defaultAlpha } = {},
): ComposedEdit {
  const { width, height } = source;
  const change = changeMap(input, output);
  if (alpha >= 1 || change.every((d) => d < alpha)) {
    return { picture: { width, height, data: source.data.slice() }, keptShare: 1 };
  }

  const data = new Uint8Array(3 * width * height);
  const colors = colorRows(source, affineMaps(input, output), input);
  const across = resampleTaps(input.width, width, 2);
  const down = resampleTaps(input.height, height, 2);
  const findRuns = touchedRuns(across, alpha, alpha * fade);
  const changeRow = new Float32Array(input.width);
  let kept = width * height;
  for (let y = 0; y < height; y++) {
    mixRows(changeRow, change, down, y);
    const runs = findRuns(changeRow);
    const row = data.subarray(3 * y * width, 3 * (y + 1) * width);
    const [first, last] = [runs[0], runs.at(-1)];
    const everywhere = first?.full && first.end - first.start === width;
    if (!everywhere) row.set(source.data.subarray(3 * y * width, 3 * (y + 1) * width));
    if (!first || !last) continue;
    const made = colors.row(y, first.start, last.end);
    for (const run of runs) {
      kept -= run.end - run.start;
      if (run.full) row.set(made.subarray(3 * run.start, 3 * run.end), 3 * run.start);
      else fadeIn(row, made, run, { changeRow, across, alpha });
    }
  }
  return { picture: { width, height, data }, keptShare: kept / (width * height) };
}

interface Change {
  readonly changeRow: Float32Array;
  readonly across: ResampleTaps;
  readonly alpha: number;
}

/** Mixes what was made into a row of the source, by how far d̄ is above α. */
function fadeIn(row: Uint8Array, made: Uint8Array, { start, end }: Run, { changeRow, across, alpha }: Change): void {
  const { indices, weights } = across;
  for (let x = start; x < end; x++) {
    const d = weights[2 * x]! * changeRow[indices[2 * x]!]! + weights[2 * x + 1]! * changeRow[indices[2 * x + 1]!]!;
    const share = Math.min((d - alpha) / (alpha * (fade - 1)), 1);
    for (let i = 3 * x; i < 3 * x + 3; i++) row[i] = row[i]! + share * (made[i]! - row[i]!) + 0.5;
  }
}

/** By cells of pixels where the source is so much larger that nobody can tell; pixel by pixel otherwise. */
function colorRows(source: Picture, maps: Float32Array, model: Picture): ColorRows {
  const scale = Math.min(source.width / model.width, source.height / model.height);
  const cell = [32, 16, 8, 4].find((each) => each * cornersPerPixel <= scale);
  return cell === undefined ? exactColorRows(source, maps, model) : fastColorRows(source, maps, model, cell);
}
