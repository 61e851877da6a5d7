import { mapSize } from "./affineMaps.ts";
import type { ColorRows } from "./ColorRows.ts";
import { colorKernel } from "./colorKernel.ts";
import { mixColumns } from "./mixColumns.ts";
import { mixRows } from "./mixRows.ts";
import type { Picture } from "./Picture.ts";
import { resampleTaps } from "./resampleTaps.ts";

const page = 65_536;
/** What the kernel reads and writes past the end of a row. Bytes; a multiple of 16 keeps vectors aligned. */
const slack = 16;

/**
 * As `exactColorRows`, but the maps are interpolated at the corners of cells of `cell` × `cell` pixels, and linearly
 * inside of them, by a WebAssembly kernel: for sources that are much larger than the model's picture.
 * @param cell pixels, a multiple of 4
 */
export function fastColorRows(
  source: Picture,
  maps: Float32Array,
  model: { readonly width: number; readonly height: number },
  cell: number,
): ColorRows {
  const across = resampleTaps(model.width, source.width, 4, cell);
  const down = resampleTaps(model.height, source.height, 4, cell);
  const corners = across.indices.length / 4;
  const rowBytes = Math.ceil((3 * corners * cell) / slack) * slack + slack;
  const cornerBytes = 4 * mapSize * corners;
  const mapBytes = 4 * mapSize;
  // One row of the source, one of the result, two of maps.
  const size = 2 * rowBytes + 2 * cornerBytes;
  const memory = new WebAssembly.Memory({ initial: Math.ceil(size / page) });
  const transform = colorKernel(memory);
  const pixels = new Uint8Array(memory.buffer, 0, rowBytes);
  const result = new Uint8Array(memory.buffer, rowBytes, rowBytes);
  const mapsRow = new Float32Array(model.width * mapSize);
  /** The two rows of maps in memory, and which ones they are. */
  const held = [0, 1].map((i) => {
    const address = 2 * rowBytes + i * cornerBytes;
    return { address, values: new Float32Array(memory.buffer, address, corners * mapSize), row: -1 };
  });

  /** The address of a row of maps; it takes the place of the one that is not `other`. */
  const cornerRow = (row: number, other: number): number => {
    const there = held.find((each) => each.row === row);
    if (there) return there.address;
    const place = held.find((each) => each.row !== other)!;
    mixRows(mapsRow, maps, down, row);
    for (let x = 0; x < corners; x++) mixColumns(place.values, x * mapSize, mapsRow, across, x);
    place.row = row;
    return place.address;
  };

  return {
    row(y, start, end) {
      const band = Math.floor(y / cell);
      const last = down.indices.length / 4 - 1;
      const above = cornerRow(band, Math.min(band + 1, last));
      const below = cornerRow(Math.min(band + 1, last), band);
      const first = Math.floor(start / cell);
      const cells = Math.ceil(end / cell) - first;
      const from = first * cell;
      const rowStart = y * source.width;
      pixels.set(
        source.data.subarray(3 * (rowStart + from), 3 * (rowStart + Math.min(from + cells * cell, source.width))),
        3 * from,
      );
      const [a, b] = [above + first * mapBytes, below + first * mapBytes];
      transform(3 * from, rowBytes + 3 * from, a, b, cells, cell / 4, 1 / cell, y / cell - band);
      return result;
    },
  };
}
