import type { TaskName } from "../src/queue/tasks.ts";
import { type EditPair, pairOf } from "./pairOf.ts";
import { Random } from "./random.ts";
import { taskMix, taskOf } from "./tasks/index.ts";
import type { Split } from "./tasks/WorldTask.ts";

/**
 * The pair of a seed: the same seed and options give the same bytes on every machine with the same canvas build.
 * @param seed a whole number from 0 to 2^53 − 1
 * @param options.split `train` never shows a held-out composition, `benchmark` always shows at least one
 * @param options.size side of the square pictures in pixels; it does not change which edit a seed means
 * @param options.task only this task; by default the training mix
 */
export function samplePair(
  seed: number,
  options: { readonly split: Split; readonly size: number; readonly task?: TaskName },
): EditPair {
  const { split, size } = options;
  const random = new Random(seed, split === "train" ? 1 : 2);
  const task = options.task === undefined ? random.weighted(taskMix) : taskOf(options.task);
  if (!task) throw new RangeError(`the world has no task ${options.task} yet`);
  return pairOf(task, random, { seed, split, size });
}
