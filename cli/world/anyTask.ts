import { EmendError } from "../../src/errors/EmendError.ts";
import type { TaskName } from "../../src/queue/tasks.ts";
import { type UnseenTaskName, unseenTaskNames, worldTasks } from "../../world/index.ts";

const known: readonly (TaskName | UnseenTaskName)[] = [...worldTasks, ...unseenTaskNames];

/**
 * One of the world's tasks, the unseen ones included.
 * @param others what else may be said, as the error's sentence begins
 */
export function anyTask(text: string, others = "one of"): TaskName | UnseenTaskName {
  const task = known.find((each) => each === text);
  if (task) return task;
  throw new EmendError("bad_usage", `--task must be ${others} ${known.join(", ")}, not "${text}".`);
}
