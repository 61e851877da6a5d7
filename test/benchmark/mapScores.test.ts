import { describe, expect, it } from "vitest";
import { depthRmse } from "../../benchmark/depthRmse.ts";
import { meanIoU } from "../../benchmark/meanIoU.ts";
import { normalAngle } from "../../benchmark/normalAngle.ts";
import type { Picture } from "../../gpu-worker/image/Picture.ts";

type Color = readonly [number, number, number];

/** A picture of one row. */
const row = (...colors: readonly Color[]): Picture => ({
  width: colors.length,
  height: 1,
  data: Uint8Array.from(colors.flat()),
});
const gray = (value: number): Color => [value, value, value];

describe("the depth error", () => {
  it("is 0 for the same map and 1 between black and white", () => {
    expect(depthRmse(row(gray(7), gray(200)), row(gray(7), gray(200)))).toBe(0);
    expect(depthRmse(row(gray(0), gray(255)), row(gray(255), gray(0)))).toBe(1);
  });

  it("is the root of the mean square, of the channels' mean", () => {
    expect(depthRmse(row(gray(0), gray(0)), row(gray(51), gray(0)))).toBeCloseTo(Math.sqrt(0.04 / 2), 10);
    expect(depthRmse(row([0, 51, 102]), row(gray(51)))).toBe(0);
  });
});

describe("the mean intersection over union", () => {
  const [red, green, blue]: [Color, Color, Color] = [
    [255, 0, 0],
    [0, 255, 0],
    [0, 0, 255],
  ];
  const palette = [red, green, blue];

  it("takes every pixel for the class of the nearest colour", () => {
    expect(meanIoU(row([250, 20, 9], [90, 140, 60]), row(red, green), palette)).toBe(1);
  });

  it("is the mean over the expected classes, and a wrong class widens the union", () => {
    // Red: 1 of 3, green: 1 of 2; blue is expected nowhere.
    expect(meanIoU(row(red, blue, green, red), row(red, red, green, green), palette)).toBeCloseTo((1 / 3 + 1 / 2) / 2);
    expect(meanIoU(row(blue, blue), row(red, green), palette)).toBe(0);
  });
});

describe("the normals' angle", () => {
  const [right, up, front]: [Color, Color, Color] = [
    [255, 128, 128],
    [128, 255, 128],
    [128, 128, 255],
  ];

  it("is 0 for the same normals, whatever their length", () => {
    expect(normalAngle(row(right, up), row(right, up))).toBeLessThan(1e-5);
    expect(normalAngle(row([170, 170, 170]), row([220, 220, 220]))).toBeLessThan(1e-5);
  });

  it("is the mean angle in degrees", () => {
    // 128 stands for 1/255, not for 0: a quarter of a degree of tolerance on each axis.
    expect(normalAngle(row(right, front), row(up, front))).toBeCloseTo(45, 0);
    expect(normalAngle(row([255, 128, 128]), row([0, 127, 127]))).toBeCloseTo(180, 1);
  });
});

it("no map score compares pictures of different sizes", () => {
  const [one, two] = [row(gray(0)), row(gray(0), gray(0))];
  for (const score of [() => depthRmse(one, two), () => meanIoU(one, two, [gray(0)]), () => normalAngle(one, two)]) {
    expect(score).toThrow(RangeError);
  }
});
