import { expect, it } from "vitest";
import { jobOf } from "../../src/discord/editing/jobOf.ts";
import { editJobSchema } from "../../src/queue/contract/EditJob.ts";
import { editOutcomeSchema } from "../../src/queue/contract/EditOutcome.ts";
import { anOutcome, aTurn } from "../bot/aTurn.ts";

it("outcomes that were stored before they told the threshold can still be read", () => {
  expect(editOutcomeSchema.parse(anOutcome())).toEqual(anOutcome());
  const told = anOutcome({ alpha: 0.05, keptShare: 0.8, checkpoint: "a".repeat(64) });
  expect(editOutcomeSchema.parse(told)).toEqual(told);
});

it("a turn's profile goes into its job, and how the edit was made into its outcome", () => {
  expect(jobOf(aTurn())).not.toHaveProperty("profile");
  expect(editJobSchema.parse(jobOf(aTurn({ profile: "fast" })))).toHaveProperty("profile", "fast");
  expect(editJobSchema.safeParse({ ...jobOf(aTurn()), profile: "quick" }).success).toBe(false);
  const profile = { name: "fast", resolution: 256, reason: "exact would take about 3 minutes" } as const;
  const told = anOutcome({ profile, shallowEvaluations: 23 });
  expect(editOutcomeSchema.parse(told)).toEqual(told);
});

it("a turn's threshold goes into its job, and only thresholds from 0 to 1 do", () => {
  expect(jobOf(aTurn())).not.toHaveProperty("alpha");
  expect(editJobSchema.parse(jobOf(aTurn({ alpha: 0 })))).toHaveProperty("alpha", 0);
  for (const alpha of [-0.1, 1.1, Number.NaN]) {
    expect(editJobSchema.safeParse({ ...jobOf(aTurn()), alpha }).success).toBe(false);
  }
});
