import type { TaskName } from "../src/queue/tasks.ts";
import type { EditPair } from "./pairOf.ts";
import { samplePair } from "./samplePair.ts";
import { worldTasks } from "./tasks/index.ts";

/** Pairs per task in the whole benchmark. */
export const benchmarkPairsPerTask = 100;
/** The seed of a task's first pair; the others follow. */
export const benchmarkFirstSeed = 900_000_000;

/**
 * The fixed benchmark, task after task in the order of `worldTasks`; every pair has a held-out composition.
 * @param options.size side of the square pictures in pixels @param options.task only this task
 * @param options.limit pairs per task, at most (and by default) 100
 */
export function* benchmarkPairs(options: {
  readonly size: number;
  readonly task?: TaskName;
  readonly limit?: number;
}): Generator<EditPair> {
  const limit = Math.min(options.limit ?? benchmarkPairsPerTask, benchmarkPairsPerTask);
  for (const task of options.task ? [options.task] : worldTasks) {
    for (let i = 0; i < limit; i++)
      yield samplePair(benchmarkFirstSeed + i, { split: "benchmark", size: options.size, task });
  }
}
