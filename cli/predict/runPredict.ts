import { resolvePredictorFolder } from "../../gpu-worker/engine/resolvePredictorFolder.ts";
import type { Prediction } from "../../gpu-worker/tasks/predictor/Prediction.ts";
import { readEnv } from "../../src/env.ts";
import { EmendError } from "../../src/errors/EmendError.ts";
import type { PredictCommandOptions } from "../predict.ts";
import { lineWriter } from "./lineWriter.ts";
import { readLines } from "./readLines.ts";

/** Characters of a line that are looked at: many times what the predictor reads. */
const maxLine = 10_000;
/** Tasks that people see. */
const shown = 3;

type Opinion = Pick<Prediction, "tasks" | "edit">;

/** A line without words keeps its place, and asks for nothing. */
const nothing: Opinion = { tasks: [], edit: 0 };

/**
 * `emend predict`: one instruction, or one per line of standard input, answered line by line as they come.
 * @throws EmendError `bad_instruction`, `bad_model`
 */
export async function runPredict(
  instruction: string,
  { predictor: folder, json }: PredictCommandOptions,
): Promise<void> {
  if (instruction.trim() === "") {
    throw new EmendError(
      "bad_instruction",
      'the instruction is empty; say what to change, for example "make the boat red".',
    );
  }
  const env = readEnv();
  const { TaskPredictor } = await import("../../gpu-worker/tasks/predictor/TaskPredictor.ts"); // loads onnxruntime
  const predictor = await TaskPredictor.open(
    resolvePredictorFolder(folder === undefined ? env : { EMEND_PREDICTOR: folder }),
  );
  const output = lineWriter(process.stdout);
  try {
    if (instruction !== "-") {
      const opinion = await predictor.predict(instruction);
      await output.write(json ? asJson(opinion) : asTable(opinion));
      return;
    }
    for await (const line of readLines(process.stdin, maxLine)) {
      const opinion = line.trim() === "" ? nothing : await predictor.predict(line);
      if (!(await output.write(json ? asJson(opinion) : asLine(opinion)))) break;
    }
  } finally {
    process.stdin.destroy();
    await predictor.close();
  }
}

const asJson = ({ tasks, edit }: Opinion): string => JSON.stringify({ tasks, edit });

const percent = (probability: number): string => `${(100 * probability).toFixed(1)} %`;

function asTable({ tasks, edit }: Opinion): string {
  const rows = tasks.slice(0, shown).map(({ name, probability }) => [name, percent(probability)] as const);
  const named = Math.max(...rows.map(([name]) => name.length), "an edit".length);
  const lines = [...rows, ["an edit", percent(edit)] as const];
  return lines.map(([name, value]) => `${name.padEnd(named)}  ${value.padStart(7)}`).join("\n");
}

const asLine = ({ tasks }: Opinion): string =>
  tasks
    .slice(0, shown)
    .map(({ name, probability }) => `${name} ${percent(probability)}`)
    .join(", ");
