import type { Picture } from "../gpu-worker/image/Picture.ts";
import { rgb } from "../world/colors.ts";
import { headColor, limbs } from "../world/maps/pose.ts";
import { assertSameSize } from "./assertSameSize.ts";

export interface PoseScore {
  /** Share of the expected skeletons' pixels that have a pixel of the same limb near them in the output. */
  readonly recall: number;
  /** Share of the output's lit pixels that have a pixel of the same limb near them in the expected skeletons. */
  readonly precision: number;
  /** The harmonic mean of both: 1 for the expected picture, 0 for a black one. */
  readonly score: number;
}

/** "Near" is this share of the shorter side: 1 pixel at 64. */
const reach = 1 / 64;
/** A pixel is lit if its greatest channel has at least this value: half of a limb's colour on black. */
const lit = 128;
/** How far a colour may be from a limb's, both at full brightness; half the distance of two neighbours and a little. */
const tolerance = 50;

const full = (r: number, g: number, b: number): [number, number, number] => {
  const scale = 255 / Math.max(r, g, b);
  return [r * scale, g * scale, b * scale];
};
const palette = [...limbs.map((limb) => limb.color), headColor].map((color) => full(...rgb(color)));

/** Each pixel's limb: −1 where it is dark, the palette's length where it is lit in no limb's colour (as at joints). */
function limbsOf({ data }: Picture): Int8Array {
  return Int8Array.from({ length: data.length / 3 }, (_, pixel) => {
    const [r, g, b] = [data[pixel * 3] as number, data[pixel * 3 + 1] as number, data[pixel * 3 + 2] as number];
    if (Math.max(r, g, b) < lit) return -1;
    const [x, y, z] = full(r, g, b);
    const distances = palette.map((color) => Math.hypot(x - color[0], y - color[1], z - color[2]));
    const nearest = Math.min(...distances);
    return nearest <= tolerance ? distances.indexOf(nearest) : palette.length;
  });
}

/** The share of the lit pixels of `from` that have one of the same limb near them in `to`; of any limb, for mixtures. */
function shareNear(from: Int8Array, to: Int8Array, width: number, radius: number): number {
  const height = from.length / width;
  let [all, near] = [0, 0];
  for (const [pixel, limb] of from.entries()) {
    if (limb < 0) continue;
    all++;
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    let found = false;
    for (let v = Math.max(0, y - radius); v <= Math.min(height - 1, y + radius) && !found; v++) {
      for (let u = Math.max(0, x - radius); u <= Math.min(width - 1, x + radius) && !found; u++) {
        if ((u - x) ** 2 + (v - y) ** 2 > radius ** 2) continue;
        const other = to[v * width + u] as number;
        found = limb === palette.length ? other >= 0 : other === limb;
      }
    }
    if (found) near++;
  }
  return all === 0 ? 0 : near / all;
}

/**
 * How well a picture shows the expected skeletons (world/maps/pose.ts): a measure like the percentage of correct
 * keypoints, taken over all pixels of limbs and heads. Brightness does not matter above one half, hue does.
 * @throws RangeError when the two pictures differ in size
 */
export function poseScore(output: Picture, expected: Picture): PoseScore {
  assertSameSize(output, expected);
  const [found, wanted] = [limbsOf(output), limbsOf(expected)];
  const radius = Math.max(1, Math.round(Math.min(expected.width, expected.height) * reach));
  const recall = shareNear(wanted, found, expected.width, radius);
  const precision = shareNear(found, wanted, expected.width, radius);
  return { recall, precision, score: recall + precision === 0 ? 0 : (2 * recall * precision) / (recall + precision) };
}
