import type { LearnedTask } from "../../gpu-worker/tasks/learned/LearnedTask.ts";

/** A task without its numbers, for people and for JSON. */
export function summarise({ conditioning, examples, losses, ...task }: LearnedTask) {
  return {
    ...task,
    examples: examples.length,
    loss: losses.length > 0 ? Math.min(...losses.map(([, loss]) => loss)) : null,
    numbers: Object.fromEntries(Object.entries(conditioning).map(([part, { length }]) => [part, length])),
  };
}
