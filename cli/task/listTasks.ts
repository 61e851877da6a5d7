import { openTaskFolder } from "./openTaskFolder.ts";
import { summarise } from "./summarise.ts";

/** `emend task list`: one line for each task. */
export async function listTasks({ json }: { readonly json?: boolean }): Promise<void> {
  const found = await openTaskFolder().list();
  if (found.length === 0 && !json) console.log("no learned tasks; emend task learn makes one");
  for (const { task } of found) {
    if (json) console.log(JSON.stringify(summarise(task)));
    else console.log(`${task.name}  (${task.examples.length} examples) ${task.description}`.trimEnd());
  }
}
