import { z } from "zod";
import { sha256Schema } from "./scalars.ts";

/** Where a running edit is. Sent by the worker a few times per second at most. */
export const editProgressSchema = z.object({
  v: z.literal(1),
  /** Steps done, 0 … steps; 0 says that the picture is being read. */
  step: z.number().int().nonnegative(),
  /** 0 while the worker does not know yet. */
  steps: z.number().int().nonnegative(),
  /** A coarse picture of the estimate so far (PNG) in the preview store. It may be gone when you look. */
  preview: sha256Schema.optional(),
});

export type EditProgress = z.infer<typeof editProgressSchema>;
