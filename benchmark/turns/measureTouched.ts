import { changeMap } from "../../gpu-worker/image/changeMap.ts";
import type { TaskName } from "../../src/queue/tasks.ts";
import { benchmarkPairs, worldTasks } from "../../world/index.ts";

/** Share of the pixels that exact edits of a task touch. */
export interface TouchedShare {
  readonly task: TaskName;
  readonly least: number;
  readonly median: number;
  readonly most: number;
}

/** Pairs of each task, and the side of their pictures in pixels: the bundled model's. */
const [pairsPerTask, size] = [20, 64];

/** What thresholding at `alpha` makes of exact answers, for every task of the world. */
export function measureTouched(alpha: number): TouchedShare[] {
  return worldTasks.map((task) => {
    const shares = [...benchmarkPairs({ size, task, limit: pairsPerTask })].map(({ source, target }) => {
      const change = changeMap(source, target);
      return change.filter((d) => d >= alpha).length / change.length;
    });
    shares.sort((a, b) => a - b);
    return { task, least: shares[0]!, median: shares[Math.floor(shares.length / 2)]!, most: shares.at(-1)! };
  });
}
