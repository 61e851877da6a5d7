import type { SamplerName } from "../../gpu-worker/diffusion/withSampler.ts";

/** How the benchmark's pairs are answered. What is absent is the model's default. */
export interface Condition {
  /**
   * The engine with the true task, the one that it predicts, or a wrong one; or without an engine the source as it is
   * ("copy") or the exact answer ("exact"), between which every measure lies.
   */
  readonly answer: "named" | "auto" | "wrong" | "copy" | "exact";
  readonly steps?: number;
  readonly sampler?: SamplerName;
  readonly textGuidance?: number;
  readonly imageGuidance?: number;
}

/** A file name for a condition: "named-euler-4-steps". */
export function nameOf({ answer, steps, sampler, textGuidance, imageGuidance }: Condition): string {
  const parts = [
    sampler?.replaceAll("+", "p"),
    steps === undefined ? undefined : `${steps}-steps`,
    textGuidance === undefined ? undefined : `text-${textGuidance}`,
    imageGuidance === undefined ? undefined : `image-${imageGuidance}`,
  ];
  return [answer, ...parts.filter((part) => part !== undefined)].join("-");
}
