import type { Picture } from "../../gpu-worker/image/Picture.ts";
import { cellNoise, clamp, mapPixels, saturate, unitOf } from "../pixels.ts";
import type { Style } from "./Style.ts";

/** Gives every pixel the mean colour of its cell. `cellOf` numbers the cells from 0. */
function averageCells(picture: Picture, count: number, cellOf: (x: number, y: number) => number): Picture {
  const { width, height, data } = picture;
  const sums = new Float64Array(count * 4);
  const cells = new Int32Array(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const cell = cellOf(x, y);
      cells[i] = cell;
      for (let c = 0; c < 3; c++) sums[cell * 4 + c]! += data[i * 3 + c] as number;
      sums[cell * 4 + 3]! += 1;
    }
  }
  const result = new Uint8Array(data.length);
  cells.forEach((cell, i) => {
    for (let c = 0; c < 3; c++)
      result[i * 3 + c] = clamp((sums[cell * 4 + c] as number) / (sums[cell * 4 + 3] as number));
  });
  return { width, height, data: result };
}

export const pixelArt: Style = {
  name: "pixel art",
  caption: "pixel art of",
  nouns: ["pixel art", "8-bit pixel art", "a retro pixel game"],
  apply(picture) {
    const cell = unitOf(picture) * 3;
    const columns = Math.ceil(picture.width / cell);
    const rows = Math.ceil(picture.height / cell);
    const blocks = averageCells(
      picture,
      columns * rows,
      (x, y) => Math.floor(y / cell) * columns + Math.floor(x / cell),
    );
    return mapPixels(blocks, (r, g, b) => {
      const level = (value: number) => Math.round(value / 36.4) * 36.4;
      const [sr, sg, sb] = saturate(r, g, b, 1.25);
      return [level(sr), level(sg), level(sb)];
    });
  },
};

export const mosaic: Style = {
  name: "mosaic",
  caption: "a mosaic of",
  nouns: ["a mosaic", "a tile mosaic", "a mosaic of little tiles"],
  apply(picture) {
    const cell = unitOf(picture) * 4;
    const columns = Math.ceil(picture.width / cell);
    const rows = Math.ceil(picture.height / cell);
    const blocks = averageCells(
      picture,
      columns * rows,
      (x, y) => Math.floor(y / cell) * columns + Math.floor(x / cell),
    );
    return mapPixels(blocks, (r, g, b, x, y) => {
      const [u, v] = [(x % cell) / cell, (y % cell) / cell];
      if (u < 0.24 || v < 0.24) return [232, 226, 214];
      const light = 0.9 + 0.2 * cellNoise(Math.floor(x / cell), Math.floor(y / cell));
      const [sr, sg, sb] = saturate(r, g, b, 1.2);
      return [sr * light, sg * light, sb * light];
    });
  },
};

export const stainedGlass: Style = {
  name: "stained glass",
  caption: "a stained glass window of",
  nouns: ["stained glass", "a stained glass window", "a church window"],
  apply(picture) {
    const cell = unitOf(picture) * 7;
    const columns = Math.ceil(picture.width / cell) + 2;
    const rows = Math.ceil(picture.height / cell) + 2;
    const lead = new Uint8Array(picture.width * picture.height);
    const width = unitOf(picture) * 1.15;
    const blocks = averageCells(picture, columns * rows, (x, y) => {
      const [cx, cy] = [Math.floor(x / cell), Math.floor(y / cell)];
      let [best, second, owner] = [1e9, 1e9, 0];
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          const [px, py] = [cx + dx, cy + dy];
          const sx = (px + 0.15 + 0.7 * cellNoise(px, py * 2)) * cell;
          const sy = (py + 0.15 + 0.7 * cellNoise(px + 91, py * 2 + 1)) * cell;
          const distance = Math.hypot(x - sx, y - sy);
          if (distance < best) {
            second = best;
            best = distance;
            owner = (py + 1) * columns + px + 1;
          } else if (distance < second) second = distance;
        }
      }
      if (second - best < width) lead[y * picture.width + x] = 1;
      return owner;
    });
    return mapPixels(blocks, (r, g, b, x, y) => {
      if (lead[y * picture.width + x]) return [28, 24, 34];
      const [sr, sg, sb] = saturate(r, g, b, 1.7);
      return [sr * 1.05 + 6, sg * 1.05 + 6, sb * 1.05 + 6];
    });
  },
};
