import type { WorkerDirectory } from "../../queue/WorkerDirectory.ts";
import { Refusal } from "../Refusal.ts";

export const AUTO = "auto";

/**
 * Checks a task against what the living workers' models know. While no worker lives, every task is taken, and the
 * worker that comes refuses it if it must.
 * @throws Refusal `unknown_task`; EmendError `queue_unavailable`
 */
export async function requireKnownTask(task: string, workers: WorkerDirectory): Promise<void> {
  const living = await workers.living();
  if (task === AUTO || living.length === 0) return;
  const known = new Set(living.flatMap(({ tasks }) => tasks));
  if (known.has(task)) return;
  const names = [...known].map((name) => `\`${name.replaceAll("`", "")}\``).join(", ");
  throw new Refusal("unknown_task", (texts) => texts.problems.unknownTask(task, names));
}
