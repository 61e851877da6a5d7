import { boxBlur, cellNoise, edges, luminance, mapPixels, saturate, unitOf } from "../pixels.ts";
import type { Style } from "./Style.ts";

export const pencilSketch: Style = {
  name: "pencil sketch",
  caption: "a pencil sketch of",
  nouns: ["a pencil sketch", "a pencil drawing", "a graphite drawing"],
  apply(picture) {
    const unit = unitOf(picture);
    const lines = edges(picture);
    return mapPixels(picture, (r, g, b, x, y) => {
      const dark = 1 - luminance(r, g, b) / 255;
      const hatch = Math.floor((x + y) / unit) % 4 < 2 ? dark * 95 : dark * 40;
      const tone = 250 - hatch - Math.min(190, (lines[y * picture.width + x] as number) * 1.1);
      return [Math.max(38, tone), Math.max(38, tone), Math.max(42, tone - 4)];
    });
  },
};

export const blueprint: Style = {
  name: "blueprint",
  caption: "a blueprint of",
  nouns: ["a blueprint", "a blueprint drawing", "a technical blueprint"],
  apply(picture) {
    const unit = unitOf(picture);
    const lines = edges(picture);
    const width = Math.max(1, Math.round(unit * 0.6));
    return mapPixels(picture, (_r, _g, _b, x, y) => {
      const grid = x % Math.round(unit * 8) < width || y % Math.round(unit * 8) < width ? 22 : 0;
      const white = Math.min(1, (lines[y * picture.width + x] as number) / 150);
      return [24 + grid + (215 - grid) * white, 74 + grid + (165 - grid) * white, 160 + grid + (90 - grid) * white];
    });
  },
};

export const neon: Style = {
  name: "neon",
  caption: "a neon sign of",
  nouns: ["a neon sign", "glowing neon lights", "a neon light drawing"],
  apply(picture) {
    const lines = edges(picture);
    const lit = mapPixels(picture, (r, g, b, x, y) => {
      const share = Math.min(1, (lines[y * picture.width + x] as number) / 130);
      const [sr, sg, sb] = saturate(r, g, b, 2.6);
      const top = Math.max(60, sr, sg, sb) / 255;
      return [(sr / top) * share + 30 * share, (sg / top) * share + 10 * share, (sb / top) * share + 50 * share];
    });
    const glow = boxBlur(boxBlur(lit, unitOf(picture) * 1.5), unitOf(picture) * 1.5);
    return mapPixels(lit, (r, g, b, x, y) => {
      const i = (y * picture.width + x) * 3;
      const add = (c: number) => (glow.data[i + c] as number) * 0.9;
      return [10 + r + add(0), 4 + g + add(1), 28 + b + add(2)];
    });
  },
};

export const chalk: Style = {
  name: "chalk drawing",
  caption: "a chalk drawing of",
  nouns: ["a chalk drawing", "a chalkboard drawing", "a drawing in chalk on a blackboard"],
  apply(picture) {
    const unit = unitOf(picture);
    const lines = edges(picture);
    return mapPixels(picture, (r, g, b, x, y) => {
      const grain = cellNoise(Math.floor((x * 1.3) / unit), Math.floor((y * 1.3) / unit));
      const share = Math.min(1, (lines[y * picture.width + x] as number) / 140) * (0.65 + 0.35 * grain);
      const fill = 0.2 * grain;
      const [sr, sg, sb] = saturate(r, g, b, 1.2);
      const mixed = (board: number, color: number) =>
        board + (color - board) * fill + (150 + color * 0.41 - board) * share;
      return [mixed(36, sr), mixed(54, sg), mixed(48, sb)];
    });
  },
};

export const woodcut: Style = {
  name: "woodcut",
  caption: "a black and white woodcut of",
  nouns: ["a woodcut", "a black and white woodcut", "a linocut print"],
  apply(picture) {
    const unit = unitOf(picture);
    const lines = edges(picture);
    return mapPixels(picture, (r, g, b, x, y) => {
      const light = luminance(r, g, b) / 255;
      const wave = (y / unit + 0.8 * Math.sin(x / unit / 5)) % 3;
      const threshold = wave < 1 ? 0.78 : wave < 2 ? 0.5 : 0.3;
      const white = light > threshold && (lines[y * picture.width + x] as number) < 90;
      return white ? [246, 240, 224] : [26, 22, 28];
    });
  },
};
