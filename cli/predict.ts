import type { Command } from "commander";

export interface PredictCommandOptions {
  readonly predictor?: string;
  readonly json?: boolean;
}

/** `emend predict INSTRUCTION` */
export function register(program: Command): void {
  program
    .command("predict")
    .description("tells which task an instruction asks for, and whether it asks for an edit at all")
    .argument("<instruction>", 'for example "make the boat red"; - reads one per line from standard input')
    .option("--predictor <dir>", "predictor folder (default: EMEND_PREDICTOR, or the bundled one)")
    .option("--json", "print one JSON object per instruction, with all tasks, most probable first")
    .action(async (instruction: string, options: PredictCommandOptions) => {
      const { runPredict } = await import("./predict/runPredict.ts");
      await runPredict(instruction, options);
    });
}
