import { z } from "zod";
import { pictureRefSchema, seedSchema, taskSchema, timeSchema, turnIdSchema } from "./scalars.ts";

/** The longest instruction, in UTF-16 units (Discord counts the same way). */
export const MAX_INSTRUCTION = 1000;
export const MAX_STEPS = 100;

/**
 * One edit for a worker. Ids and hashes only: job data lies in Redis in clear text, so pictures, tokens and people's
 * names never go in.
 */
export const editJobSchema = z.object({
  v: z.literal(1),
  turnId: turnIdSchema,
  instruction: z.string().min(1).max(MAX_INSTRUCTION),
  task: taskSchema,
  /** Chosen by the producer, also when nobody asked for one: a second attempt then makes the same bytes. */
  seed: seedSchema,
  /** Left out: the checkpoint's default. */
  steps: z.number().int().min(1).max(MAX_STEPS).optional(),
  textGuidance: z.number().min(0).max(30).optional(),
  imageGuidance: z.number().min(0).max(30).optional(),
  source: pictureRefSchema,
  requestedAt: timeSchema,
  /** After this moment nobody could be shown the result any more. */
  deadline: timeSchema,
});

export type EditJob = z.infer<typeof editJobSchema>;
