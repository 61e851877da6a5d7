import { existsSync } from "node:fs";
import { join } from "node:path";
import { throwIfCancelled } from "../../gpu-worker/diffusion/throwIfCancelled.ts";
import { benchmarkFirstSeed } from "../../world/index.ts";
import { writeShards } from "../../world/write/writeShards.ts";
import { writeProblem } from "../files/writeProblem.ts";
import { pairSize } from "../tasks/PairStore.ts";
import type { InversionSettings } from "./Settings.ts";
import { examplesPerSet, firstExampleSeed } from "./UnseenPairs.ts";

/**
 * Writes the examples and the held-out pairs as shards for training/emend_train/few_shot.py, unless they are there:
 * a folder for each task, whose name has what they depend on.
 * @returns the folder of the tasks' folders
 */
export async function writePairs({ tasks, seeds, limit, pairs, work, signal }: InversionSettings): Promise<string> {
  // Any change of the world's drawing or language shows in the first pairs.
  const print = pairs.print(
    ...tasks.map((task) => pairs.examples(task, 0, 1)),
    ...tasks.map((task) => pairs.heldOut(task, 1)),
  );
  const root = join(work, `pairs-${seeds}-${limit}-${print}`);
  for (const task of tasks) {
    const folder = join(root, task);
    const shared = { size: pairSize, start: 0, task };
    for (const options of [
      { ...shared, split: "train" as const, seed: firstExampleSeed, count: seeds * examplesPerSet },
      { ...shared, split: "benchmark" as const, seed: benchmarkFirstSeed, count: limit },
    ]) {
      throwIfCancelled(signal);
      if (existsSync(join(folder, `${options.split}-000000.tar`))) continue;
      await writeShards(folder, options.count, options).catch((error) => {
        throw writeProblem(folder, error);
      });
    }
  }
  return root;
}
