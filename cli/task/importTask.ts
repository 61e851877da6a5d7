import { readFile } from "node:fs/promises";
import { checkpointHash } from "../../gpu-worker/checkpoint/checkpointHash.ts";
import { resolveModelFolder } from "../../gpu-worker/engine/resolveModelFolder.ts";
import { readLearnedTask } from "../../gpu-worker/tasks/learned/learnedTaskFile.ts";
import { readEnv } from "../../src/env.ts";
import { EmendError } from "../../src/errors/EmendError.ts";
import { openTaskFolder } from "./openTaskFolder.ts";

/** `emend task import`: refuses what is damaged, belongs to another checkpoint, or has a name that is taken. */
export async function importTask(file: string, { model }: { readonly model?: string }): Promise<void> {
  const bytes = await readFile(file).catch((error) => {
    throw new EmendError("not_found", `${file}: cannot be read (${error.code}).`, { cause: error });
  });
  const task = readLearnedTask(bytes);
  const folder = resolveModelFolder(model === undefined ? readEnv() : { EMEND_MODEL: model });
  if (task.checkpoint !== (await checkpointHash(folder))) {
    const message = `${file}: was learned on another checkpoint than ${folder}; name its own with --model.`;
    throw new EmendError("bad_usage", message);
  }
  const tasks = openTaskFolder();
  if (tasks.has(task.name)) {
    throw new EmendError("bad_usage", `there is a learned task "${task.name}" already; remove it first.`);
  }
  console.log(await tasks.write(task.name, bytes));
}
