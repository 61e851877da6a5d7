import { z } from "zod";
import { MAX_INSTRUCTION } from "./EditJob.ts";
import { seedSchema, sha256Schema, taskSchema, timeSchema, turnIdSchema } from "./scalars.ts";

/** The paper learns from up to 100 (METHOD §4); more examples call for training, not for one vector. */
export const MAX_EXAMPLES = 100;
/** One sentence. Characters. */
export const MAX_DESCRIPTION = 200;

/** Ten times the default: everybody on all servers waits for the same workers. The command line allows more. */
export const MAX_LEARN_STEPS = 1_000;
/** As the engine's (`validateLearnRequest`). */
export const MAX_VECTORS = 16;

/** What a training may be told; left out: as the engine does it. */
export const learnOptionsSchema = z.object({
  /** Gradient steps at most. */
  steps: z.number().int().min(1).max(MAX_LEARN_STEPS).optional(),
  /** Vectors that the task has. */
  vectors: z.number().int().min(1).max(MAX_VECTORS).optional(),
});

export type LearnOptions = z.infer<typeof learnOptionsSchema>;

const common = {
  v: z.literal(1),
  /** Of the interaction that asked for it, so that a replay makes no second job. */
  trainingId: turnIdSchema,
  /** Whose files the hashes name (`TaskFiles`). */
  taskId: turnIdSchema,
  name: taskSchema,
  requestedAt: timeSchema,
};

/** A task to learn, or a task file from elsewhere to try out. Ids and hashes only, as in `EditJob`. */
export const learnJobSchema = z.discriminatedUnion("kind", [
  z.object({
    ...common,
    kind: z.literal("learn"),
    ...learnOptionsSchema.shape,
    description: z.string().max(MAX_DESCRIPTION),
    examples: z
      .array(
        z.object({
          before: sha256Schema,
          after: sha256Schema,
          instruction: z.string().min(1).max(MAX_INSTRUCTION),
        }),
      )
      .min(1)
      .max(MAX_EXAMPLES),
    /** A second attempt then makes the same file. */
    seed: seedSchema,
  }),
  z.object({ ...common, kind: z.literal("check"), file: sha256Schema }),
]);

export type LearnJob = z.infer<typeof learnJobSchema>;
