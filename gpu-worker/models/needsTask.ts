import type { EditModel } from "./EditModel.ts";

/**
 * Whether every edit has a task of the table, and a new task is one more vector of it. Without a table there is none to
 * have; experts' vectors mean nothing without their expert, and the network edits without one, too.
 */
export const needsTask = ({ tasks, experts }: Pick<EditModel, "tasks" | "experts">): boolean =>
  tasks.size > 0 && experts === undefined;
