import type { Command } from "commander";
import { whole } from "./arguments.ts";

/** `emend bench predictor` */
export function registerPredictorBench(bench: Command): void {
  bench
    .command("predictor")
    .description("score and time the task predictor on instructions of people it was not trained on")
    .option("--data <files...>", "JSONL of {task, text} (default: the corpus's dev voices)")
    .option("--predictor <dir>", "predictor folder (default: EMEND_PREDICTOR, else the bundled one)")
    .option("--limit <n>", "sentences of each file (default: all)", whole)
    .option("--json", "print one JSON object")
    .action(async (options) => {
      const { runPredictorBench } = await import("../../benchmark/predictor/runPredictorBench.ts");
      await runPredictorBench(options);
    });
}
