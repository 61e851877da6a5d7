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
 * The fast profile (docs/profiles.md, docs/benchmarks/profiles.md). UniPC needs fewest steps where noise is predicted; predictions of
 * the picture itself it drives too far under strong guidance, so such checkpoints keep their own sampler.
 */
export const fastProfile = {
  steps: 20,
  sampler: "unipc",
  acceleration: {
    textInterval: [0, 0.8],
    imageInterval: [0, 0.8],
    noneEvery: 3,
    deepCache: { interval: 3, branch: 0 },
    int8: true,
  },
} as const satisfies StepSettings;

/** What of a checkpoint decides how the fast profile goes through its steps. */
export interface CheckpointSteps {
  readonly defaults: { readonly steps: number };
  readonly schedulerConfig: Readonly<Record<string, unknown>>;
}

/**
 * What a profile makes of a request. Steps and sampler that were asked for stand; the fast profile never takes more steps
 * than the checkpoint itself does, and leaves an edit of one step alone.
 */
export function profileSettings(
  profile: AppliedProfile,
  asked: { readonly steps?: number; readonly sampler?: SamplerName },
  { defaults, schedulerConfig }: CheckpointSteps,
): StepSettings {
  const own = asked.sampler === undefined ? {} : { sampler: asked.sampler };
  if (profile === "exact") return { steps: asked.steps ?? defaults.steps, ...own };
  const { sampler, acceleration } = fastProfile;
  const steps = asked.steps ?? Math.min(defaults.steps, fastProfile.steps);
  if (steps === 1) return { steps, ...own };
  const predictsNoise = (schedulerConfig.prediction_type ?? "epsilon") === "epsilon";
  return { steps, acceleration, ...(predictsNoise && { sampler }), ...own };
}
