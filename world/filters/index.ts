import type { Picture } from "../../gpu-worker/image/Picture.ts";
import { gaussianBlur, lensBlur, luminance, mapPixels, saturate, unitOf } from "../pixels.ts";

/** How strongly a filter works: the words that instructions use for it are in world/tasks/color.ts. */
export const strengths = ["slight", "normal", "strong", "extreme"] as const;
export type Strength = (typeof strengths)[number];

/** A number that an instruction may say instead of a word: from `least` to `most` in steps of `step`. */
export interface Measure {
  readonly unit: "percent" | "degrees";
  readonly least: number;
  readonly most: number;
  readonly step: number;
  /** What `apply` takes for so many percent or degrees. */
  readonly value: (amount: number) => number;
}

/** A photo-level change. `apply` works on any picture; filters that know no more and less ignore the value. */
export interface Filter {
  readonly name: string;
  /** What `apply` takes for each word; none if there is only one way to do it. */
  readonly levels?: Readonly<Record<Strength, number>>;
  readonly measure?: Measure;
  /** How a caption says it, before "picture". */
  readonly caption: string;
  readonly apply: (picture: Picture, value: number) => Picture;
}

const levels = (slight: number, normal: number, strong: number, extreme: number): Record<Strength, number> => ({
  slight,
  normal,
  strong,
  extreme,
});
const more = (most: number): Measure => ({
  unit: "percent",
  least: 10,
  most,
  step: 5,
  value: (amount) => 1 + amount / 100,
});
const less: Measure = { unit: "percent", least: 10, most: 90, step: 5, value: (amount) => 1 - amount / 100 };

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
    levels: levels(1.18, 1.4, 1.75, 2.1),
    measure: more(100),
    caption: "brighter",
    apply: scaled,
  },
  {
    name: "darker",
    levels: levels(0.8, 0.6, 0.38, 0.2),
    measure: less,
    caption: "darker",
    apply: scaled,
  },
  {
    name: "more contrast",
    levels: levels(1.3, 1.7, 2.4, 3.6),
    measure: more(150),
    caption: "high-contrast",
    apply: contrasted,
  },
  {
    name: "less contrast",
    levels: levels(0.72, 0.48, 0.26, 0.12),
    measure: less,
    caption: "low-contrast",
    apply: contrasted,
  },
  {
    name: "more saturated",
    levels: levels(1.45, 2, 3, 4.5),
    measure: more(200),
    caption: "vivid",
    apply: saturated,
  },
  {
    name: "less saturated",
    levels: levels(0.62, 0.36, 0.15, 0.05),
    measure: less,
    caption: "muted",
    apply: saturated,
  },
  {
    name: "hue",
    levels: levels(30, 90, 150, 180),
    measure: { unit: "degrees", least: 30, most: 330, step: 15, value: (amount) => amount },
    caption: "hue-shifted",
    apply: rotateHue,
  },
  { name: "grayscale", caption: "black and white", apply: (picture) => saturated(picture, 0) },
  {
    name: "sepia",
    caption: "sepia",
    apply: (picture) =>
      mapPixels(picture, (r, g, b) => {
        const light = luminance(r, g, b);
        return [light * 1.07 + 18, light * 0.9 + 8, light * 0.66];
      }),
  },
  {
    name: "inverted",
    caption: "color-inverted",
    apply: (picture) => mapPixels(picture, (r, g, b) => [255 - r, 255 - g, 255 - b]),
  },
  {
    name: "blurred",
    levels: levels(0.8, 1.5, 2.8, 4.4),
    caption: "blurry",
    apply: (picture, sigma) => gaussianBlur(picture, sigma * unitOf(picture)),
  },
  {
    name: "sharpened",
    levels: levels(0.7, 1.4, 2.6, 4.5),
    caption: "sharp",
    apply: (picture, amount) => {
      const soft = gaussianBlur(picture, 0.9 * unitOf(picture)).data;
      return mapPixels(picture, (r, g, b, x, y) => {
        const i = (y * picture.width + x) * 3;
        const push = (value: number, c: number) => value + amount * (value - (soft[i + c] as number));
        return [push(r, 0), push(g, 1), push(b, 2)];
      });
    },
  },
  {
    name: "warmer",
    levels: levels(16, 32, 55, 85),
    caption: "warm-toned",
    apply: warmed,
  },
  {
    name: "cooler",
    levels: levels(-16, -32, -55, -85),
    caption: "cool-toned",
    apply: warmed,
  },
  {
    name: "defocused",
    levels: levels(1.3, 2.2, 3.6, 5.5),
    caption: "out-of-focus",
    apply: (picture, radius) => lensBlur(picture, radius * unitOf(picture)),
  },
];
