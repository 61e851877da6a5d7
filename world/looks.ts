import { type ColorName, colors, mix } from "./colors.ts";

/** Patterns lie over an object's colour and keep it; materials replace the colour. */
export const patterns = ["striped", "dotted", "checkered", "starry"] as const;
export const materials = ["wooden", "golden", "stone", "rainbow", "brick"] as const;
export type Pattern = (typeof patterns)[number];
export type Material = (typeof materials)[number];
/** What an object is made of or painted with. */
export type Finish = "plain" | Pattern | Material;
export const finishes: readonly Finish[] = ["plain", ...patterns, ...materials];

export const isMaterial = (finish: Finish): finish is Material => (materials as readonly string[]).includes(finish);

const materialColors: Record<Material, string> = {
  wooden: "#b57a45",
  golden: "#f2b51d",
  stone: "#9a958e",
  rainbow: "#ff5a5a",
  brick: "#b8503a",
};

/** The four tones an object is painted with, as "#rrggbb". */
export interface Tones {
  readonly main: string;
  readonly shade: string;
  readonly tint: string;
  readonly outline: string;
  /** The colour of the pattern's marks. */
  readonly mark: string;
}

const cache = new Map<string, Tones>();

/** The tones of a colour under a finish. */
export function tonesOf(color: ColorName, finish: Finish): Tones {
  const key = `${color} ${finish}`;
  let tones = cache.get(key);
  if (!tones) {
    const base = isMaterial(finish) ? materialColors[finish] : colors[color];
    const light = color === "white" && !isMaterial(finish);
    const dark = color === "black" && !isMaterial(finish);
    tones = {
      main: base,
      shade: mix(base, dark ? "#ffffff" : light ? "#8a93b8" : "#1c1236", dark ? 0.18 : light ? 0.3 : 0.27),
      tint: mix(base, "#ffffff", dark ? 0.28 : light ? 0.9 : 0.5),
      outline: mix(base, "#1a1030", light ? 0.62 : 0.68),
      mark:
        finish === "starry"
          ? color === "yellow" || light
            ? "#3a4fc0"
            : "#fff3a0"
          : light
            ? "#4a4a58"
            : color === "yellow"
              ? "#b5561a"
              : "#fffaf0",
    };
    cache.set(key, tones);
  }
  return tones;
}
