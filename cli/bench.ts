import { type Command, InvalidArgumentError } from "commander";
import { EmendError } from "../src/errors/EmendError.ts";
import { type TaskName, taskNames } from "../src/queue/tasks.ts";
import { names, whole } from "./bench/arguments.ts";

import { registerBatchingBench } from "./bench/batching.ts";
import { registerEngineBench } from "./bench/engine.ts";
import { registerGpuBench } from "./bench/gpu.ts";

import { registerInversionBench } from "./bench/inversion.ts";
import { registerLearningBench } from "./bench/learning.ts";
import { registerPredictorBench } from "./bench/predictor.ts";
import { registerProfilesBench } from "./bench/profiles.ts";
import { registerTurnsBench } from "./bench/turns.ts";
import { cancelOnSignals } from "./edit/cancelOnSignals.ts";

/** `emend bench …`: the commands behind every number in docs/benchmarks.md and docs/benchmarks. */
export function register(program: Command): void {
  const bench = program
    .command("bench")
    .description("measure edits and the engine")
    // The program's own way, but "(Did you mean --steps?)" on the same line.
    .configureOutput({
      outputError: (text, write) => write(text.replace(/^error: /, "emend: ").replaceAll(/\n(?=.)/g, " ")),
    });

  bench
    .command("tasks")
    .description("measure every task, the task embedding, samplers, guidance and the ablations; write docs/benchmarks")
    .option("--only <names>", "these sections (separated by commas), not all", names)
    .option("--redo <names>", "measure these sections anew, and no others", names)
    .option("--limit <n>", "pairs per task, at most (default: all 100)", whole)
    .option("--out <dir>", "where tables, data and plots go (default: docs/benchmarks)")
    .option("--work <dir>", "keeps what has been measured, so that a run can go on (default: runs/bench-tasks)")
    .option("--model <dir>", "checkpoint folder (default: EMEND_MODEL, else the bundled one)")
    .option("--python <file>", "a Python with training/requirements.txt (default: training/.venv/bin/python)")
    .option("--samples <n>", "pictures that each arm of the ablations is trained on", whole, 24_000)
    .option("--seeds <n>", "training seeds of each arm of the ablations", whole, 2)
    .option("--training <file>", "the curve's JSONL (default: docs/benchmarks/training.jsonl)")
    .option("--json", "print one JSON object")
    .action(async (options) => {
      const { runTaskBench } = await import("../benchmark/tasks/runTaskBench.ts");
      using cancel = cancelOnSignals();
      await runTaskBench(options, cancel.signal);
    });

  bench
    .command("sheet")
    .description("draw a contact sheet of held-out pairs: source, what the model makes of it, exact answer")
    .requiredOption("--out <file>", "the PNG to write")
    .option("--each <n>", "pairs per task", whole, 4)
    .option("--model <dir>", "checkpoint folder (default: EMEND_MODEL, else the bundled one)")
    .action(async (options) => {
      const { runSheet } = await import("../benchmark/sheet/runSheet.ts");
      using cancel = cancelOnSignals();
      await runSheet(options, cancel.signal);
    });

  bench
    .command("edit")
    .description("edit the world's held-out pairs and score them against their exact answers")
    .option("--task <name>", "only this task", taskOption)
    .option("--limit <n>", "pairs per task (default: all 100)", whole)
    .option("--model <dir>", "checkpoint folder (default: EMEND_MODEL, else the bundled one)")
    .option("--task-from <how>", '"named" gives the true task, "auto" lets the model predict it', "named")
    .option("--steps <n>", "denoising steps", whole)
    .option("--text-guidance <x>", "s_T", nonNegative)
    .option("--image-guidance <x>", "s_I", nonNegative)
    .option("--json", "print one JSON object")
    .action(async (options) => {
      if (options.taskFrom !== "named" && options.taskFrom !== "auto") {
        throw new EmendError("bad_usage", `--task-from is "named" or "auto", not "${options.taskFrom}"`);
      }
      const { runEditBench } = await import("../benchmark/runEditBench.ts");
      using cancel = cancelOnSignals();
      await runEditBench(options, cancel.signal);
    });

  registerBatchingBench(bench);
  registerGpuBench(bench);
  registerEngineBench(bench);
  registerInversionBench(bench);
  registerLearningBench(bench);
  registerPredictorBench(bench);
  registerProfilesBench(bench);
  registerTurnsBench(bench);
}

function taskOption(value: string): TaskName {
  const name = taskNames.find((each) => each === value);
  if (!name) throw new InvalidArgumentError(`unknown task; one of ${taskNames.join(", ")}.`);
  return name;
}

function nonNegative(value: string): number {
  const number = Number(value);
  if (value.trim() === "" || !Number.isFinite(number) || number < 0)
    throw new InvalidArgumentError("expected a number from 0.");
  return number;
}
