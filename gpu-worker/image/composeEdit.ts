import { affineMaps, mapSize } from "./affineMaps.ts";
import { changeMap } from "./changeMap.ts";
import { defaultAlpha } from "./defaultAlpha.ts";
import type { Picture } from "./Picture.ts";
import { type ResampleTaps, resampleTaps } from "./resampleTaps.ts";

/** Touched pixels fade in while d̄ grows from α to this many times α: a few pixels, inside the touched region. */
const fade = 1.5;

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
  const data = source.data.slice();
  if (alpha >= 1 || change.every((d) => d < alpha)) return { picture: { width, height, data }, keptShare: 1 };

  const maps = affineMaps(input, output);
  const across = { change: resampleTaps(input.width, width, 2), maps: resampleTaps(input.width, width, 4) };
  const down = { change: resampleTaps(input.height, height, 2), maps: resampleTaps(input.height, height, 4) };
  const changeRow = new Float32Array(input.width);
  const mapsRow = new Float32Array(input.width * mapSize);
  let kept = 0;
  for (let y = 0; y < height; y++) {
    mixRows(changeRow, change, down.change, y);
    if (changeRow.every((d) => d < alpha)) {
      kept += width;
      continue;
    }
    mixRows(mapsRow, maps, down.maps, y);
    kept += composeRow(data, y * width, width, { changeRow, mapsRow, across, alpha });
  }
  return { picture: { width, height, data }, keptShare: kept / (width * height) };
}

/** One interpolated row of a field whose rows have `row.length` values. */
function mixRows(row: Float32Array, field: Float32Array, { taps, indices, weights }: ResampleTaps, y: number): void {
  row.fill(0);
  for (let k = 0; k < taps; k++) {
    const weight = weights[y * taps + k]!;
    const from = indices[y * taps + k]! * row.length;
    for (let i = 0; i < row.length; i++) row[i]! += weight * field[from + i]!;
  }
}

interface RowFields {
  readonly changeRow: Float32Array;
  readonly mapsRow: Float32Array;
  readonly across: { readonly change: ResampleTaps; readonly maps: ResampleTaps };
  readonly alpha: number;
}

/** Edits one row of `data` in place, from pixel `start` on. @returns how many of its pixels stayed untouched */
function composeRow(data: Uint8Array, start: number, width: number, fields: RowFields): number {
  const { changeRow, mapsRow, across, alpha } = fields;
  const { change, maps } = across;
  const map = new Float32Array(mapSize);
  let kept = 0;
  for (let x = 0; x < width; x++) {
    const d =
      change.weights[2 * x]! * changeRow[change.indices[2 * x]!]! +
      change.weights[2 * x + 1]! * changeRow[change.indices[2 * x + 1]!]!;
    if (d < alpha) {
      kept++;
      continue;
    }
    map.fill(0);
    for (let k = 4 * x; k < 4 * x + 4; k++) {
      const weight = maps.weights[k]!;
      const from = maps.indices[k]! * mapSize;
      for (let j = 0; j < mapSize; j++) map[j]! += weight * mapsRow[from + j]!;
    }
    const share = alpha > 0 ? Math.min((d - alpha) / (alpha * (fade - 1)), 1) : 1;
    const at = 3 * (start + x);
    const [r, g, b] = [data[at]!, data[at + 1]!, data[at + 2]!];
    for (let o = 0; o < 3; o++) {
      const made = map[3 * o]! * r + map[3 * o + 1]! * g + map[3 * o + 2]! * b + map[9 + o]!;
      const old = o === 0 ? r : o === 1 ? g : b;
      data[at + o] = Math.min(Math.max(old + share * (made - old), 0), 255) + 0.5;
    }
  }
  return kept;
}
