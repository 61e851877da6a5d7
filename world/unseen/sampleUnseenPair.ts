import { type EditPair, pairOf } from "../pairOf.ts";
import { Random } from "../random.ts";
import type { Split } from "../tasks/WorldTask.ts";
import { unseenTaskOf } from "./index.ts";
import type { UnseenTaskName } from "./UnseenTaskName.ts";

/** Of the random numbers: other ones than those of the sixteen tasks, so that a seed shows another scene. */
const streams: Readonly<Record<Split, number>> = { train: 11, benchmark: 12 };

/**
 * The pair of a seed and an unseen task, with what `samplePair` promises. The `train` split is where examples to learn
 * from are taken; every pair of the `benchmark` has a held-out composition, which no example shows.
 * @param seed a whole number from 0 to 2^53 − 1 @param options.size side of the square pictures in pixels
 */
export function sampleUnseenPair(
  seed: number,
  options: { readonly split: Split; readonly size: number; readonly task: UnseenTaskName },
): EditPair<UnseenTaskName> {
  const { split, size, task } = options;
  return pairOf(unseenTaskOf(task), new Random(seed, streams[split]), { seed, split, size });
}
