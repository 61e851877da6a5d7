import { z } from "zod";
import { sha256Schema } from "./scalars.ts";

/** Where a running training is. Sent by the worker once a second at most. */
export const learnProgressSchema = z.object({
  v: z.literal(1),
  /** Gradient steps done. */
  step: z.number().int().nonnegative(),
  steps: z.number().int().nonnegative(),
  /** Running mean of the loss. */
  loss: z.number(),
  /** By the steps so far, without the time that edits take in between. */
  remainingMilliseconds: z.number().nonnegative(),
  /** What the task makes of an example by now (PNG), in the preview store. It may be gone when you look. */
  preview: sha256Schema.optional(),
});

export type LearnProgress = z.infer<typeof learnProgressSchema>;
