import { changeMap } from "../../gpu-worker/image/changeMap.ts";
import type { TaskName } from "../../src/queue/tasks.ts";
import { benchmarkPairs, worldTasks } from "../../world/index.ts";

/** What thresholds make of the exact answers of a task. */
export interface TouchedShare {
  readonly task: TaskName;
  readonly alpha: number;
  /** Share of the pixels that are touched, over the pairs. */
  readonly least: number;
  readonly median: number;
  readonly most: number;
  /** Share of the wanted change Σ|target − source|, over all pairs, that lies below the threshold and is dropped. */
  readonly lost: number;
}

/** Pairs of each task, and the side of their pictures in pixels: the bundled model's. */
const [pairsPerTask, size] = [20, 64];

/** Thresholds exact answers of every task of the world: what is dropped is no model's fault. */
export function measureTouched(alphas: readonly number[]): TouchedShare[] {
  return worldTasks.flatMap((task) => {
    const pairs = [...benchmarkPairs({ size, task, limit: pairsPerTask })].map(({ source, target }) => ({
      wanted: changeMap(source, target, (plane) => plane),
      change: changeMap(source, target),
    }));
    return alphas.map((alpha) => {
      let [lost, wanted] = [0, 0];
      const shares = pairs.map((pair) => {
        for (const [i, d] of pair.change.entries()) {
          wanted += pair.wanted[i]!;
          if (d < alpha) lost += pair.wanted[i]!;
        }
        return pair.change.filter((d) => d >= alpha).length / pair.change.length;
      });
      shares.sort((a, b) => a - b);
      const [least, median, most] = [shares[0]!, shares[Math.floor(shares.length / 2)]!, shares.at(-1)!];
      return { ...{ task, alpha, least, median, most }, lost: wanted > 0 ? lost / wanted : 0 };
    });
  });
}
