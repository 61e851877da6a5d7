import type { GuildTask, TaskState } from "../../learning/GuildTask.ts";
import { TaskProblem } from "../../learning/TaskProblem.ts";

/** The task, if it is in one of these states (any, when there are none). @throws TaskProblem `state` */
export function inState(task: GuildTask, states: readonly TaskState[]): GuildTask {
  if (states.length === 0 || states.includes(task.state)) return task;
  throw new TaskProblem({ kind: "state", name: task.name, state: task.state });
}
