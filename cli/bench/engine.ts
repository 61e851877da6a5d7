import { type Command, InvalidArgumentError } from "commander";
import { cancelOnSignals } from "../edit/cancelOnSignals.ts";
import { names, whole } from "./arguments.ts";

/** `emend bench engine` */
export function registerEngineBench(bench: Command): void {
  bench
    .command("engine")
    .description("time the engine against PyTorch, onnxruntime, OpenVINO and others, same weights, same run")
    .option("--case <name>", "mini, sd15 (random weights of full size) or all", caseOption, "all")
    .option("--peers <names>", "these peers (separated by commas), or none; default: all that are installed", names)
    .option("--size <pixels>", "sides that the full-size model is timed at, separated by commas", sizes, [256])
    .option("--rounds <n>", "timed evaluations in a turn", whole, 20)
    .option("--turns <n>", "engine and peer take turns so often, with so many evaluations each", whole, 3)
    .option("--gradient", "time a forward and backward pass by what task inversion learns, too")
    .option("--edit", "time whole edits of the full-size model, too")
    .option("--steps <n>", "denoising steps of an edit", whole, 20)
    .option("--steps-run <n>", "run only so many of them, and extrapolate (at least 2)", severalSteps)
    .option("--learn", "time steps of learning a task on the full-size model, too")
    .option("--no-unet", "leave out the single evaluations")
    .option("--python <file>", "a Python with training/requirements.txt (default: training/.venv/bin/python)")
    .option("--out <dir>", "where page and numbers go (default: docs/benchmarks)")
    .option("--scratch <dir>", "where up to 12 GB of weights lie meanwhile (default: the system's folder)")
    .option("--json", "print one JSON object")
    .action(async ({ unet, ...options }) => {
      const { runEngineBench } = await import("../../benchmark/engine/runEngineBench.ts");
      using cancel = cancelOnSignals();
      await runEngineBench({ ...options, noUnet: !unet }, cancel.signal);
    });
}

function caseOption(value: string): string {
  if (["mini", "sd15", "all"].includes(value)) return value;
  throw new InvalidArgumentError('expected "mini", "sd15" or "all".');
}

/** Sides of pictures: the U-Net halves a latent of an eighth of them three times. */
function sizes(value: string): number[] {
  const all = names(value).map(Number);
  if (all.every((side) => Number.isInteger(side) && side >= 64 && side <= 1024 && side % 64 === 0)) return all;
  throw new InvalidArgumentError("expected multiples of 64 from 64 to 1024, separated by commas.");
}

function severalSteps(value: string): number {
  const steps = whole(value);
  if (steps >= 2) return steps;
  throw new InvalidArgumentError("expected a whole number from 2: the first step is not like the others.");
}
