import { z } from "zod";
import { failedSchema } from "./EditOutcome.ts";
import { pictureRefSchema, sha256Schema, turnIdSchema } from "./scalars.ts";

/** Points of a loss curve that are kept: more cannot be told apart in a picture. */
export const MAX_LOSSES = 200;

const doneSchema = z.object({
  v: z.literal(1),
  status: z.literal("done"),
  trainingId: turnIdSchema,
  /** The learned task's file, among the task's own. */
  file: z.object({ sha256: sha256Schema, bytes: z.number().int().positive() }),
  /** Hash of the checkpoint that it was learned on, as the file names it. */
  checkpoint: sha256Schema,
  /** Before, after, and what the learned task makes of it, an example a row: PNG, among the task's own files. */
  sheet: pictureRefSchema,
  /** The loss by steps: PNG, among the task's own files. */
  curve: pictureRefSchema,
  steps: z.number().int().nonnegative(),
  losses: z.array(z.tuple([z.number().int().nonnegative(), z.number()])).max(MAX_LOSSES),
  milliseconds: z.number().nonnegative(),
  /** Folder name of the checkpoint. */
  model: z.string(),
});

const checkedSchema = z.object({
  v: z.literal(1),
  /** A task file from elsewhere works here. */
  status: z.literal("checked"),
  trainingId: turnIdSchema,
  model: z.string(),
});

/** How a training ended, once and for all. In `failed`, `turnId` is the training's id. */
export const learnOutcomeSchema = z.discriminatedUnion("status", [doneSchema, checkedSchema, failedSchema]);

export type LearnDone = z.infer<typeof doneSchema>;
export type LearnOutcome = z.infer<typeof learnOutcomeSchema>;
