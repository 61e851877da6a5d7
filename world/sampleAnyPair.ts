import type { TaskName } from "../src/queue/tasks.ts";
import type { EditPair } from "./pairOf.ts";
import { samplePair } from "./samplePair.ts";
import type { Split } from "./tasks/WorldTask.ts";
import { sampleUnseenPair } from "./unseen/sampleUnseenPair.ts";
import { type UnseenTaskName, unseenTaskNames } from "./unseen/UnseenTaskName.ts";

const isUnseen = (task: string): task is UnseenTaskName => unseenTaskNames.some((name) => name === task);

/** `samplePair` for every task that the world can draw; without a task, the training mix of the sixteen. */
export function sampleAnyPair(
  seed: number,
  { task, ...options }: { readonly split: Split; readonly size: number; readonly task?: TaskName | UnseenTaskName },
): EditPair<TaskName | UnseenTaskName> {
  if (task === undefined) return samplePair(seed, options);
  return isUnseen(task) ? sampleUnseenPair(seed, { ...options, task }) : samplePair(seed, { ...options, task });
}
