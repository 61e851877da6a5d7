import type { Command } from "commander";
import { cancelOnSignals } from "../edit/cancelOnSignals.ts";
import { names, upTo100 } from "./arguments.ts";

/** `emend bench learning` */
export function registerLearningBench(bench: Command): void {
  bench
    .command("learning")
    .description("vary how a task is learned, one thing at a time; write docs/benchmarks/learning.md")
    .option("--tasks <names>", "unseen tasks, separated by commas", names, ["inpainting", "contour", "mirror"])
    .option("--count <n>", "examples of each task, at most 100", upTo100, 10)
    .option("--limit <n>", "held-out pairs of each task, at most 100", upTo100, 40)
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
