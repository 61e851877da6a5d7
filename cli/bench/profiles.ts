import { type Command, Option } from "commander";
import { cancelOnSignals } from "../edit/cancelOnSignals.ts";
import { upTo100, whole } from "./arguments.ts";

/** `emend bench profiles` */
export function registerProfilesBench(bench: Command): void {
  bench
    .command("profiles")
    .description("what the fast profile costs in quality and saves in time; write docs/benchmarks/profiles.md")
    .addOption(
      new Option("--case <name>", "mini: quality on the bundled model; sd15: time of a full-size checkpoint")
        .choices(["mini", "sd15", "all"])
        .default("all"),
    )
    .option("--limit <n>", "pairs per task", upTo100, 2)
    .option("--resolution <px>", "of the full-size edits", whole, 256)
    .option("--rounds <n>", "full-size edits by each profile", whole, 2)
    .option("--timed <n>", "steps that diffusers runs", whole, 3)
    .option("--out <dir>", "where page, data and plots go (default: docs/benchmarks)")
    .option("--work <dir>", "keeps what has been measured, so that a run can go on (default: runs/bench-profiles)")
    .option("--model <dir>", "checkpoint folder for the quality (default: EMEND_MODEL, else the bundled one)")
    .option("--python <file>", "a Python with training/requirements.txt (default: training/.venv/bin/python)")
    .option("--json", "print one JSON object")
    .action(async (options) => {
      const { runProfilesBench } = await import("../../benchmark/profiles/runProfilesBench.ts");
      using cancel = cancelOnSignals();
      await runProfilesBench(options, cancel.signal);
    });
}
