import { mapSize } from "./affineMaps.ts";
import type { ColorRows } from "./ColorRows.ts";
import { mixColumns } from "./mixColumns.ts";
import { mixRows } from "./mixRows.ts";
import type { Picture } from "./Picture.ts";
import { resampleTaps } from "./resampleTaps.ts";

/**
 * The source through colour maps that are interpolated (Catmull–Rom) for every pixel: for sources of about the model's
 * size.
 * @param maps `[height × width × mapSize]` of the model's size: `affineMaps`
 */
export function exactColorRows(
  source: Picture,
  maps: Float32Array,
  model: { readonly width: number; readonly height: number },
): ColorRows {
  const across = resampleTaps(model.width, source.width, 4);
  const down = resampleTaps(model.height, source.height, 4);
  const mapsRow = new Float32Array(model.width * mapSize);
  const result = new Uint8ClampedArray(source.width * 3);
  const map = new Float32Array(mapSize);
  let mixed = -1;
  return {
    row(y, start, end) {
      if (mixed !== y) mixRows(mapsRow, maps, down, y);
      mixed = y;
      for (let x = start; x < end; x++) {
        mixColumns(map, 0, mapsRow, across, x);
        const from = 3 * (y * source.width + x);
        const [r, g, b] = [source.data[from]!, source.data[from + 1]!, source.data[from + 2]!];
        for (let o = 0; o < 3; o++) {
          result[3 * x + o] = map[3 * o]! * r + map[3 * o + 1]! * g + map[3 * o + 2]! * b + map[9 + o]!;
        }
      }
      return new Uint8Array(result.buffer);
    },
  };
}
