import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CheckpointPart } from "../../gpu-worker/checkpoint/CheckpointPart.ts";
import { openTensors } from "../../gpu-worker/checkpoint/openTensors.ts";
import type { Concepts } from "../../gpu-worker/safety/Concepts.ts";
import { isUnsafeEmbedding } from "../../gpu-worker/safety/isUnsafeEmbedding.ts";
import { goldenFolder, readGolden } from "../models/golden.ts";

const dim = 16;

describe("isUnsafeEmbedding", () => {
  it("decides as diffusers does, also hard by the thresholds and under special care", async () => {
    const store = await openTensors(new CheckpointPart(goldenFolder("safety-checker"), "safety_checker"), "model");
    const concepts = {
      unsafe: {
        directions: await store.read("concept_embeds", [17, dim]),
        thresholds: await store.read("concept_embeds_weights", [17]),
      },
      specialCare: {
        directions: await store.read("special_care_embeds", [3, dim]),
        thresholds: await store.read("special_care_embeds_weights", [3]),
      },
    };
    const { rule_embeds: embeds, rule_unsafe: unsafe } = await readGolden("safety-checker");
    const ours = Array.from(unsafe!.data, (_, i) =>
      Number(isUnsafeEmbedding(embeds!.data.subarray(i * dim, (i + 1) * dim), concepts)),
    );
    expect(ours).toEqual([...unsafe!.data]);
    expect(new Set(ours).size).toBe(2);
  });

  it("agrees with the rule read off diffusers' source, line by line", () => {
    const value = fc.double({ min: -1, max: 1, noNaN: true });
    // In one dimension every cosine is ±1; in two, any. Thresholds are drawn around the cosines, to be hit closely.
    const set = fc.array(fc.tuple(value, fc.double({ min: -0.015, max: 0.015, noNaN: true })), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(value, set, set, (angle, unsafe, care) => {
        const embedding = Float32Array.of(Math.cos(3 * angle), Math.sin(3 * angle));
        const make = (rows: readonly (readonly [number, number])[]) => {
          const directions = Float32Array.from(rows.flatMap(([a]) => [2 * Math.cos(3 * a), 2 * Math.sin(3 * a)]));
          const cosines = rows.map((_, i) => cosineOf(embedding, directions.subarray(2 * i, 2 * i + 2)));
          return { directions, thresholds: Float32Array.from(rows, ([, off], i) => cosines[i]! + off) };
        };
        const concepts = { unsafe: make(unsafe), specialCare: make(care) };
        expect(isUnsafeEmbedding(embedding, concepts)).toBe(asInDiffusers(embedding, concepts));
      }),
      { numRuns: 2_000 },
    );
  });
});

const cosineOf = (a: Float32Array, b: Float32Array): number =>
  [...a].reduce((sum, value, i) => sum + value * b[i]!, 0) / (Math.hypot(...a) * Math.hypot(...b));

/** StableDiffusionSafetyChecker.forward, transcribed. */
function asInDiffusers(embedding: Float32Array, { unsafe, specialCare }: Concepts): boolean {
  const f = Math.fround;
  const round3 = (x: number) => {
    const scaled = f(x * 1000);
    const floor = Math.floor(scaled);
    const half = scaled - floor;
    const even = floor % 2 === 0 ? floor : floor + 1;
    return (half === 0.5 ? even : Math.round(scaled)) / 1000;
  };
  const cosines = (set: Concepts["unsafe"]) =>
    Array.from(set.thresholds, (_, i) => f(cosineOf(embedding, set.directions.subarray(2 * i, 2 * i + 2))));
  let adjustment = 0;
  const bad: number[] = [];
  for (const [i, cosine] of cosines(specialCare).entries()) {
    const score = round3(f(f(cosine - specialCare.thresholds[i]!) + f(adjustment)));
    if (score > 0) adjustment = 0.01;
  }
  for (const [i, cosine] of cosines(unsafe).entries()) {
    const score = round3(f(f(cosine - unsafe.thresholds[i]!) + f(adjustment)));
    if (score > 0) bad.push(i);
  }
  return bad.length > 0;
}
