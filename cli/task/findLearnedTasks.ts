import { checkpointHash } from "../../gpu-worker/checkpoint/checkpointHash.ts";
import { openTaskFolder } from "./openTaskFolder.ts";

/** The files of the learned tasks that fit this checkpoint. */
export async function findLearnedTasks(modelFolder: string): Promise<Uint8Array[]> {
  const tasks = await openTaskFolder().list();
  if (tasks.length === 0) return [];
  const checkpoint = await checkpointHash(modelFolder);
  return tasks.filter(({ task }) => task.checkpoint === checkpoint).map(({ bytes }) => bytes);
}
