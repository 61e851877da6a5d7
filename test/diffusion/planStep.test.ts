import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countEvaluations } from "../../gpu-worker/diffusion/countEvaluations.ts";
import { GuidedNetwork } from "../../gpu-worker/diffusion/GuidedNetwork.ts";
import type { Branch } from "../../gpu-worker/diffusion/guidance.ts";
import { type PlanSettings, planStep } from "../../gpu-worker/diffusion/planStep.ts";

const interval = fc
  .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
const acceleration = fc.record(
  {
    textInterval: interval,
    imageInterval: interval,
    similarity: fc.constantFrom(-1, 0, 0.9, 1),
    noneEvery: fc.integer({ min: 1, max: 5 }),
    deepCache: fc.record({ interval: fc.integer({ min: 1, max: 5 }), branch: fc.integer({ min: 0, max: 11 }) }),
  },
  { requiredKeys: [] },
);
const settings: fc.Arbitrary<PlanSettings> = fc.record({
  steps: fc.integer({ min: 1, max: 20 }),
  textGuidance: fc.constantFrom(0.5, 1, 1.5, 7.5),
  imageGuidance: fc.constantFrom(0, 1, 1.5, 7.5),
  acceleration,
});

/** Runs an edit's steps on a network that answers with two numbers, different at every evaluation. */
async function run(settings: PlanSettings) {
  const asked: { step: number; branch: Branch; deep?: { branch: number; use?: number } }[] = [];
  let step = 0;
  const network = new GuidedNetwork(settings, async (_latent, _timestep, { branch, deep }) => {
    const use = deep?.use?.data[0];
    asked.push({ step, branch, ...(deep && { deep: { branch: deep.branch, ...(use !== undefined && { use }) } }) });
    const data = Float32Array.of(Math.sin(asked.length), Math.cos(asked.length));
    const feature = { dims: [1], data: Float32Array.of(asked.length) };
    return { prediction: { dims: [2], data }, ...(deep && !deep.use && { deep: feature }) };
  });
  const results: Float32Array[] = [];
  for (; step < settings.steps; step++) results.push(await network.predict(new Float32Array(2), 0));
  return { asked, results, evaluations: network.evaluations };
}

describe("the plan of an edit's steps", () => {
  it("evaluates picture and text at every step, and makes a finite sum of what is there", () =>
    fc.assert(
      fc.asyncProperty(settings, async (each) => {
        const { asked, results } = await run(each);
        const steps = asked.filter(({ branch }) => branch === "both").map(({ step }) => step);
        expect(steps).toEqual(Array.from({ length: each.steps }, (_, i) => i));
        expect(results.every((result) => result.every(Number.isFinite))).toBe(true);
      }),
    ));

  it("never reuses what was not made: a prediction, or a deep feature of another branch or an older one than allowed", () =>
    fc.assert(
      fc.asyncProperty(settings, async (each) => {
        const { asked } = await run(each);
        const whole = new Map<Branch, { step: number; feature: number }>();
        for (const [i, { step, branch, deep }] of asked.entries()) {
          if (deep?.use === undefined) whole.set(branch, { step, feature: i + 1 });
          else {
            expect(deep.use).toBe(whole.get(branch)!.feature);
            expect(step - whole.get(branch)!.step).toBeLessThan(each.acceleration.deepCache!.interval);
          }
        }
        const { textEnded, imageEnded } = { textEnded: false, imageEnded: false };
        const first = planStep(0, each, { evaluated: new Map(), whole: new Map(), textEnded, imageEnded });
        expect(first.every(({ how }) => how === "whole")).toBe(true);
      }),
    ));

  it("weighs the branches of a step so that they sum to one", () =>
    fc.assert(
      fc.property(settings, fc.nat(19), fc.boolean(), fc.boolean(), (each, step, textEnded, imageEnded) => {
        const plan = planStep(step, each, { evaluated: new Map(), whole: new Map(), textEnded, imageEnded });
        expect(plan.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
      }),
    ));

  it("is counted beforehand as it comes, where nothing depends on what the network says", () =>
    fc.assert(
      fc.asyncProperty(settings, async ({ acceleration: { similarity: _, ...rest }, ...each }) => {
        const planned = { ...each, acceleration: rest };
        expect(countEvaluations(planned)).toEqual((await run(planned)).evaluations);
      }),
    ));

  it("leaves nothing out where nothing was asked for", async () => {
    const { asked, evaluations } = await run({ steps: 5, textGuidance: 7.5, imageGuidance: 1.5, acceleration: {} });
    expect(evaluations).toEqual({ whole: 15, shallow: 0 });
    expect(asked.slice(0, 3).map(({ branch }) => branch)).toEqual(["both", "image", "none"]);
    expect(asked.every(({ deep }) => deep === undefined)).toBe(true);
  });

  const plain = { steps: 8, textGuidance: 7.5, imageGuidance: 1.5 };
  const stepsOf = (asked: { step: number; branch: Branch }[], wanted: Branch) =>
    asked.filter(({ branch }) => branch === wanted).map(({ step }) => step);

  it("guides by text and picture each in its interval only", async () => {
    const { asked } = await run({ ...plain, acceleration: { textInterval: [0.25, 0.75], imageInterval: [0, 0.5] } });
    expect(stepsOf(asked, "none")).toEqual([0, 1, 2, 3]); // s_I ≠ 1
    expect(stepsOf(asked, "image")).toEqual([0, 1, 2, 3, 4, 5]); // s_I ≠ s_T
  });

  it("evaluates the branch without picture and text at every so many steps", async () => {
    const { asked, evaluations } = await run({ ...plain, acceleration: { noneEvery: 3 } });
    expect(stepsOf(asked, "none")).toEqual([0, 3, 6]);
    expect(evaluations).toEqual({ whole: 19, shallow: 0 });
  });

  it("evaluates the whole network at every so many steps, and its outer layers between", async () => {
    const acceleration = { noneEvery: 3, deepCache: { interval: 4, branch: 0 } };
    const { asked, evaluations } = await run({ ...plain, acceleration });
    expect(
      stepsOf(
        asked.filter(({ deep }) => deep?.use === undefined),
        "both",
      ),
    ).toEqual([0, 4]);
    // At its second evaluation the feature is three steps old, at its third six.
    expect(
      stepsOf(
        asked.filter(({ deep }) => deep?.use === undefined),
        "none",
      ),
    ).toEqual([0, 6]);
    expect(evaluations).toEqual({ whole: 6, shallow: 13 });
  });
});

describe("adaptive guidance", () => {
  /** Predictions of the branches at a step. */
  async function branchesAsked(
    predictions: (step: number) => Record<Branch, readonly number[]>,
    guidance = { textGuidance: 7.5, imageGuidance: 1.5 },
  ): Promise<string[]> {
    const steps: string[] = [];
    let step = 0;
    const settings = { steps: 5, ...guidance, acceleration: { similarity: 0.99 } };
    const network = new GuidedNetwork(settings, async (_latent, _timestep, { branch }) => {
      steps[step] = `${steps[step] ?? ""}${branch[0]}`;
      return { prediction: { dims: [2], data: Float32Array.from(predictions(step)[branch]) } };
    });
    for (; step < 5; step++) await network.predict(new Float32Array(2), 0);
    return steps;
  }
  const [east, north] = [
    [1, 0],
    [0, 1],
  ];

  it("ends the guidance of the picture first, then that of the text, once the branches say the same", async () => {
    const alike = await branchesAsked((step) => ({ both: step < 3 ? north! : east!, image: east!, none: east! }));
    expect(alike).toEqual(["bin", "bi", "bi", "bi", "b"]);
  });

  it("goes on where they differ", async () => {
    const apart = await branchesAsked(() => ({ both: east!, image: [1, 1], none: north! }));
    expect(apart).toEqual(["bin", "bin", "bin", "bin", "bin"]);
  });

  it("ends both at once where there is but one guidance, and never needs a third branch for it", async () => {
    const guidance = { textGuidance: 3, imageGuidance: 3 };
    const joint = await branchesAsked(
      (step) => ({ both: step < 2 ? north! : east!, image: east!, none: east! }),
      guidance,
    );
    expect(joint).toEqual(["bn", "bn", "bn", "b", "b"]);
  });
});
