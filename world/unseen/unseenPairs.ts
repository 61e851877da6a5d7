import { benchmarkFirstSeed, benchmarkPairsPerTask } from "../benchmarkPairs.ts";
import type { EditPair } from "../pairOf.ts";
import { sampleUnseenPair } from "./sampleUnseenPair.ts";
import type { UnseenTaskName } from "./UnseenTaskName.ts";

/**
 * The fixed held-out pairs of an unseen task.
 * @param options.size side of the square pictures in pixels @param options.limit at most (and by default) 100
 */
export function* unseenPairs(options: {
  readonly task: UnseenTaskName;
  readonly size: number;
  readonly limit?: number;
}): Generator<EditPair<UnseenTaskName>> {
  const { task, size } = options;
  const limit = Math.min(options.limit ?? benchmarkPairsPerTask, benchmarkPairsPerTask);
  for (let i = 0; i < limit; i++) yield sampleUnseenPair(benchmarkFirstSeed + i, { split: "benchmark", size, task });
}
