import type { Branch } from "./guidance.ts";
import { type PlanSettings, planStep } from "./planStep.ts";

/** Evaluations of the whole network and of its outer layers that an edit takes, where adaptive guidance ends nothing. */
export function countEvaluations(settings: PlanSettings): { whole: number; shallow: number } {
  const counts = { whole: 0, shallow: 0, reuse: 0 };
  const evaluated = new Map<Branch, number>();
  const whole = new Map<Branch, number>();
  for (let step = 0; step < settings.steps; step++) {
    for (const { branch, how } of planStep(step, settings, { evaluated, whole, textEnded: false, imageEnded: false })) {
      counts[how]++;
      if (how !== "reuse") evaluated.set(branch, step);
      if (how === "whole") whole.set(branch, step);
    }
  }
  return { whole: counts.whole, shallow: counts.shallow };
}
