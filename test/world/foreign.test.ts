import { describe, expect, it } from "vitest";
import { edgeFilter } from "../../world/foreign/edgeFilter.ts";
import { samplePicture } from "../../world/foreign/samplePicture.ts";
import { Random, samplePair } from "../../world/index.ts";
import { lensBlur } from "../../world/pixels.ts";

const flat = (size: number, value: number) => ({
  width: size,
  height: size,
  data: new Uint8Array(size * size * 3).fill(value),
});

describe("pictures that are not of the world", () => {
  it("are the same for the same seed, at any size and shape, and have something on them", () => {
    const captions = new Set<string>();
    for (let seed = 0; seed < 150; seed++) {
      const picture = samplePicture(new Random(seed));
      captions.add(picture.caption);
      const drawn = picture.draw(48, 32);
      expect(drawn.data).toHaveLength(48 * 32 * 3);
      expect(Buffer.compare(samplePicture(new Random(seed)).draw(48, 32).data, drawn.data)).toBe(0);
      expect(new Set(drawn.data).size, picture.caption).toBeGreaterThan(4);
    }
    expect(captions.size).toBe(11);
  });

  it("look alike at two sizes", () => {
    for (let seed = 0; seed < 20; seed++) {
      const picture = samplePicture(new Random(seed));
      const mean = ({ data }: { data: Uint8Array }) => data.reduce((sum, each) => sum + each, 0) / data.length;
      expect(Math.abs(mean(picture.draw(32, 32)) - mean(picture.draw(96, 96)))).toBeLessThan(8);
    }
  });

  it("are a sixth of what color, style and sketch train on, and none of the benchmark", () => {
    for (const task of ["color", "style", "sketch"] as const) {
      const foreign = (split: "train" | "benchmark") =>
        Array.from({ length: 200 }, (_, seed) => samplePair(seed, { split, size: 64, task })).filter(
          ({ compositions }) => compositions.length === 0,
        ).length / 200;
      expect(foreign("train"), task).toBeGreaterThan(0.08);
      expect(foreign("train"), task).toBeLessThan(0.22);
      expect(foreign("benchmark")).toBe(0);
    }
  });
});

describe("an instruction about what is not there", () => {
  it("leaves the picture as it is, in two of a hundred training pairs and never in the benchmark", () => {
    for (const task of ["local", "texture", "remove", "detect", "segment"] as const) {
      const pairs = Array.from({ length: 300 }, (_, seed) => samplePair(seed, { split: "train", size: 64, task }));
      const absent = pairs.filter(({ unchanged }) => unchanged);
      expect(absent.length, task).toBeGreaterThan(0);
      expect(absent.length, task).toBeLessThan(18);
      for (const { source, target, compositions, sourceCaption } of absent) {
        expect(Buffer.compare(source.data, target.data)).toBe(0);
        const [key] = compositions.filter((each) => each.startsWith(`${task}:`));
        expect(sourceCaption).not.toMatch(new RegExp(`\\b${key?.split(":")[1]}`));
      }
    }
  });
});

describe("the edge filter", () => {
  it("draws one line along an edge, on its dark side, and none on flat ground", () => {
    expect(Math.min(...edgeFilter(flat(64, 90)).data)).toBe(255);
    const picture = flat(64, 220);
    for (let y = 0; y < 64; y++) picture.data.fill(40, (y * 64 + 32) * 3, (y + 1) * 64 * 3);
    const row = [...edgeFilter(picture).data.subarray(32 * 64 * 3, 33 * 64 * 3)].filter((_, i) => i % 3 === 0);
    const dark = row.flatMap((value, x) => (value < 128 ? [x] : []));
    expect(dark).toContain(32);
    expect(dark.every((x) => x >= 32 && x <= 35)).toBe(true);
  });
});

describe("the blur of a lens", () => {
  it("keeps flat colours and makes a disc of a bright point", () => {
    expect(new Set(lensBlur(flat(16, 77), 3.2).data)).toEqual(new Set([77]));
    const picture = flat(17, 0);
    picture.data.fill(255, (8 * 17 + 8) * 3, (8 * 17 + 9) * 3);
    const { data } = lensBlur(picture, 3.2);
    const lit = (x: number, y: number) => (data[(y * 17 + x) * 3] as number) > 0;
    for (let y = 0; y < 17; y++)
      for (let x = 0; x < 17; x++) expect(lit(x, y)).toBe((x - 8) ** 2 + (y - 8) ** 2 <= 3.2 ** 2);
  });
});
