/** The named colours of the world: an object's main colour is one of these. */
export const colors = {
  red: "#e03636",
  orange: "#f78c1e",
  yellow: "#ffd83a",
  green: "#43b047",
  turquoise: "#2fc6bd",
  blue: "#2f6be4",
  purple: "#8b43cf",
  pink: "#ff7ab8",
  brown: "#8c5a34",
  black: "#2f2e38",
  white: "#f8f6f0",
  gray: "#989ba4",
} as const;

export type ColorName = keyof typeof colors;
export const colorNames = Object.keys(colors) as ColorName[];

/** The pure colours that `detect` draws boxes with and `segment` paints with. */
export const markerColors = {
  red: "#ff0000",
  green: "#00d820",
  blue: "#0030ff",
  yellow: "#fff000",
  pink: "#ff30d0",
  white: "#ffffff",
} as const;

export type MarkerColor = keyof typeof markerColors;
export const markerColorNames = Object.keys(markerColors) as MarkerColor[];

/** [r, g, b] in 0–255 of "#rrggbb". */
export function rgb(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

const mixes = new Map<string, string>();

/** "#rrggbb" that lies `share` (0–1) of the way from `from` to `to`. */
export function mix(from: string, to: string, share: number): string {
  const key = `${from}${to}${share}`;
  let result = mixes.get(key);
  if (result === undefined) {
    const [a, b] = [rgb(from), rgb(to)];
    const channel = (i: 0 | 1 | 2) =>
      Math.round(a[i] + (b[i] - a[i]) * share)
        .toString(16)
        .padStart(2, "0");
    result = `#${channel(0)}${channel(1)}${channel(2)}`;
    if (mixes.size > 4000) mixes.clear();
    mixes.set(key, result);
  }
  return result;
}
