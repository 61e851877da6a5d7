import type { TaskFiles } from "../../src/learning/TaskFiles.ts";
import type { LearnJob } from "../../src/queue/contract/LearnJob.ts";
import { plainPng } from "./editJob.ts";

export type Learning = Extract<LearnJob, { kind: "learn" }>;

/** A training whose examples are stored. */
export async function makeTraining(files: TaskFiles, change: Partial<Learning> = {}, pairs = 3): Promise<Learning> {
  const id = Math.random().toString(36).slice(2, 12);
  const blobs = files.of(`task-${id}`);
  const examples = [];
  for (let i = 0; i < pairs; i++) {
    const before = await blobs.put(await plainPng(32, 24, `#${i}03060`));
    const after = await blobs.put(await plainPng(32, 24, `#${i}09060`));
    examples.push({ before, after, instruction: `dot ${i}` });
  }
  return {
    ...{ v: 1, kind: "learn", trainingId: id, taskId: `task-${id}`, name: "dots", description: "draws dots" },
    ...{ examples, seed: 3, requestedAt: Date.now(), ...change },
  };
}
