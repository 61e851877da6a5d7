import type { Acceleration, Interval } from "./Acceleration.ts";
import { type Branch, branchWeights } from "./guidance.ts";

/** What a step does with one guidance branch. */
export interface BranchPlan {
  readonly branch: Branch;
  /** In the sum of the branches; those of a step sum to 1. */
  readonly weight: number;
  /** Evaluate the whole network, or its outer layers on the last deep feature, or take the last prediction again. */
  readonly how: "whole" | "shallow" | "reuse";
}

/** What has happened in the steps before. */
export interface PlanHistory {
  /** The last step at which a branch was evaluated, and at which it was wholly. */
  readonly evaluated: ReadonlyMap<Branch, number>;
  readonly whole: ReadonlyMap<Branch, number>;
  /** Guidance that adaptive guidance has ended. */
  readonly textEnded: boolean;
  readonly imageEnded: boolean;
}

export interface PlanSettings {
  readonly steps: number;
  readonly textGuidance: number;
  readonly imageGuidance: number;
  readonly acceleration: Acceleration;
}

/**
 * Which branches a step (0 … steps − 1) evaluates and which it reuses, heaviest conditioning first. Branches without
 * weight are left out.
 */
export function planStep(step: number, settings: PlanSettings, history: PlanHistory): BranchPlan[] {
  const { acceleration, steps } = settings;
  const { textInterval, imageInterval, noneEvery = 1, deepCache } = acceleration;
  const works = (interval: Interval | undefined) =>
    !interval || (step >= interval[0] * steps && step < interval[1] * steps);
  const weights = branchWeights(
    works(textInterval) && !history.textEnded ? settings.textGuidance : 1,
    works(imageInterval) && !history.imageEnded ? settings.imageGuidance : 1,
  );
  const isRecent = (last: number | undefined, every: number) => last !== undefined && step - last < every;
  return [...weights].map(([branch, weight]) => {
    if (branch === "none" && isRecent(history.evaluated.get(branch), noneEvery))
      return { branch, weight, how: "reuse" };
    const isKept = deepCache !== undefined && isRecent(history.whole.get(branch), deepCache.interval);
    return { branch, weight, how: isKept ? "shallow" : "whole" };
  });
}
