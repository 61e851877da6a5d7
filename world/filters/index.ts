import type { Picture } from "../../gpu-worker/image/Picture.ts";
import { gaussianBlur, luminance, mapPixels, saturate, unitOf } from "../pixels.ts";

/** How strongly a filter works: the words that instructions use for it are in world/tasks/color.ts. */
export type Strength = "slight" | "normal" | "strong";

/** A photo-level change. `apply` works on any picture; filters without strengths ignore theirs. */
export interface Filter {
  readonly name: string;
  readonly strengths: readonly Strength[];
  /** How a caption says it, before "picture". */
  readonly caption: string;
  readonly apply: (picture: Picture, strength: Strength) => Picture;
}

const all: readonly Strength[] = ["slight", "normal", "strong"];
const one: readonly Strength[] = ["normal"];

function byStrength(values: Readonly<Record<Strength, number>>, change: (picture: Picture, value: number) => Picture) {
  return (picture: Picture, strength: Strength) => change(picture, values[strength]);
}

const scaled = (picture: Picture, factor: number) =>
  mapPixels(picture, (r, g, b) => [r * factor, g * factor, b * factor]);
const contrasted = (picture: Picture, factor: number) =>
  mapPixels(picture, (r, g, b) => [128 + (r - 128) * factor, 128 + (g - 128) * factor, 128 + (b - 128) * factor]);
const saturated = (picture: Picture, factor: number) => mapPixels(picture, (r, g, b) => saturate(r, g, b, factor));
const warmed = (picture: Picture, by: number) => mapPixels(picture, (r, g, b) => [r + by, g + by * 0.25, b - by]);

/** Rotates hues by an angle in degrees about the grey axis, keeping luminance (the CSS hue-rotate matrix). */
export function rotateHue(picture: Picture, degrees: number): Picture {
  const c = Math.cos((degrees * Math.PI) / 180);
  const s = Math.sin((degrees * Math.PI) / 180);
  return mapPixels(picture, (r, g, b) => [
    r * (0.213 + c * 0.787 - s * 0.213) + g * (0.715 - c * 0.715 - s * 0.715) + b * (0.072 - c * 0.072 + s * 0.928),
    r * (0.213 - c * 0.213 + s * 0.143) + g * (0.715 + c * 0.285 + s * 0.14) + b * (0.072 - c * 0.072 - s * 0.283),
    r * (0.213 - c * 0.213 - s * 0.787) + g * (0.715 - c * 0.715 + s * 0.715) + b * (0.072 + c * 0.928 + s * 0.072),
  ]);
}

/** Every filter of the `color` task. The order is part of the data: append, never reorder. */
export const filters: readonly Filter[] = [
  {
    name: "brighter",
    strengths: all,
    caption: "brighter",
    apply: byStrength({ slight: 1.18, normal: 1.4, strong: 1.75 }, scaled),
  },
  {
    name: "darker",
    strengths: all,
    caption: "darker",
    apply: byStrength({ slight: 0.8, normal: 0.6, strong: 0.38 }, scaled),
  },
  {
    name: "more contrast",
    strengths: all,
    caption: "high-contrast",
    apply: byStrength({ slight: 1.3, normal: 1.7, strong: 2.4 }, contrasted),
  },
  {
    name: "less contrast",
    strengths: all,
    caption: "low-contrast",
    apply: byStrength({ slight: 0.72, normal: 0.48, strong: 0.26 }, contrasted),
  },
  {
    name: "more saturated",
    strengths: all,
    caption: "vivid",
    apply: byStrength({ slight: 1.45, normal: 2, strong: 3 }, saturated),
  },
  {
    name: "less saturated",
    strengths: all,
    caption: "muted",
    apply: byStrength({ slight: 0.62, normal: 0.36, strong: 0.15 }, saturated),
  },
  // The strengths of the hue stand for angles: 60, 120 and 180 degrees.
  {
    name: "hue",
    strengths: all,
    caption: "hue-shifted",
    apply: byStrength({ slight: 60, normal: 120, strong: 180 }, rotateHue),
  },
  { name: "grayscale", strengths: one, caption: "black and white", apply: (picture) => saturated(picture, 0) },
  {
    name: "sepia",
    strengths: one,
    caption: "sepia",
    apply: (picture) =>
      mapPixels(picture, (r, g, b) => {
        const light = luminance(r, g, b);
        return [light * 1.07 + 18, light * 0.9 + 8, light * 0.66];
      }),
  },
  {
    name: "inverted",
    strengths: one,
    caption: "color-inverted",
    apply: (picture) => mapPixels(picture, (r, g, b) => [255 - r, 255 - g, 255 - b]),
  },
  {
    name: "blurred",
    strengths: all,
    caption: "blurry",
    apply: byStrength({ slight: 0.8, normal: 1.5, strong: 2.8 }, (picture, sigma) =>
      gaussianBlur(picture, sigma * unitOf(picture)),
    ),
  },
  {
    name: "sharpened",
    strengths: all,
    caption: "sharp",
    apply: byStrength({ slight: 0.7, normal: 1.4, strong: 2.6 }, (picture, amount) => {
      const soft = gaussianBlur(picture, 0.9 * unitOf(picture)).data;
      return mapPixels(picture, (r, g, b, x, y) => {
        const i = (y * picture.width + x) * 3;
        const push = (value: number, c: number) => value + amount * (value - (soft[i + c] as number));
        return [push(r, 0), push(g, 1), push(b, 2)];
      });
    }),
  },
  {
    name: "warmer",
    strengths: all,
    caption: "warm-toned",
    apply: byStrength({ slight: 16, normal: 32, strong: 55 }, warmed),
  },
  {
    name: "cooler",
    strengths: all,
    caption: "cool-toned",
    apply: byStrength({ slight: -16, normal: -32, strong: -55 }, warmed),
  },
];
