import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { inverseNormal, portableLog } from "../../gpu-worker/diffusion/inverseNormal.ts";
import { seededNoise } from "../../gpu-worker/diffusion/noise.ts";
import { philox } from "../../gpu-worker/diffusion/philox.ts";

const sha256 = (values: Float32Array) => createHash("sha256").update(new Uint8Array(values.buffer)).digest("hex");

describe("noise", () => {
  it("gives the same bits on every machine: 10,000 values of seed 42, made also by training/goldens/noise.py", () => {
    expect(sha256(seededNoise(42)(0, 10_000))).toBe("34b4f0e7597e166696b004e5aaf411b9e6df713ef53269287bdd3aff1baec9d0");
  });

  it("makes value i from seed, stream and i alone", () => {
    const noise = seededNoise(7);
    expect(noise(3, 9)).toEqual(noise(3, 100).slice(0, 9));
    expect(noise(3, 9)).not.toEqual(noise(4, 9));
    expect(noise(3, 9)).not.toEqual(seededNoise(8)(3, 9));
    expect(seededNoise(2 ** 32 - 1)(0, 1)[0]).toBeTypeOf("number");
  });

  it("is standard normal", () => {
    const values = seededNoise(1)(0, 200_000);
    const moment = (k: number) => values.reduce((sum, value) => sum + value ** k, 0) / values.length;
    // Standard errors at 200,000 values: .0022, .0032, .0087, .022; the bounds are four of them.
    expect(Math.abs(moment(1))).toBeLessThan(0.009);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.013);
    expect(Math.abs(moment(3))).toBeLessThan(0.035);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.09);
  });
});

describe("philox", () => {
  it("meets the known answers of Random123 (kat_vectors, philox4x32 10)", () => {
    expect(philox([0, 0, 0, 0], [0, 0])).toEqual([0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
    const ones = 0xffffffff;
    expect(philox([ones, ones, ones, ones], [ones, ones])).toEqual([0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]);
    expect(philox([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0])).toEqual([
      0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1,
    ]);
  });
});

describe("inverseNormal", () => {
  it("meets published quantiles", () => {
    expect(inverseNormal(0.5)).toBe(0);
    expect(inverseNormal(0.975)).toBeCloseTo(1.959963984540054, 14);
    expect(inverseNormal(0.001)).toBeCloseTo(-3.090232306167813, 14);
    expect(inverseNormal(1e-20)).toBeCloseTo(-9.26234008979841, 12);
  });

  it("takes logarithms as Math.log does, to the last bits", () => {
    let worst = 0;
    for (let x = 1e-300; x < 1e10; x *= 1.0137) worst = Math.max(worst, Math.abs(portableLog(x) / Math.log(x) - 1));
    expect(worst).toBeLessThan(1e-15);
  });
});
