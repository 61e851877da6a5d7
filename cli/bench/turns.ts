import { type Command, InvalidArgumentError } from "commander";
import { cancelOnSignals } from "../edit/cancelOnSignals.ts";
import { whole } from "./arguments.ts";

/** `emend bench turns` */
export function registerTurnsBench(bench: Command): void {
  bench
    .command("turns")
    .description("follow instructions in a row with several thresholds; write docs/benchmarks/turns.md")
    .option("--scenes <n>", "scenes to start from", whole, 200)
    .option("--turns <n>", "instructions in a row", whole, 10)
    .option("--alphas <numbers>", "thresholds from 0 to 1", thresholds, [0, 0.01, 0.025, 0.03, 0.05, 0.1, 0.25, 0.5])
    .option("--size <n>", "side of the pictures in pixels", whole, 256)
    .option("--out <dir>", "where page, data and plot go (default: docs/benchmarks)")
    .option("--work <dir>", "keeps what has been measured, so that a run can go on (default: runs/bench-turns)")
    .option("--model <dir>", "checkpoint folder (default: EMEND_MODEL, else the bundled one)")
    .option("--json", "print one JSON object")
    .action(async (options) => {
      const { runTurnsBench } = await import("../../benchmark/turns/runTurnsBench.ts");
      using cancel = cancelOnSignals();
      await runTurnsBench(options, cancel.signal);
    });
}

function thresholds(value: string): number[] {
  return value.split(",").map((text) => {
    const number = text.trim() === "" ? Number.NaN : Number(text);
    if (!(number >= 0 && number <= 1)) throw new InvalidArgumentError("expected numbers from 0 to 1.");
    return number;
  });
}
