import { z } from "zod";
import { mean, type Spread, spreadOf } from "../../report/statistics.ts";

const scoresSchema = z.record(z.string(), z.object({ edit: z.number(), keep: z.number(), l1: z.number() }));

/** A line of the file that `python -m emend_train.ablations` writes: one trained arm. */
export const armSchema = z.object({
  arm: z.string(),
  seed: z.int(),
  samples: z.int(),
  tasks: z.array(z.string()),
  scores: scoresSchema,
  /** The same model given a wrong task. */
  wrong_task: scoresSchema.optional(),
  seconds: z.number().optional(),
});

export type Arm = z.infer<typeof armSchema>;

/** The model with everything is the last one of two other rows of arms. */
const aliases: Readonly<Record<string, string>> = {
  "count/16": "embedding/learned",
  "vision/with": "embedding/learned",
};

/**
 * The edit score of an arm on some tasks, each task weighing the same: mean, least and greatest over the training seeds.
 * @returns undefined when the arm has not been trained, or not on all of these tasks
 */
export function scoreOf(
  arms: readonly Arm[],
  name: string,
  tasks: readonly string[],
  of: "scores" | "wrong_task" = "scores",
): Spread | undefined {
  const own = arms.filter(({ arm }) => arm === name);
  const trained = own.length > 0 ? own : arms.filter(({ arm }) => arm === aliases[name]);
  const values = trained.flatMap((arm) => {
    const edits = tasks.map((task) => arm[of]?.[task]?.edit);
    return edits.length === 0 || edits.includes(undefined) ? [] : [mean(edits as number[])];
  });
  return values.length === 0 ? undefined : spreadOf(values);
}
