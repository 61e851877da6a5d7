import type { Picture } from "../gpu-worker/image/Picture.ts";

/** Helpers for filters and styles: planes are Float32Array of width · height values in 0–255. */

/** Pixels per 1/64 of the shorter side: lengths in filters are given in these, so that they look alike at any size. */
export const unitOf = (picture: Picture): number => Math.min(picture.width, picture.height) / 64;

/** A new picture by a function of each pixel's colour. */
export function mapPixels(
  picture: Picture,
  change: (r: number, g: number, b: number, x: number, y: number) => readonly [number, number, number],
): Picture {
  const { width, height, data } = picture;
  const result = new Uint8Array(data.length);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 3) {
      const [r, g, b] = change(data[i] as number, data[i + 1] as number, data[i + 2] as number, x, y);
      result[i] = clamp(r);
      result[i + 1] = clamp(g);
      result[i + 2] = clamp(b);
    }
  }
  return { width, height, data: result };
}

/** Rounds into 0–255. */
export const clamp = (value: number): number => (value <= 0 ? 0 : value >= 255 ? 255 : Math.round(value));

export const luminance = (r: number, g: number, b: number): number => 0.299 * r + 0.587 * g + 0.114 * b;

/** Mean over a square window of `radius` pixels on each side (may be broken: it is rounded), edges repeated. */
export function boxBlur(picture: Picture, radius: number): Picture {
  const r = Math.max(0, Math.round(radius));
  if (r === 0) return picture;
  const { width, height } = picture;
  const middle = new Float32Array(picture.data.length);
  const result = new Uint8Array(picture.data.length);
  const pass = (
    from: ArrayLike<number>,
    to: Float32Array | Uint8Array,
    lines: number,
    count: number,
    step: number,
    stride: number,
  ) => {
    for (let line = 0; line < lines; line++) {
      for (let c = 0; c < 3; c++) {
        const at = (i: number) => from[line * stride + (i < 0 ? 0 : i >= count ? count - 1 : i) * step + c] as number;
        let sum = 0;
        for (let i = -r; i <= r; i++) sum += at(i);
        for (let i = 0; i < count; i++) {
          to[line * stride + i * step + c] = to === result ? clamp(sum / (2 * r + 1)) : sum / (2 * r + 1);
          sum += at(i + r + 1) - at(i - r);
        }
      }
    }
  };
  pass(picture.data, middle, height, width, 3, width * 3);
  pass(middle, result, width, height, width * 3, 3);
  return { width, height, data: result };
}

/** Gaussian blur, sigma in pixels; edges repeated. */
export function gaussianBlur(picture: Picture, sigma: number): Picture {
  const { width, height, data } = picture;
  const r = Math.max(1, Math.ceil(sigma * 2.5));
  const kernel = Float32Array.from({ length: 2 * r + 1 }, (_, i) => Math.exp(-((i - r) ** 2) / (2 * sigma * sigma)));
  const total = kernel.reduce((sum, value) => sum + value, 0);
  const middle = new Float32Array(data.length);
  const result = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++) {
        let sum = 0;
        for (let k = -r; k <= r; k++) {
          const from = Math.min(width - 1, Math.max(0, x + k));
          sum += (data[(y * width + from) * 3 + c] as number) * (kernel[k + r] as number);
        }
        middle[(y * width + x) * 3 + c] = sum / total;
      }
    }
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++) {
        let sum = 0;
        for (let k = -r; k <= r; k++) {
          const from = Math.min(height - 1, Math.max(0, y + k));
          sum += (middle[(from * width + x) * 3 + c] as number) * (kernel[k + r] as number);
        }
        result[(y * width + x) * 3 + c] = clamp(sum / total);
      }
    }
  }
  return { width, height, data: result };
}

/**
 * The blur of a lens out of focus: each point becomes a disc of this radius in pixels. Mixed by the squares of the values,
 * which is close to light, so that bright points become bright discs. Edges repeated.
 */
export function lensBlur(picture: Picture, radius: number): Picture {
  const { width, height, data } = picture;
  const reach = Math.floor(radius);
  const halves = Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.floor(Math.sqrt(Math.max(0, radius * radius - (i - reach) ** 2))),
  );
  const area = halves.reduce((sum, half) => sum + 2 * half + 1, 0);
  const result = new Uint8Array(data.length);
  // Sums of each row's squares up to a column, with the edges repeated `reach` times on both sides.
  const wide = width + 2 * reach + 1;
  const sums = new Float64Array(wide * height);
  for (let c = 0; c < 3; c++) {
    for (let y = 0; y < height; y++) {
      for (let i = 1, sum = 0; i < wide; i++) {
        const x = Math.min(width - 1, Math.max(0, i - 1 - reach));
        sum += (data[(y * width + x) * 3 + c] as number) ** 2;
        sums[y * wide + i] = sum;
      }
    }
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        let sum = 0;
        for (let k = -reach; k <= reach; k++) {
          const row = Math.min(height - 1, Math.max(0, y + k)) * wide + x + reach;
          const half = halves[k + reach] as number;
          sum += (sums[row + half + 1] as number) - (sums[row - half] as number);
        }
        result[(y * width + x) * 3 + c] = clamp(Math.sqrt(sum / area));
      }
    }
  }
  return { width, height, data: result };
}

/** Strength of colour edges, 0–255 per pixel: the greatest channel's gradient over half a unit. */
export function edges(picture: Picture): Float32Array {
  const { width, height, data } = picture;
  const step = Math.max(1, Math.round(unitOf(picture) / 2));
  const result = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const up = Math.max(0, y - step) * width;
    const down = Math.min(height - 1, y + step) * width;
    for (let x = 0; x < width; x++) {
      const left = Math.max(0, x - step);
      const right = Math.min(width - 1, x + step);
      let best = 0;
      for (let c = 0; c < 3; c++) {
        const dx = (data[(y * width + right) * 3 + c] as number) - (data[(y * width + left) * 3 + c] as number);
        const dy = (data[(down + x) * 3 + c] as number) - (data[(up + x) * 3 + c] as number);
        best = Math.max(best, Math.abs(dx) + Math.abs(dy));
      }
      result[y * width + x] = Math.min(255, best);
    }
  }
  return result;
}

/** A fixed noise in 0–1 for whole-numbered cells: the same on every machine. */
export function cellNoise(x: number, y: number): number {
  let h = Math.imul(x | 0, 0x27d4eb2d) ^ Math.imul(y | 0, 0x165667b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
}

/** Moves a colour away from (share > 1) or towards (share < 1) its grey. */
export function saturate(r: number, g: number, b: number, share: number): [number, number, number] {
  const grey = luminance(r, g, b);
  return [grey + (r - grey) * share, grey + (g - grey) * share, grey + (b - grey) * share];
}
