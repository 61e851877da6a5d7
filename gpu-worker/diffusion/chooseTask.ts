import { EmendError } from "../../src/errors/EmendError.ts";
import type { Conditioning } from "../models/Conditioning.ts";
import type { EditModel } from "../models/EditModel.ts";
import { needsTask } from "../models/needsTask.ts";
import type { LearnedTask } from "../tasks/learned/LearnedTask.ts";
import type { Prediction, TaskProbability } from "../tasks/predictor/Prediction.ts";

/** What of a TaskPredictor is needed here. */
export interface Predictor {
  predict(instruction: string, learned?: readonly LearnedTask[]): Promise<Pick<Prediction, "tasks" | "edit">>;
}

export interface ChosenTask {
  /** Absent for a checkpoint without a task table. */
  readonly name?: string;
  /** What conditions the model; empty for a checkpoint without a task table. */
  readonly conditioning: Conditioning;
  /** The predictor's opinion on the tasks that there are, most probable first; empty without a predictor. */
  readonly probabilities: readonly TaskProbability[];
  /** Probability that the instruction asks for an edit at all; absent without a predictor. */
  readonly edit?: number;
}

/** Below this the instruction is chat or asks for something else: less than 1 in 400 edits of people come that low. */
const leastEdit = 0.1;

/**
 * The task that conditions the model: the one asked for, or for "auto" the most probable one (METHOD §3) of the
 * checkpoint's table and of the learned tasks.
 * @param onlyEdits refuse under "auto" what is hardly an edit
 * @throws EmendError `unknown_task` that lists the known ones, `no_edit`
 */
export async function chooseTask(
  model: Pick<EditModel, "tasks" | "experts">,
  task: string,
  instruction: string,
  { predictor, onlyEdits = false, learned = [] }: ChooseOptions = {},
): Promise<ChosenTask> {
  const prediction = await predictor?.predict(instruction, learned);
  if (prediction && onlyEdits && task === "auto" && prediction.edit < leastEdit) {
    throw new EmendError("no_edit", "the instruction does not ask for an edit; say what to change, or name a task.");
  }
  const there = new Map<string, Conditioning>([
    ...[...model.tasks].map(([name, vector]): [string, Conditioning] => [name, { task: vector }]),
    ...learned.map(({ name, conditioning }): [string, Conditioning] => [name, conditioning]),
  ]);
  const all = prediction?.tasks ?? [];
  const probabilities = needsTask(model) ? restrict(all, there) : probableAlone(all, there);
  const opinion = { probabilities, ...(prediction ? { edit: prediction.edit } : {}) };
  const name = task === "auto" ? probabilities[0]?.name : task;
  if (name === undefined && !needsTask(model)) return { conditioning: {}, ...opinion };
  const conditioning = name === undefined ? undefined : there.get(name);
  if (name !== undefined && conditioning) return { name, conditioning, ...opinion };
  throw new EmendError("unknown_task", unknownTask(task, [...there.keys()]));
}

export interface ChooseOptions {
  readonly predictor?: Predictor | undefined;
  readonly onlyEdits?: boolean;
  readonly learned?: readonly LearnedTask[];
}

/**
 * On a checkpoint without a table, or with experts, an edit needs no task: one is taken when it is more probable than all
 * others that the predictor knows together.
 */
function probableAlone(tasks: readonly TaskProbability[], there: ReadonlyMap<string, unknown>): TaskProbability[] {
  return tasks
    .filter(({ name, probability }) => there.has(name) && probability > 0.5)
    .map(({ name, probability }) => ({ name, probability }));
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
