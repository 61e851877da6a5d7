import { createHash } from "node:crypto";
import { sampleUnseenPair, type UnseenTaskName, unseenPairs } from "../../world/index.ts";
import type { EditPair } from "../../world/pairOf.ts";
import { pairSize } from "../tasks/PairStore.ts";
import { pairPrint } from "../tasks/pairPrint.ts";

export type UnseenPair = EditPair<UnseenTaskName>;

/** A set has so many examples; k examples are its first k. training/emend_train/few_shot.py counts the same way. */
export const examplesPerSet = 100;
/** World seed of the first example of set 0. */
export const firstExampleSeed = 500_000_000;

/** Examples and held-out pairs of the unseen tasks, each drawn once and only when it is asked for. */
export class UnseenPairs {
  readonly #examples = new Map<string, UnseenPair[]>();
  readonly #heldOut = new Map<UnseenTaskName, UnseenPair[]>();

  /** The first `count` examples of a set. */
  examples(task: UnseenTaskName, set: number, count: number): UnseenPair[] {
    const known = this.#examples.get(`${task} ${set}`) ?? [];
    this.#examples.set(`${task} ${set}`, known);
    while (known.length < count) {
      const seed = firstExampleSeed + set * examplesPerSet + known.length;
      known.push(sampleUnseenPair(seed, { split: "train", size: pairSize, task }));
    }
    return known.slice(0, count);
  }

  /** The first `limit` held-out pairs of a task. */
  heldOut(task: UnseenTaskName, limit: number): UnseenPair[] {
    const known = this.#heldOut.get(task) ?? [];
    if (known.length >= limit) return known.slice(0, limit);
    const all = [...unseenPairs({ task, size: pairSize, limit })];
    this.#heldOut.set(task, all);
    return all;
  }

  /** Changes with any of these pairs. */
  print(...lists: readonly UnseenPair[][]): string {
    const hash = createHash("sha256");
    for (const pair of lists.flat()) hash.update(pairPrint(pair));
    return hash.digest("hex").slice(0, 12);
  }
}
