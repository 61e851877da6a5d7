import type { Command } from "commander";
import { cancelOnSignals } from "../edit/cancelOnSignals.ts";
import { names, whole } from "./arguments.ts";

/** `emend bench inversion` */
export function registerInversionBench(bench: Command): void {
  bench
    .command("inversion")
    .description("learn unseen tasks from a few examples in five ways; write docs/benchmarks/inversion.md")
    .option("--only <names>", "of frozen, inversion, finetune, scratch, expert (default: all)", names)
    .option("--tasks <names>", "these unseen tasks (default: all seven)", names)
    .option("--counts <numbers>", "numbers of examples", (text) => names(text).map(whole), [1, 3, 10, 100])
    .option("--seeds <n>", "sets of examples", whole, 3)
    .option(
      "--peer-seeds <n>",
      "of these sets, how many fine-tuning and training from scratch get (default: all)",
      whole,
    )
    .option("--limit <n>", "held-out pairs of each task, at most 100", whole, 100)
    .option("--samples <n>", "pairs that an expert is trained on", whole, 100_000)
    .option(
      "--pictures <n>",
      "that fine-tuning and training from scratch see (default: training/emend_train/few_shot.py)",
      whole,
    )
    .option("--vectors <n>", "vectors of a learned task", whole, 1)
    .option("--out <dir>", "where page, data and plots go (default: docs/benchmarks)")
    .option("--work <dir>", "keeps what has been measured, so that a run can go on (default: runs/bench-inversion)")
    .option("--model <dir>", "checkpoint folder (default: EMEND_MODEL, else the bundled one)")
    .option("--python <file>", "a Python with training/requirements.txt (default: training/.venv/bin/python)")
    .option("--json", "print one JSON object")
    .action(async ({ limit, ...options }) => {
      const { runInversionBench } = await import("../../benchmark/inversion/runInversionBench.ts");
      using cancel = cancelOnSignals();
      await runInversionBench({ ...options, limit: Math.min(100, limit) }, cancel.signal);
    });
}
