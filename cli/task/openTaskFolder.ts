import { join } from "node:path";
import { TaskFolder } from "../../gpu-worker/tasks/learned/TaskFolder.ts";
import { readEnv } from "../../src/env.ts";

/** The learned tasks of the command line: EMEND_HOME/tasks. */
export const openTaskFolder = (): TaskFolder => new TaskFolder(join(readEnv().EMEND_HOME, "tasks"));
