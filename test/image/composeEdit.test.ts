import { describe, expect, it } from "vitest";
import { affineMaps, mapSize } from "../../gpu-worker/image/affineMaps.ts";
import { composeEdit } from "../../gpu-worker/image/composeEdit.ts";
import type { Picture } from "../../gpu-worker/image/Picture.ts";
import { resizePicture } from "../../gpu-worker/image/resizePicture.ts";
import { paint } from "./pictures.ts";

/** A scene with fine detail; `house` gives the house's colour. */
const scene = (size: number, house: readonly [number, number, number] | undefined): Picture =>
  paint(size, size, (x, y) => {
    const [u, v] = [x / size, y / size];
    const grain = (Math.imul(x * 73_856_093 + y * 19_349_663, 2_654_435_761) >>> 28) - 8;
    const inside = u > 0.5 && u < 0.8 && v > 0.4 && v < 0.8;
    const [r, g, b] = inside && house ? house : v > 0.7 ? [90, 160, 70] : [120, 180, 230];
    const line = inside && house && Math.floor(y / (size / 64)) % 4 === 0 ? 0.6 : 1;
    return [r * line + grain, g * line + grain, b * line + grain].map((value) =>
      Math.round(Math.min(Math.max(value, 0), 255)),
    ) as [number, number, number];
  });

const error = (a: Picture, b: Picture) =>
  a.data.reduce((sum, value, i) => sum + Math.abs(value - b.data[i]!), 0) / a.data.length / 255;

const small = { width: 64, height: 64 };
const red = [200, 50, 40] as const;
const blue = [40, 60, 190] as const;

describe("composeEdit", () => {
  const source = scene(256, red);

  it("keeps the source's own bits wherever the model changed nothing", async () => {
    const input = await resizePicture(source, small);
    const output = await resizePicture(scene(256, blue), small);
    const { picture, keptShare } = composeEdit(source, input, output);
    const same = (x: number, y: number) =>
      [0, 1, 2].every((c) => picture.data[(y * 256 + x) * 3 + c] === source.data[(y * 256 + x) * 3 + c]);
    let changed = 0;
    for (let y = 0; y < 256; y++) for (let x = 0; x < 100; x++) if (!same(x, y)) changed++;
    expect(changed).toBe(0);
    expect(same(160, 150)).toBe(false);
    expect(keptShare).toBeGreaterThan(0.7);
    expect(keptShare).toBeLessThan(0.88);
  });

  it("returns the source, bit by bit, when the model returns its input, and leaves the source alone", async () => {
    const before = source.data.slice();
    const input = await resizePicture(source, small);
    const { picture, keptShare } = composeEdit(source, input, { ...input, data: input.data.slice() });
    expect(Buffer.compare(picture.data, source.data)).toBe(0);
    expect(picture.data === source.data).toBe(false); // `not.toBe` would compare them deeply too
    expect(keptShare).toBe(1);
    expect(Buffer.compare(source.data, before)).toBe(0);
  });

  it("carries detail that the model never saw through a change of colour", async () => {
    const target = scene(256, blue);
    const [input, output] = [await resizePicture(source, small), await resizePicture(target, small)];
    const { picture } = composeEdit(source, input, output);
    expect(error(picture, target)).toBeLessThan(0.25 * error(await resizePicture(output, target), target));
  });

  it("leaves no ghost of what was taken out", async () => {
    const target = scene(256, undefined);
    const [input, output] = [await resizePicture(source, small), await resizePicture(target, small)];
    const { picture } = composeEdit(source, input, output);
    expect(error(picture, target)).toBeLessThan(1.1 * error(await resizePicture(output, target), target));
  });

  it("is the model's picture when the source has the model's size and alpha is 0", () => {
    const input = scene(64, red);
    const output = scene(64, blue);
    expect(composeEdit(input, input, output, { alpha: 0 }).picture).toEqual(output);
  });

  it("is the source, bit by bit, when alpha is 1", async () => {
    const [input, output] = [await resizePicture(source, small), await resizePicture(scene(256, blue), small)];
    const { picture, keptShare } = composeEdit(source, input, output, { alpha: 1 });
    expect(Buffer.compare(picture.data, source.data)).toBe(0);
    expect(keptShare).toBe(1);
  });

  it("has the source's size, also for sizes that do not divide", () => {
    const odd = paint(77, 31, (x) => [x, x, x]);
    const { picture } = composeEdit(
      odd,
      paint(64, 32, () => [0, 0, 0]),
      paint(64, 32, () => [255, 255, 255]),
    );
    expect([picture.width, picture.height, picture.data.length]).toEqual([77, 31, 77 * 31 * 3]);
    expect(picture.data.every((value) => value > 250)).toBe(true);
  });
});

describe("affineMaps", () => {
  const before = scene(32, red);
  const after = paint(32, 32, (x, y) => {
    const [r = 0, g = 0, b = 0] = before.data.subarray((y * 32 + x) * 3);
    return [Math.round(0.5 * g), Math.round(0.5 * r), Math.round(20 + 0.7 * b)];
  });
  const maps = affineMaps(before, after);
  const apply = (at: number, from: number, o: number) =>
    [0, 1, 2].reduce(
      (sum, c) => sum + maps[at * mapSize + 3 * o + c]! * before.data[3 * from + c]!,
      maps[at * mapSize + 9 + o]!,
    );

  it("reproduce the model's picture exactly at their own pixel", () => {
    let worst = 0;
    for (let i = 0; i < 3 * 32 * 32; i++) {
      const pixel = Math.floor(i / 3);
      worst = Math.max(worst, Math.abs(apply(pixel, pixel, i % 3) - after.data[i]!));
    }
    expect(worst).toBeLessThan(0.01);
  });

  it("foretell the neighbours too where structure was kept", () => {
    let total = 0;
    for (let y = 13; y < 25; y++) {
      for (let x = 17; x < 24; x++) {
        const at = y * 32 + x;
        for (let o = 0; o < 3; o++) total += Math.abs(apply(at, at + 33, o) - after.data[3 * (at + 33) + o]!);
      }
    }
    expect(total / (12 * 7 * 3)).toBeLessThan(1.5); // of 255; neighbours differ by 20 in the mean
  });
});
