import type { TaskName } from "../../src/queue/tasks.ts";
import { benchmarkPairs, benchmarkPairsPerTask, worldTasks } from "../../world/index.ts";
import type { EditPair } from "../../world/pairOf.ts";
import { pairPrint } from "./pairPrint.ts";

/** A pair of the fixed benchmark and where it stands in it. */
export interface NumberedPair {
  readonly pair: EditPair;
  /** 0 … 99, within its task. */
  readonly index: number;
  /** In the whole benchmark: also the seed of its edit's noise. */
  readonly number: number;
  /** Changes whenever the instruction or one of the pictures does. */
  readonly print: string;
}

/** Side of the benchmark's pictures, pixels: the resolution that the bundled model was trained on. */
export const pairSize = 64;

/** The benchmark's pairs, each drawn once and only when it is asked for. */
export class PairStore {
  readonly #known = new Map<TaskName, { made: NumberedPair[]; rest: Generator<EditPair> }>();

  /** The first `limit` pairs of a task; all 100 when `limit` is absent. */
  *of(task: TaskName, limit = benchmarkPairsPerTask): Generator<NumberedPair> {
    let list = this.#known.get(task);
    if (!list) {
      list = { made: [], rest: benchmarkPairs({ size: pairSize, task }) };
      this.#known.set(task, list);
    }
    for (let index = 0; index < Math.min(limit, benchmarkPairsPerTask); index++) {
      if (index === list.made.length) {
        const pair = list.rest.next().value as EditPair;
        const number = worldTasks.indexOf(task) * benchmarkPairsPerTask + index;
        list.made.push({ pair, index, number, print: pairPrint(pair) });
      }
      yield list.made[index]!;
    }
  }
}
