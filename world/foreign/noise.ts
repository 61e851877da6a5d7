import type { Picture } from "../../gpu-worker/image/Picture.ts";
import { cellNoise, clamp } from "../pixels.ts";
import type { Random } from "../random.ts";

const soft = (t: number) => t * t * (3 - 2 * t);

/** Smooth noise in 0–1 with one value per unit cell. */
function valueNoise(x: number, y: number, seed: number): number {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  const [u, v] = [soft(x - column), soft(y - row)];
  const at = (dx: number, dy: number) => cellNoise(column + dx + seed, row + dy - seed);
  const top = at(0, 0) * (1 - u) + at(1, 0) * u;
  const bottom = at(0, 1) * (1 - u) + at(1, 1) * u;
  return top * (1 - v) + bottom * v;
}

/** Five octaves of it, each half as strong as the last: about 1/f, as in nature. */
export function fractal(x: number, y: number, seed: number): number {
  let sum = 0;
  for (let octave = 0, strength = 0.52, scale = 1; octave < 5; octave++, strength /= 2, scale *= 2) {
    sum += strength * valueNoise(x * scale, y * scale, seed + octave * 101);
  }
  return sum;
}

type Color = readonly [number, number, number];
const blend = (a: Color, b: Color, t: number): Color => [
  a[0] + (b[0] - a[0]) * t,
  a[1] + (b[1] - a[1]) * t,
  a[2] + (b[2] - a[2]) * t,
];

/** A colour with this light (0–1): a tint of it. */
function tinted(random: Random, light: number, strength: number): Color {
  const tint = [random.range(-1, 1), random.range(-1, 1), random.range(-1, 1)] as const;
  return [0, 1, 2].map(
    (c) => 255 * Math.min(1, Math.max(0, light + strength * (tint[c] as number))),
  ) as unknown as Color;
}

function perPixel(width: number, height: number, color: (x: number, y: number) => Color): Picture {
  const data = new Uint8Array(width * height * 3);
  for (let row = 0, i = 0; row < height; row++) {
    for (let column = 0; column < width; column++, i += 3) {
      const [r, g, b] = color((column + 0.5) / height, (row + 0.5) / height);
      data[i] = clamp(r);
      data[i + 1] = clamp(g);
      data[i + 2] = clamp(b);
    }
  }
  return { width, height, data };
}

/** Clouds, marble, rust: three colours over fractal noise, which warps itself. */
export function drawClouds(width: number, height: number, random: Random): Picture {
  const seed = random.int(1_000_000);
  const scale = random.range(1.5, 6);
  const warp = random.range(0, 1.6);
  const stretch = random.pick([1, 1, 0.4, 2.5]);
  const [low, middle, high] = [
    tinted(random, random.range(0.05, 0.4), 0.2),
    tinted(random, random.range(0.3, 0.7), 0.25),
    tinted(random, random.range(0.6, 0.95), 0.2),
  ];
  return perPixel(width, height, (x, y) => {
    const first = warp > 0.3 ? fractal(x * scale * 0.5, y * scale * 0.5, seed + 7777) * warp : 0;
    const value = Math.min(1, Math.max(0, fractal(x * scale * stretch + first, y * scale + first, seed) * 1.9 - 0.45));
    return value < 0.5 ? blend(low, middle, value * 2) : blend(middle, high, value * 2 - 1);
  });
}

/** A landscape as a photograph has it: a sky with clouds, ridges that pale with distance, ground or water in front. */
export function drawLandscape(width: number, height: number, random: Random): Picture {
  const seed = random.int(1_000_000);
  const horizon = random.range(0.35, 0.65);
  const top = tinted(random, random.range(0.3, 0.75), 0.25);
  const haze = tinted(random, random.range(0.6, 0.9), 0.15);
  const cloud = tinted(random, random.range(0.75, 1), 0.06);
  const cover = random.range(-0.3, 0.25);
  const near = tinted(random, random.range(0.08, 0.35), 0.18);
  const ground = tinted(random, random.range(0.2, 0.6), 0.18);
  const water = random.chance(0.4);
  const ridges = Array.from({ length: 1 + random.int(4) }, (_, i, all = 4) => ({
    base: horizon - 0.02 + i * random.range(0.02, 0.07),
    height: random.range(0.08, 0.4) / (1 + i * 0.5),
    scale: random.range(1.2, 4),
    share: (i + 1) / (all + 0.5),
  }));
  const skyline = (x: number, ridge: (typeof ridges)[number], i: number) =>
    ridge.base - ridge.height * (fractal(x * ridge.scale, i * 13.7, seed + i) - 0.25);
  const columns = new Map<number, number[]>();
  const linesAt = (x: number) => {
    let lines = columns.get(x);
    if (!lines) {
      lines = ridges.map((ridge, i) => skyline(x, ridge, i));
      columns.set(x, lines);
    }
    return lines;
  };
  const foot = Math.max(...ridges.map((ridge) => ridge.base)) + 0.02;
  const above = (x: number, y: number): Color => {
    const lines = linesAt(x);
    for (let i = ridges.length - 1; i >= 0; i--) {
      if (y < (lines[i] as number)) continue;
      const rough = fractal(x * 9, y * 9, seed + 31) - 0.5;
      const tone = blend(haze, near, Math.min(1, 0.3 + 0.7 * (ridges[i] as (typeof ridges)[number]).share));
      return [tone[0] + rough * 60, tone[1] + rough * 60, tone[2] + rough * 60];
    }
    const sky = blend(top, haze, Math.min(1, (y / horizon) ** 1.5));
    const depth = 1 + 2.5 * y;
    const puff = fractal(x * 2.2 * depth, y * 5 * depth, seed + 99) * 2.6 - 1.2 + cover;
    return blend(sky, cloud, Math.min(1, Math.max(0, puff)));
  };
  return perPixel(width, height, (x, y) => {
    if (y < foot) return above(x, y);
    const depth = (y - foot) / (1.001 - foot);
    if (water) {
      const ripple = fractal(x * 3, (40 * foot) / (0.15 + depth), seed + 5) - 0.5;
      const mirrored = above(x, Math.max(0, foot - (y - foot) * 0.9 + ripple * 0.05));
      const wet = blend(mirrored, top, 0.35);
      return [wet[0] + ripple * 30 - 14, wet[1] + ripple * 30 - 10, wet[2] + ripple * 30 - 4];
    }
    const rough = fractal((x - 0.5) * (4 + 9 * (1 - depth)), 14 / (0.25 + depth), seed + 17) - 0.5;
    const tone = blend(blend(ground, haze, 0.25), ground, depth);
    return [tone[0] + rough * 110, tone[1] + rough * 100, tone[2] + rough * 80];
  });
}
