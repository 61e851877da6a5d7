import { openTaskFolder } from "./openTaskFolder.ts";
import { summarise } from "./summarise.ts";

/** `emend task show` */
export async function showTask(name: string, { json }: { readonly json?: boolean }): Promise<void> {
  const task = await openTaskFolder().read(name);
  if (json) {
    console.log(JSON.stringify({ ...summarise(task), losses: task.losses }));
    return;
  }
  const lines = {
    name: task.name,
    description: task.description || "(none)",
    instructions: task.instructions.join(" | "),
    examples: String(task.examples.length),
    checkpoint: task.checkpoint,
    steps: `${task.steps} (seed ${task.seed})`,
    loss: task.losses.map(([step, loss]) => `${step}: ${loss.toPrecision(3)}`).join(", "),
  };
  for (const [key, value] of Object.entries(lines)) console.log(`${key.padEnd(13)}${value}`);
}
