import { gaussianBlur } from "../../gpu-worker/image/gaussianBlur.ts";
import type { Picture } from "../../gpu-worker/image/Picture.ts";
import { assertSameSize } from "../assertSameSize.ts";

const levels = 4;
/** Contrast below which a difference hardly counts, of 1; keeps flat areas from being divided by nothing. */
const floor = 0.05;
const sigma = 1;

/**
 * How differently two pictures look, without learned weights: the normalized Laplacian pyramid distance (Laparra et al.
 * 2016, simplified). Each of four levels is the luminance less its blur, divided by the local mean of its size plus a
 * constant; the distance is the mean over the levels of the root mean square difference. 0 for equal pictures, about 1
 * for unrelated ones. It stands where the paper has LPIPS: structure counts, an even change of brightness does not.
 */
export function perceptualDistance(a: Picture, b: Picture): number {
  assertSameSize(a, b, b);
  const [first, second] = [pyramid(a), pyramid(b)];
  const distances = first.map((band, level) => {
    const other = second[level]!;
    const sum = band.reduce((total, value, i) => total + (value - other[i]!) ** 2, 0);
    return Math.sqrt(sum / band.length);
  });
  return distances.reduce((total, distance) => total + distance, 0) / levels;
}

/** Most pictures are compared more than once. */
const known = new WeakMap<Picture, Float32Array[]>();

function pyramid(picture: Picture): Float32Array[] {
  const found = known.get(picture) ?? makePyramid(picture);
  known.set(picture, found);
  return found;
}

function makePyramid({ width, height, data }: Picture): Float32Array[] {
  let plane = new Float32Array(width * height);
  for (let i = 0; i < plane.length; i++) {
    plane[i] = (0.299 * data[3 * i]! + 0.587 * data[3 * i + 1]! + 0.114 * data[3 * i + 2]!) / 255;
  }
  return Array.from({ length: levels }, () => {
    const low = gaussianBlur(plane, width, height, sigma);
    const band = plane.map((value, i) => value - low[i]!);
    const size = gaussianBlur(band.map(Math.abs), width, height, 2 * sigma);
    const normalized = band.map((value, i) => value / (size[i]! + floor));
    [plane, width, height] = halve(low, width, height);
    return normalized;
  });
}

/** Every second pixel of every second row, from the first on. */
function halve(plane: Float32Array, width: number, height: number): [Float32Array<ArrayBuffer>, number, number] {
  const [w, h] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  const half = new Float32Array(w * h);
  for (let i = 0; i < half.length; i++) half[i] = plane[2 * Math.floor(i / w) * width + 2 * (i % w)]!;
  return [half, w, h];
}
