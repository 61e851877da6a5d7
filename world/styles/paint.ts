import type { Picture } from "../../gpu-worker/image/Picture.ts";
import { boxBlur, cellNoise, clamp, edges, luminance, mapPixels, saturate, unitOf } from "../pixels.ts";
import type { Style } from "./Style.ts";

export const watercolor: Style = {
  name: "watercolor",
  caption: "a watercolor painting of",
  nouns: ["a watercolor", "a watercolor painting", "a watercolour painting"],
  apply(picture) {
    const unit = unitOf(picture);
    const soft = boxBlur(picture, unit);
    const lines = edges(soft);
    return mapPixels(soft, (r, g, b, x, y) => {
      const grain = cellNoise(Math.floor(x / unit), Math.floor(y / unit)) - 0.5;
      const pool = cellNoise(Math.floor(x / unit / 5), Math.floor(y / unit / 5)) - 0.5;
      const wet = 0.62 + 0.14 * pool;
      const dark = 1 - 0.3 * Math.min(1, (lines[y * picture.width + x] as number) / 160);
      const [sr, sg, sb] = saturate(r, g, b, 1.1);
      const on = (paper: number, color: number) => (paper + (color - paper) * wet) * dark + 10 * grain;
      return [on(255, sr), on(252, sg), on(244, sb)];
    });
  },
};

/** Kuwahara filter by integral images: the mean of the calmest of four corner windows. */
function kuwahara(picture: Picture, radius: number): Picture {
  const { width, height, data } = picture;
  const stride = width + 1;
  const sums = Array.from({ length: 4 }, () => new Float64Array(stride * (height + 1)));
  const [sr, sg, sb, squares] = sums as [Float64Array, Float64Array, Float64Array, Float64Array];
  for (let y = 0; y < height; y++) {
    let [r, g, b, q] = [0, 0, 0, 0];
    for (let x = 0; x < width; x++) {
      const i = (y * width + x) * 3;
      const light = luminance(data[i] as number, data[i + 1] as number, data[i + 2] as number);
      r += data[i] as number;
      g += data[i + 1] as number;
      b += data[i + 2] as number;
      q += light * light;
      const at = (y + 1) * stride + x + 1;
      sr[at] = (sr[at - stride] as number) + r;
      sg[at] = (sg[at - stride] as number) + g;
      sb[at] = (sb[at - stride] as number) + b;
      squares[at] = (squares[at - stride] as number) + q;
    }
  }
  const result = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let best = Number.POSITIVE_INFINITY;
      const out = (y * width + x) * 3;
      for (let corner = 0; corner < 4; corner++) {
        const left = Math.max(0, corner & 1 ? x - radius : x);
        const right = Math.min(width, (corner & 1 ? x : x + radius) + 1);
        const top = Math.max(0, corner & 2 ? y - radius : y);
        const bottom = Math.min(height, (corner & 2 ? y : y + radius) + 1);
        const area = (right - left) * (bottom - top);
        const total = (sum: Float64Array) =>
          ((sum[bottom * stride + right] as number) -
            (sum[top * stride + right] as number) -
            (sum[bottom * stride + left] as number) +
            (sum[top * stride + left] as number)) /
          area;
        const [r, g, b] = [total(sr), total(sg), total(sb)];
        const variance = total(squares) - luminance(r, g, b) ** 2;
        if (variance < best - 1e-6) {
          best = variance;
          result[out] = clamp(r);
          result[out + 1] = clamp(g);
          result[out + 2] = clamp(b);
        }
      }
    }
  }
  return { width, height, data: result };
}

export const oil: Style = {
  name: "oil painting",
  caption: "an oil painting of",
  nouns: ["an oil painting", "a thick oil painting", "an oil on canvas painting"],
  apply(picture) {
    const unit = unitOf(picture);
    const painted = kuwahara(picture, Math.max(1, Math.round(unit * 2)));
    return mapPixels(painted, (r, g, b, x, y) => {
      const [sr, sg, sb] = saturate(r, g, b, 1.3);
      const stroke =
        26 * (cellNoise(Math.floor((x + y * 0.5) / (unit * 4)), Math.floor((y - x * 0.3) / (unit * 1.5))) - 0.5);
      const dab = (value: number) => (value - 128) * 1.08 + 118 + stroke;
      return [dab(sr) + 6, dab(sg) + 1, dab(sb) - 10];
    });
  },
};

export const comic: Style = {
  name: "comic book",
  caption: "a comic book drawing of",
  nouns: ["a comic book drawing", "a comic", "a comic book page"],
  apply(picture) {
    const unit = unitOf(picture);
    const lines = edges(picture);
    const pitch = unit * 4;
    return mapPixels(picture, (r, g, b, x, y) => {
      if ((lines[y * picture.width + x] as number) > 105) return [16, 14, 20];
      const [sr, sg, sb] = saturate(r, g, b, 1.5);
      const level = (value: number) => Math.round(Math.min(255, Math.max(0, value)) / 85) * 85;
      const [u, v] = [(x + y) / pitch / Math.SQRT2, (x - y) / pitch / Math.SQRT2];
      const distance = Math.hypot(u - Math.round(u), v - Math.round(v));
      const dark = 1 - luminance(r, g, b) / 255;
      const dot = distance < 0.15 + 0.4 * dark ? 0.72 : 1.08;
      return [level(sr) * dot, level(sg) * dot, level(sb) * dot];
    });
  },
};

const popColors = [
  [32, 20, 92],
  [228, 30, 122],
  [255, 150, 30],
  [255, 226, 60],
  [190, 246, 240],
] as const;

export const popArt: Style = {
  name: "pop art",
  caption: "a pop art print of",
  nouns: ["pop art", "a pop art print", "a pop art poster"],
  apply(picture) {
    return mapPixels(picture, (r, g, b) => {
      const light = luminance(r, g, b);
      return popColors[light < 65 ? 0 : light < 115 ? 1 : light < 160 ? 2 : light < 205 ? 3 : 4];
    });
  },
};
