import { EmendError } from "../../src/errors/EmendError.ts";
import type { EditModel } from "../models/EditModel.ts";

export interface ChosenTask {
  /** Absent for a checkpoint without a task table. */
  readonly name?: string;
  /** The task's embedding, `[dim]`. */
  readonly vector?: Float32Array;
  /** The predictor's opinion, most probable first; empty without a predictor. */
  readonly probabilities: readonly { readonly name: string; readonly probability: number }[];
}

/**
 * The task that conditions the model: the one asked for, or for "auto" the most probable one (METHOD §3).
 * @throws EmendError `unknown_task` that lists the known ones
 */
export async function chooseTask(model: EditModel, task: string, instruction: string): Promise<ChosenTask> {
  const predicted = (await model.predictTask?.(instruction)) ?? [];
  const probabilities = predicted.toSorted((a, b) => b.probability - a.probability);
  const name = task === "auto" ? probabilities[0]?.name : task;
  if (name === undefined && model.tasks.size === 0) return { probabilities };
  const vector = name === undefined ? undefined : model.tasks.get(name);
  if (name !== undefined && vector) return { name, vector, probabilities };
  throw new EmendError("unknown_task", unknownTask(task, [...model.tasks.keys()]));
}

/** One line that says which tasks there are. */
export function unknownTask(task: string, known: readonly string[]): string {
  const quoted = JSON.stringify(task.slice(0, 40));
  if (known.length === 0) return `unknown task ${quoted}: this model has no tasks; leave the task at "auto".`;
  if (task === "auto") return `this model cannot choose a task by itself; name one of ${known.join(", ")}.`;
  return `unknown task ${quoted}; choose auto or one of ${known.join(", ")}.`;
}
