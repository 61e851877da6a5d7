import type { EditEngine } from "../gpu-worker/engine/EditEngine.ts";
import type { TaskName } from "../src/queue/tasks.ts";
import { benchmarkPairs, worldTasks } from "../world/index.ts";
import { editScore } from "./editScore.ts";

/** Means over one task's pairs. */
export interface TaskRow {
  n: number;
  edit: number;
  keep: number;
  /** Wall time of one edit, loading excluded. */
  seconds: number;
  /** U-Net evaluations of one edit. */
  evaluations: number;
}

export interface EditBenchmark {
  tasks: Record<string, TaskRow>;
  /** Means over the tasks, each task weighing the same. */
  mean: { edit: number; keep: number };
}

export interface EditBenchmarkOptions {
  /** Only this task. */
  readonly task?: TaskName;
  /** Pairs per task; all of them when absent. */
  readonly limit?: number;
  /** Side of the pictures, pixels. */
  readonly size: number;
  /** "named" gives the engine the true task, "auto" lets it predict. */
  readonly taskFrom: "named" | "auto";
  readonly steps?: number;
  readonly textGuidance?: number;
  readonly imageGuidance?: number;
  readonly onPair?: (done: number) => void;
  readonly signal?: AbortSignal;
}

/** Edits the world's held-out benchmark pairs (seed = the pair's number) and scores each against its exact answer. */
export async function editBenchmark(engine: EditEngine, options: EditBenchmarkOptions): Promise<EditBenchmark> {
  const sums = new Map<string, TaskRow>();
  const { task, limit, size } = options;
  let done = 0;
  for (const pair of benchmarkPairs({ size, ...(task && { task }), ...(limit !== undefined && { limit }) })) {
    const request = {
      picture: pair.source,
      instruction: pair.instruction,
      task: options.taskFrom === "named" ? pair.task : "auto",
      seed: done,
      ...(options.steps !== undefined && { steps: options.steps }),
      ...(options.textGuidance !== undefined && { textGuidance: options.textGuidance }),
      ...(options.imageGuidance !== undefined && { imageGuidance: options.imageGuidance }),
    };
    const result = await engine.edit(request, options.signal ? { signal: options.signal } : {});
    const score = editScore(pair.source, result.picture, pair.target, pair.mask);
    const row = sums.get(pair.task) ?? { n: 0, edit: 0, keep: 0, seconds: 0, evaluations: 0 };
    row.n++;
    row.edit += score.edit;
    row.keep += score.keep;
    row.seconds += result.milliseconds / 1000;
    row.evaluations += result.evaluations;
    sums.set(pair.task, row);
    options.onPair?.(++done);
  }
  const tasks: Record<string, TaskRow> = {};
  for (const name of worldTasks) {
    const row = sums.get(name);
    if (row) tasks[name] = meanRow(row);
  }
  const rows = Object.values(tasks);
  const mean = (key: "edit" | "keep") => round(rows.reduce((sum, row) => sum + row[key], 0) / rows.length, 4);
  return { tasks, mean: { edit: mean("edit"), keep: mean("keep") } };
}

function meanRow(row: TaskRow): TaskRow {
  return {
    n: row.n,
    edit: round(row.edit / row.n, 4),
    keep: round(row.keep / row.n, 4),
    seconds: round(row.seconds / row.n, 4),
    evaluations: round(row.evaluations / row.n, 2),
  };
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
