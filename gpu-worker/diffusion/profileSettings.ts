import type { Acceleration } from "./Acceleration.ts";
import type { SamplerName } from "./withSampler.ts";

/** The profiles that an edit is made by; "auto" picks one of them. */
export type AppliedProfile = "exact" | "fast";

/** How an edit goes through its steps. */
export interface StepSettings {
  readonly steps: number;
  /** Absent: the checkpoint's own. */
  readonly sampler?: SamplerName;
  readonly acceleration?: Acceleration;
}

/**
 * The fast profile, as chosen by `emend bench profiles` (docs/profiles.md): UniPC needs few steps, the branch with the least weight
 * few evaluations, and two of three evaluations only the outer layers.
 */
export const fastProfile = {
  steps: 12,
  sampler: "unipc",
  acceleration: { noneEvery: 3, deepCache: { interval: 3, branch: 0 } },
} as const satisfies StepSettings;

/**
 * What a profile makes of a request. Steps and sampler that were asked for stand; the fast profile never takes more steps
 * than the checkpoint itself does, and leaves an edit of one step alone.
 */
export function profileSettings(
  profile: AppliedProfile,
  asked: { readonly steps?: number; readonly sampler?: SamplerName },
  defaults: { readonly steps: number },
): StepSettings {
  const own = asked.sampler === undefined ? {} : { sampler: asked.sampler };
  if (profile === "exact") return { steps: asked.steps ?? defaults.steps, ...own };
  const steps = asked.steps ?? Math.min(defaults.steps, fastProfile.steps);
  return steps === 1 ? { steps, ...own } : { ...fastProfile, steps, ...own };
}
