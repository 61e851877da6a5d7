import { type Command, InvalidArgumentError } from "commander";
import { cancelOnSignals } from "../edit/cancelOnSignals.ts";

/** `emend bench learning` */
export function registerLearningBench(bench: Command): void {
  bench
    .command("learning")
    .description("vary how a task is learned, one thing at a time; write docs/benchmarks/learning.md")
    .option("--tasks <names>", "unseen tasks, separated by commas", names, ["inpainting", "contour", "mirror"])
    .option("--count <n>", "examples of each task, at most 100", whole, 10)
    .option("--limit <n>", "held-out pairs of each task, at most 100", whole, 40)
    .option("--out <dir>", "where page and numbers go (default: docs/benchmarks)")
    .option("--work <dir>", "keeps what has been measured, so that a run can go on (default: runs/bench-learning)")
    .option("--model <dir>", "checkpoint folder (default: EMEND_MODEL, else the bundled one)")
    .option("--json", "print one JSON object")
    .action(async (options) => {
      const { runLearningBench } = await import("../../benchmark/learning/runLearningBench.ts");
      using cancel = cancelOnSignals();
      await runLearningBench(options, cancel.signal);
    });
}

function names(value: string): string[] {
  const all = value.split(",").map((name) => name.trim());
  if (all.includes("")) throw new InvalidArgumentError("expected names separated by commas.");
  return all;
}

function whole(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > 100) {
    throw new InvalidArgumentError("expected a whole number from 1 to 100.");
  }
  return number;
}
