import { type Command, Option } from "commander";
import { cancelOnSignals } from "../edit/cancelOnSignals.ts";
import { whole } from "./arguments.ts";

/** `emend bench gpu` */
export function registerGpuBench(bench: Command): void {
  bench
    .command("gpu")
    .description("time edits, batched steps and a learned task on this machine's GPU; write one JSON file")
    .addOption(
      new Option("--case <name>", "sd15 (InstructPix2Pix's size, random weights) or mini (to try the command)")
        .choices(["mini", "sd15"])
        .default("sd15"),
    )
    .requiredOption("--out <file>", "the JSON file to write")
    .option("--side <px>", "of the square pictures", whole, 512)
    .option("--steps <n>", "denoising steps of the exact edit", whole, 50)
    .option("--fast-steps <n>", "of the fast profile", whole, 15)
    .option("--rounds <n>", "timed edits of each kind", whole, 3)
    .option("--learn-steps <n>", "gradient steps of the task that is learned (default: what a task gets)", whole)
    .action(async (options) => {
      const { runGpuBench } = await import("../../benchmark/gpu/runGpuBench.ts");
      using cancel = cancelOnSignals();
      await runGpuBench(options, cancel.signal);
    });
}
