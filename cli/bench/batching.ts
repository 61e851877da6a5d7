import { type Command, Option } from "commander";
import { cancelOnSignals } from "../edit/cancelOnSignals.ts";
import { whole } from "./arguments.ts";

/** `emend bench batching` */
export function registerBatchingBench(bench: Command): void {
  bench
    .command("batching")
    .description(
      "time edits at once, their denoising steps batched, against one after the other; write docs/benchmarks",
    )
    .addOption(
      new Option("--case <name>", "mini (the bundled model) or sd15 (InstructPix2Pix's size, random weights)")
        .choices(["mini", "sd15"])
        .default("mini"),
    )
    .option("--most <n>", "edits at once, at most 16", whole, 16)
    .option("--rounds <n>", "how often so many are asked for", whole, 3)
    .option("--steps <n>", "denoising steps of an edit", whole, 20)
    .option("--out <dir>", "where page and numbers go (default: docs/benchmarks)")
    .option("--model <dir>", "another checkpoint folder")
    .option("--json", "print the numbers as one JSON object, too")
    .action(async (options) => {
      const { runBatchingBench } = await import("../../benchmark/batching/runBatchingBench.ts");
      using cancel = cancelOnSignals();
      await runBatchingBench(options, cancel.signal);
    });
}
