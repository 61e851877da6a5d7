import type { Acceleration } from "../../gpu-worker/diffusion/Acceleration.ts";
import type { AppliedProfile } from "../../gpu-worker/diffusion/profileSettings.ts";
import type { SamplerName } from "../../gpu-worker/diffusion/withSampler.ts";

/** How the benchmark's pairs are answered. What is absent is the model's default. */
export interface Condition {
  /**
   * The engine with the true task, the one that it predicts, or a wrong one; or without an engine the source as it is
   * ("copy") or the exact answer ("exact"), between which every measure lies.
   */
  readonly answer: "named" | "auto" | "wrong" | "copy" | "exact";
  readonly profile?: AppliedProfile;
  readonly steps?: number;
  readonly sampler?: SamplerName;
  readonly textGuidance?: number;
  readonly imageGuidance?: number;
  /** What is left out; absent: what the profile leaves out. */
  readonly acceleration?: Acceleration;
}

/** A file name for a condition: "named-euler-4-steps". */
export function nameOf(condition: Condition): string {
  const { answer, profile, steps, sampler, textGuidance, imageGuidance, acceleration } = condition;
  const parts = [
    profile,
    sampler?.replaceAll("+", "p"),
    steps === undefined ? undefined : `${steps}-steps`,
    textGuidance === undefined ? undefined : `text-${textGuidance}`,
    imageGuidance === undefined ? undefined : `image-${imageGuidance}`,
    acceleration && nameOfAcceleration(acceleration),
  ];
  return [answer, ...parts.filter((part) => part !== undefined)].join("-");
}

/** "none-every-3-deep-3-0" */
function nameOfAcceleration(acceleration: Acceleration): string {
  const { textInterval, imageInterval, similarity, noneEvery, deepCache, int8 } = acceleration;
  const parts = [
    textInterval && `text-in-${textInterval.join("-")}`,
    imageInterval && `image-in-${imageInterval.join("-")}`,
    similarity === undefined ? undefined : `alike-${similarity}`,
    noneEvery === undefined ? undefined : `none-every-${noneEvery}`,
    deepCache && `deep-${deepCache.interval}-${deepCache.branch}`,
    int8 ? "int8" : undefined,
  ];
  return parts.filter((part) => part !== undefined).join("-") || "all";
}
