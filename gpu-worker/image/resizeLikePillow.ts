import type { Picture } from "./Picture.ts";

/** Filters of Pillow by the numbers that preprocessor_config.json has for them. */
const filters = {
  2: { support: 1, weight: (x: number) => Math.max(1 - Math.abs(x), 0) },
  3: { support: 2, weight: bicubic },
} as const;

/** 2: bilinear, 3: bicubic; both widened by the factor of shrinking. */
export type PillowFilter = keyof typeof filters;

/** A rectangle of the resized picture, in its pixels. */
export interface Window {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * A part of the picture as Pillow's `Image.resize` makes it, to the bit: columns first, fixed-point weights, each pass
 * rounded to bytes (Pillow up to 12, libImaging/Resample.c; 13 does the rows of tall pictures first, and rounds
 * differently there). Networks that read pictures were trained on these, and a safety checker's decision must not hang
 * on another resampler.
 * @param size of the whole resized picture; only the window of it is computed
 */
export function resizeLikePillow(
  { width, height, data }: Picture,
  size: { readonly width: number; readonly height: number },
  filter: PillowFilter,
  window: Window,
): Picture {
  const columns = lineTaps(width, size.width, filter, window.left, window.width);
  const rows = lineTaps(height, size.height, filter, window.top, window.height);
  const from = Math.min(...rows.map(({ start }) => start));
  const to = Math.max(...rows.map(({ start, weights }) => start + weights.length));

  const narrow = new Uint8ClampedArray((to - from) * window.width * 3);
  for (let y = from; y < to; y++) {
    for (const [x, taps] of columns.entries()) {
      const place = ((y - from) * window.width + x) * 3;
      weigh(data, (y * width + taps.start) * 3, 3, taps.weights, narrow, place);
    }
  }
  const result = new Uint8ClampedArray(window.width * window.height * 3);
  for (const [y, taps] of rows.entries()) {
    for (let x = 0; x < window.width; x++) {
      const place = ((taps.start - from) * window.width + x) * 3;
      weigh(narrow, place, window.width * 3, taps.weights, result, (y * window.width + x) * 3);
    }
  }
  return { width: window.width, height: window.height, data: new Uint8Array(result.buffer) };
}

interface Taps {
  /** The first pixel that counts. */
  readonly start: number;
  /** Fixed-point, with `precision` bits behind the point. */
  readonly weights: Int32Array;
}

const precision = 22;

/** One pixel of three colours: the weighted sum of pixels from `start` on, `stride` bytes apart, rounded. */
function weigh(
  data: Uint8Array | Uint8ClampedArray,
  start: number,
  stride: number,
  weights: Int32Array,
  result: Uint8ClampedArray,
  place: number,
): void {
  let [red, green, blue] = [2 ** (precision - 1), 2 ** (precision - 1), 2 ** (precision - 1)];
  for (let i = 0, at = start; i < weights.length; i++, at += stride) {
    const weight = weights[i]!;
    red += data[at]! * weight;
    green += data[at + 1]! * weight;
    blue += data[at + 2]! * weight;
  }
  result[place] = red >> precision;
  result[place + 1] = green >> precision;
  result[place + 2] = blue >> precision;
}

/** Which pixels of a line of `from` make pixels `first` … of the line of `to`, and with which weights. */
function lineTaps(from: number, to: number, filter: PillowFilter, first: number, count: number): Taps[] {
  if (from === to) {
    // Pillow leaves the pass out; a weight of 1 copies.
    return Array.from({ length: count }, (_, i) => ({ start: first + i, weights: Int32Array.of(1 << precision) }));
  }
  const scale = from / to;
  const widening = Math.max(scale, 1);
  const support = filters[filter].support * widening;
  return Array.from({ length: count }, (_, i) => {
    const centre = (first + i + 0.5) * scale;
    const start = Math.max(Math.trunc(centre - support + 0.5), 0);
    const end = Math.min(Math.trunc(centre + support + 0.5), from);
    const weights = Array.from({ length: end - start }, (_, x) =>
      filters[filter].weight((x + start - centre + 0.5) * (1 / widening)),
    );
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return { start, weights: Int32Array.from(weights, (weight) => fixed(total === 0 ? weight : weight / total)) };
  });
}

const fixed = (weight: number): number => Math.trunc(weight * 2 ** precision + (weight < 0 ? -0.5 : 0.5));

/** Keys' cubic convolution with a = −0.5, |x| < 2. */
function bicubic(x: number): number {
  const a = -0.5;
  const t = Math.abs(x);
  if (t < 1) return ((a + 2) * t - (a + 3)) * t * t + 1;
  return t < 2 ? (((t - 5) * t + 8) * t - 4) * a : 0;
}
