import { EmendError } from "../../src/errors/EmendError.ts";
import type { EditModel } from "../models/EditModel.ts";
import type { Prediction, TaskProbability } from "../tasks/predictor/Prediction.ts";

/** What of a TaskPredictor is needed here. */
export interface Predictor {
  predict(instruction: string): Promise<Pick<Prediction, "tasks" | "edit">>;
}

export interface ChosenTask {
  /** Absent for a checkpoint without a task table. */
  readonly name?: string;
  /** The task's embedding, `[dim]`. */
  readonly vector?: Float32Array;
  /** The predictor's opinion on the checkpoint's tasks, most probable first; empty without a predictor. */
  readonly probabilities: readonly TaskProbability[];
  /** Probability that the instruction asks for an edit at all; absent without a predictor. */
  readonly edit?: number;
}

/** Below this the instruction is chat or asks for something else: less than 1 in 400 edits of people come that low. */
const leastEdit = 0.1;

/**
 * The task that conditions the model: the one asked for, or for "auto" the most probable one (METHOD §3) of those that the
 * checkpoint's table has.
 * @param onlyEdits refuse under "auto" what is hardly an edit
 * @throws EmendError `unknown_task` that lists the known ones, `no_edit`
 */
export async function chooseTask(
  model: EditModel,
  task: string,
  instruction: string,
  { predictor, onlyEdits = false }: { predictor?: Predictor | undefined; onlyEdits?: boolean } = {},
): Promise<ChosenTask> {
  const prediction = await predictor?.predict(instruction);
  if (prediction && onlyEdits && task === "auto" && prediction.edit < leastEdit) {
    throw new EmendError("no_edit", "the instruction does not ask for an edit; say what to change, or name a task.");
  }
  const probabilities = restrict(prediction?.tasks ?? [], model.tasks);
  const opinion = { probabilities, ...(prediction ? { edit: prediction.edit } : {}) };
  const name = task === "auto" ? probabilities[0]?.name : task;
  if (name === undefined && model.tasks.size === 0) return opinion;
  const vector = name === undefined ? undefined : model.tasks.get(name);
  if (name !== undefined && vector) return { name, vector, ...opinion };
  throw new EmendError("unknown_task", unknownTask(task, [...model.tasks.keys()]));
}

/** The tasks of the table, most probable first, scaled to the sum 1. */
function restrict(tasks: readonly TaskProbability[], table: ReadonlyMap<string, unknown>): TaskProbability[] {
  const kept = tasks.filter(({ name }) => table.has(name));
  const total = kept.reduce((sum, { probability }) => sum + probability, 0);
  return kept
    .map(({ name, probability }) => ({ name, probability: total > 0 ? probability / total : 1 / kept.length }))
    .sort((a, b) => b.probability - a.probability);
}

/** One line that says which tasks there are. */
export function unknownTask(task: string, known: readonly string[]): string {
  const quoted = JSON.stringify(task.slice(0, 40));
  if (known.length === 0) return `unknown task ${quoted}: this model has no tasks; leave the task at "auto".`;
  if (task === "auto") return `there is no predictor to choose a task; name one of ${known.join(", ")}.`;
  return `unknown task ${quoted}; choose auto or one of ${known.join(", ")}.`;
}
