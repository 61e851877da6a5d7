import type { Acceleration } from "../../gpu-worker/diffusion/Acceleration.ts";
import { fastProfile } from "../../gpu-worker/diffusion/profileSettings.ts";
import type { Condition } from "../tasks/Condition.ts";

/** One row of the quality table. */
export interface Setting {
  readonly name: string;
  /** What it belongs to: the reference, samplers, what is left out, the profile. */
  readonly group: "reference" | "sampler" | "left out" | "profile";
  readonly condition: Omit<Condition, "answer" | "textGuidance" | "imageGuidance">;
}

/** What diffusers' InstructPix2Pix pipeline does unless it is told otherwise. */
export const peerDefaults = { steps: 100, textGuidance: 7.5, imageGuidance: 1.5 } as const;

/** Guidance under which the settings are compared: diffusers' default, and one that suits the bundled model better. */
export const guidances = [
  { textGuidance: peerDefaults.textGuidance, imageGuidance: peerDefaults.imageGuidance },
  { textGuidance: 2.5, imageGuidance: 1.25 },
] as const;

// By the checkpoint's own sampler, as the profile does with the bundled model, which does not predict noise.
const { steps, acceleration } = fastProfile;
const leftOut = (name: string, own: Acceleration): Setting => ({
  ...{ name, group: "left out", condition: { steps, acceleration: own } },
});

/** Everything that is compared with the reference: one thing changed at a time, and at last the profile as a whole. */
export const settings: readonly Setting[] = [
  { name: `${peerDefaults.steps} steps, the checkpoint's sampler`, group: "reference", condition: { steps: 100 } },
  ...[10, steps].flatMap((count) =>
    (["ddim", "dpm++2m", "unipc"] as const).map(
      (each): Setting => ({
        name: `${count} steps, ${each}`,
        group: "sampler",
        condition: { steps: count, sampler: each },
      }),
    ),
  ),
  leftOut("text guidance in the first 80 %", { textInterval: [0, 0.8] }),
  leftOut("both guidances in the first 80 %", { textInterval: [0, 0.8], imageInterval: [0, 0.8] }),
  leftOut("adaptive guidance, 0.99", { similarity: 0.99 }),
  leftOut("u every 3rd step", { noneEvery: 3 }),
  leftOut("DeepCache, every 2nd step", { deepCache: { interval: 2, branch: 0 } }),
  leftOut("DeepCache, every 3rd step", { deepCache: { interval: 3, branch: 0 } }),
  leftOut("DeepCache, every 5th step", { deepCache: { interval: 5, branch: 0 } }),
  leftOut("DeepCache, every 3rd step, two more layers", { deepCache: { interval: 3, branch: 2 } }),
  leftOut("large linear layers in int8", { int8: true }),
  { name: "the fast profile", group: "profile", condition: { steps, acceleration } },
];
