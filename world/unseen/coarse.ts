import type { Picture } from "../../gpu-worker/image/Picture.ts";
import { clamp } from "../pixels.ts";

/**
 * The picture as it looks after being shrunk `factor` times (each small pixel is the mean of those that it covers) and
 * enlarged to its own size again (bilinear, edges repeated).
 */
export function coarse(picture: Picture, factor: number): Picture {
  const { width, height, data } = picture;
  const columns = Math.max(1, Math.round(width / factor));
  const rows = Math.max(1, Math.round(height / factor));
  const small = new Float64Array(columns * rows * 3);
  for (let row = 0; row < rows; row++) {
    const [top, bottom] = [Math.floor((row * height) / rows), Math.floor(((row + 1) * height) / rows)];
    for (let column = 0; column < columns; column++) {
      const [left, right] = [Math.floor((column * width) / columns), Math.floor(((column + 1) * width) / columns)];
      const area = (bottom - top) * (right - left);
      for (let c = 0; c < 3; c++) {
        let sum = 0;
        for (let y = top; y < bottom; y++) {
          for (let x = left; x < right; x++) sum += data[(y * width + x) * 3 + c] as number;
        }
        small[(row * columns + column) * 3 + c] = sum / area;
      }
    }
  }
  const result = new Uint8Array(data.length);
  const across = taps(width, columns);
  const down = taps(height, rows);
  for (let y = 0; y < height; y++) {
    const [upper, lower, towardsLower] = down[y] as Tap;
    for (let x = 0; x < width; x++) {
      const [left, right, towardsRight] = across[x] as Tap;
      for (let c = 0; c < 3; c++) {
        const at = (row: number, column: number) => small[(row * columns + column) * 3 + c] as number;
        const first = at(upper, left) + (at(upper, right) - at(upper, left)) * towardsRight;
        const second = at(lower, left) + (at(lower, right) - at(lower, left)) * towardsRight;
        result[(y * width + x) * 3 + c] = clamp(first + (second - first) * towardsLower);
      }
    }
  }
  return { width, height, data: result };
}

/** Two neighbours and the share of the second. */
type Tap = readonly [first: number, second: number, share: number];

/** Where each of `to` pixels lies between the centres of `from` pixels. */
function taps(to: number, from: number): Tap[] {
  return Array.from({ length: to }, (_, i) => {
    const place = Math.min(from - 1, Math.max(0, ((i + 0.5) * from) / to - 0.5));
    const first = Math.floor(place);
    return [first, Math.min(from - 1, first + 1), place - first];
  });
}
