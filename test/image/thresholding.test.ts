import { describe, expect, it } from "vitest";
import { changeMap } from "../../gpu-worker/image/changeMap.ts";
import { composeEdit } from "../../gpu-worker/image/composeEdit.ts";
import type { Picture } from "../../gpu-worker/image/Picture.ts";
import { paint } from "./pictures.ts";
import { randomNumbers } from "./randomNumbers.ts";

const noise = (width: number, height: number, next: () => number) =>
  paint(width, height, () => [256 * next(), 256 * next(), 256 * next()]);

/** Changes of all strengths, with much that stays. */
function changed(picture: Picture, next: () => number): Picture {
  const { width, height } = picture;
  const [cx, cy, reach] = [next() * width, next() * height, (0.1 + 0.4 * next()) * Math.max(width, height)];
  return paint(width, height, (x, y) => {
    const strength = Math.max(0, 1 - Math.hypot(x - cx, y - cy) / reach);
    const [r = 0, g = 0, b = 0] = picture.data.subarray(3 * (y * width + x));
    return [r + strength * (255 - 2 * r), g + strength * (255 - 2 * g), b].map(Math.round) as [number, number, number];
  });
}

/** d̄ of the four model pixels around a pixel of the source. */
function around(change: Float32Array, model: Picture, source: Picture, x: number, y: number): number[] {
  const neighbours = (at: number, from: number, to: number) => {
    const position = ((at + 0.5) * from) / to - 0.5;
    return [Math.floor(position), Math.floor(position) + 1].map((i) => Math.min(Math.max(i, 0), from - 1));
  };
  return neighbours(y, model.height, source.height).flatMap((v) =>
    neighbours(x, model.width, source.width).map((u) => change[v * model.width + u]!),
  );
}

describe("sequential edit thresholding", () => {
  it.each([
    [1, 1],
    [1, 40],
    [40, 1],
    [7, 5],
    [16, 12],
    [31, 77],
    [131, 97],
    [260, 200],
    [517, 311],
  ])("keeps the bits of every pixel below the threshold, and changes pixels above it: %i × %i", (width, height) => {
    for (const [seed, alpha] of [0.01, 0.03, 0.1, 0.5].entries()) {
      const next = randomNumbers(1000 * width + height + seed);
      const source = noise(width, height, next);
      const input = noise(16, 12, next);
      const output = changed(input, next);
      const change = changeMap(input, output);
      const { picture, keptShare } = composeEdit(source, input, output, { alpha });
      expect(picture.data.length).toBe(3 * width * height);
      let [below, above, spoiled] = [0, 0, 0];
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          const near = around(change, input, source, x, y);
          const at = 3 * (y * width + x);
          if (near.every((d) => d >= alpha)) above++;
          if (!near.every((d) => d < alpha)) continue;
          below++;
          if ([0, 1, 2].some((c) => picture.data[at + c] !== source.data[at + c])) spoiled++;
        }
      }
      expect(spoiled).toBe(0);
      // What lies between model pixels of both kinds may count as either.
      expect(keptShare).toBeGreaterThanOrEqual(below / (width * height));
      expect(keptShare).toBeLessThanOrEqual((width * height - above) / (width * height));
    }
  });

  it.each([20, 400])("touches everything when everything changed, and nothing when nothing did: %i pixels", (size) => {
    const next = randomNumbers(size);
    const [source, input] = [noise(size, size, next), noise(32, 32, next)];
    const darker = { ...input, data: input.data.map((value) => value / 2) };
    const all = composeEdit(source, input, darker);
    expect(all.keptShare).toBe(0);
    expect(composeEdit(source, input, input).keptShare).toBe(1);
    const flat = paint(size, size, () => [100, 100, 100]);
    const [grey, red] = [paint(32, 32, () => [100, 100, 100]), paint(32, 32, () => [200, 30, 20])];
    expect(Buffer.compare(composeEdit(flat, grey, red).picture.data, paint(size, size, () => [200, 30, 20]).data)).toBe(
      0,
    );
  });

  it("blends the seam inside the touched region", () => {
    const source = paint(640, 640, () => [100, 100, 100]);
    const input = paint(32, 32, () => [100, 100, 100]);
    const output = paint(32, 32, (x) => (x < 16 ? [100, 100, 100] : [220, 220, 220]));
    const { picture } = composeEdit(source, input, output);
    const line = Array.from({ length: 640 }, (_, x) => picture.data[3 * (300 * 640 + x)]!);
    const first = line.findIndex((value) => value !== 100);
    expect(line.slice(0, first).every((value) => value === 100)).toBe(true);
    const steps = line.slice(1).map((value, i) => value - line[i]!);
    expect(Math.max(...steps)).toBeLessThan(20); // of 120: no edge that the model did not draw
    expect(line.at(-1)).toBe(220);
  });

  it("drops more the higher the threshold", () => {
    const next = randomNumbers(3);
    const [source, input] = [noise(200, 150, next), noise(32, 24, next)];
    const output = changed(input, next);
    const shares = [0, 0.01, 0.03, 0.1, 0.5, 1].map((alpha) => composeEdit(source, input, output, { alpha }).keptShare);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect([shares[0], shares.at(-1)]).toEqual([0, 1]);
  });

  it("needs little memory beside a large picture", () => {
    const next = randomNumbers(4);
    const [source, input] = [paint(2400, 1600, (x, y) => [x & 255, y & 255, 7]), noise(72, 48, next)];
    const output = changed(input, next);
    const before = process.memoryUsage();
    composeEdit(source, input, output, { alpha: 0 });
    const { arrayBuffers, heapTotal } = process.memoryUsage();
    const grown = arrayBuffers - before.arrayBuffers + heapTotal - before.heapTotal;
    // With the source itself this stays below six times the picture.
    expect(grown).toBeLessThan(5 * source.data.length);
  });
});
