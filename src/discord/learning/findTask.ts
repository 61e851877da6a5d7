import type { GuildTask, TaskState } from "../../learning/GuildTask.ts";
import type { GuildTaskStore } from "../../learning/GuildTaskStore.ts";
import { TaskProblem } from "../../learning/TaskProblem.ts";
import { nameKey } from "../../learning/taskName.ts";
import { inState } from "./inState.ts";

/** A task as somebody names it, or as a component does, whose id says nothing about whose server it is. */
export type TaskHandle = { readonly name: string } | { readonly id: string };

/**
 * A task of this server.
 * @param states in which it must be; any, when left out
 * @throws TaskProblem `unknown`, `gone`, `state`
 */
export async function findTask(
  tasks: GuildTaskStore,
  guild: string,
  handle: TaskHandle,
  ...states: readonly TaskState[]
): Promise<GuildTask> {
  if ("name" in handle) {
    const wanted = nameKey(handle.name.trim());
    const task = (await tasks.list(guild)).find(({ name }) => nameKey(name) === wanted);
    if (!task) throw new TaskProblem({ kind: "unknown", name: handle.name });
    return inState(task, states);
  }
  const task = await tasks.get(handle.id);
  if (task?.guild !== guild) throw new TaskProblem({ kind: "gone" });
  return inState(task, states);
}
