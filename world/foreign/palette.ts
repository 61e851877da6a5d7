import type { Random } from "../random.ts";

/** "rgb(…)" of hue (degrees), saturation and lightness (0–1), with an alpha. */
export const hsl = (hue: number, saturation: number, lightness: number, alpha = 1): string =>
  `hsla(${(((hue % 360) + 360) % 360).toFixed(1)}, ${(clampShare(saturation) * 100).toFixed(1)}%, ${(clampShare(lightness) * 100).toFixed(1)}%, ${alpha})`;

const clampShare = (value: number) => Math.min(1, Math.max(0, value));

/** Colours that go together: one to three hues, more often muted than bright, as photographs are. */
export interface Palette {
  /** A colour near this lightness (0–1). */
  readonly color: (random: Random, lightness?: number, alpha?: number) => string;
  readonly hue: number;
}

export function palette(random: Random): Palette {
  const hue = random.range(0, 360);
  const hues = random.weighted([
    [[hue], 2],
    [[hue, hue + random.range(20, 50)], 3],
    [[hue, hue + 180], 2],
    [[hue, hue + 120, hue + 240], 1],
    [[hue, hue + 70, hue + 160, hue + 250], 2],
  ]);
  const saturation = random.range(0.08, 0.75);
  return {
    hue,
    color: (each, lightness = each.range(0.1, 0.9), alpha = 1) =>
      hsl(each.pick(hues) + each.range(-14, 14), saturation * each.range(0.5, 1.3), lightness, alpha),
  };
}
