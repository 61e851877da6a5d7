import { EmendError } from "../../errors/EmendError.ts";
import type { LearnedRef } from "../../queue/contract/EditJob.ts";
import { taskSchema } from "../../queue/contract/scalars.ts";
import type { WorkerDirectory } from "../../queue/WorkerDirectory.ts";
import { Refusal } from "../Refusal.ts";

export const AUTO = "auto";

/**
 * Checks a task against what the living workers' models know, and what the server taught. While no worker lives, every task is taken, and the
 * worker that comes refuses it if it must.
 * @throws Refusal and EmendError `unknown_task`; EmendError `queue_unavailable`
 */
export async function requireKnownTask(
  task: string,
  workers: WorkerDirectory,
  learned: readonly LearnedRef[],
): Promise<void> {
  const living = await workers.living();
  // Suggestions are no choices: anything can come.
  if (!taskSchema.safeParse(task).success) throw new EmendError("unknown_task", "that is no task's name");
  if (task === AUTO || living.length === 0) return;
  const known = new Set([...living.flatMap(({ tasks }) => tasks), ...learned.map(({ name }) => name)]);
  if (known.has(task)) return;
  const names = [...known].map((name) => `\`${name.replaceAll("`", "")}\``).join(", ");
  throw new Refusal("unknown_task", (texts) => texts.problems.unknownTask(task, names));
}
