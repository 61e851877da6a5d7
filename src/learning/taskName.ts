import { taskSchema } from "../queue/contract/scalars.ts";
import { taskNames } from "../queue/tasks.ts";
import { TaskProblem } from "./TaskProblem.ts";

/** Discord's choices and menu entries hold 100 characters, and say more than the name. */
const MAX_NAME = 40;
/** Names that mean something already. */
const taken: ReadonlySet<string> = new Set(["auto", "none", ...taskNames]);

/** Under which a name is unique: servers tell names apart by more than their case. */
export const nameKey = (name: string): string => name.toLowerCase();

/**
 * The name of a new task as it is stored: one line of letters, digits, blanks, - and _ (so nothing in it can be markup, a
 * mention or part of a path), and none of the built-in tasks'.
 * @throws TaskProblem `bad-name`, `built-in-name`
 */
export function taskName(text: string): string {
  const name = text.trim().replace(/ {2,}/g, " ");
  if (name.length > MAX_NAME || !taskSchema.safeParse(name).success) throw new TaskProblem({ kind: "bad-name" });
  if (taken.has(nameKey(name))) throw new TaskProblem({ kind: "built-in-name" });
  return name;
}
