import { z } from "zod";
import { profileNames } from "../profiles.ts";
import {
  alphaSchema,
  pictureRefSchema,
  seedSchema,
  sha256Schema,
  taskSchema,
  timeSchema,
  turnIdSchema,
} from "./scalars.ts";

/** The longest instruction, in UTF-16 units (Discord counts the same way). */
export const MAX_INSTRUCTION = 1000;
export const MAX_STEPS = 100;

/** Discord shows at most 25 of anything in one menu, so a server has no more tasks than that. */
export const MAX_LEARNED = 25;

/** A learned task that an edit may use: its file lies among the task's own (`TaskFiles`). */
export const learnedRefSchema = z.object({
  /** The task's id. */
  id: turnIdSchema,
  /** What the server calls it. */
  name: taskSchema,
  /** What its file calls it: another name after the task was renamed, because the file never changes. */
  fileName: taskSchema,
  sha256: sha256Schema,
});

export type LearnedRef = z.infer<typeof learnedRefSchema>;

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
  /** Left out: the worker's own (EMEND_PROFILE). */
  profile: z.enum(profileNames).optional(),
  /** Left out: the checkpoint's default, or the profile's. */
  steps: z.number().int().min(1).max(MAX_STEPS).optional(),
  textGuidance: z.number().min(0).max(30).optional(),
  imageGuidance: z.number().min(0).max(30).optional(),
  /** The threshold α of METHOD §5. Left out: the engine's default. */
  alpha: alphaSchema.optional(),
  /** The tasks that the server has published: `task` may name one, and "auto" may choose one. */
  learned: z.array(learnedRefSchema).max(MAX_LEARNED).optional(),
  /** The channel is for adults by its own setting, so that pictures are not checked. Left out: it is not. */
  ageRestricted: z.boolean().optional(),
  source: pictureRefSchema,
  requestedAt: timeSchema,
  /** After this moment nobody could be shown the result any more. */
  deadline: timeSchema,
});

export type EditJob = z.infer<typeof editJobSchema>;
