import { LocalEngine } from "../gpu-worker/engine/LocalEngine.ts";
import { resolveModelFolder } from "../gpu-worker/engine/resolveModelFolder.ts";
import { resolvePredictorFolder } from "../gpu-worker/engine/resolvePredictorFolder.ts";
import { readEnv } from "../src/env.ts";
import { EmendError } from "../src/errors/EmendError.ts";
import type { TaskName } from "../src/queue/tasks.ts";
import { worldTasks } from "../world/index.ts";
import { editBenchmark } from "./editBenchmark.ts";

export interface EditBenchOptions {
  task?: TaskName;
  limit?: number;
  model?: string;
  taskFrom: "named" | "auto";
  steps?: number;
  textGuidance?: number;
  imageGuidance?: number;
  json?: boolean;
}

/** Side of the benchmark's pictures, pixels: the resolution the bundled model was trained on. */
const SIZE = 64;

/** `emend bench edit`: prints a table, or with `json` one object `{tasks, mean}`. */
export async function runEditBench(options: EditBenchOptions, signal?: AbortSignal): Promise<void> {
  const { model, json, ...rest } = options;
  if (rest.task && !worldTasks.includes(rest.task)) {
    throw new EmendError(
      "unknown_task",
      `the world makes no "${rest.task}" edits yet; one of ${worldTasks.join(", ")}`,
    );
  }
  const env = readEnv();
  const engine = await LocalEngine.open(
    resolveModelFolder(model === undefined ? env : { ...env, EMEND_MODEL: model }),
    {
      device: env.EMEND_DEVICE,
      ...(rest.taskFrom === "auto" && { predictor: resolvePredictorFolder(env) }),
    },
  );
  try {
    const onPair = (done: number) => process.stderr.isTTY && process.stderr.write(`\r${done} edits`);
    const result = await editBenchmark(engine, { ...rest, size: SIZE, onPair, ...(signal && { signal }) });
    if (process.stderr.isTTY) process.stderr.write("\r");
    if (json) return void console.log(JSON.stringify(result));
    console.log("task          n   edit    keep  s/edit  evaluations");
    for (const [name, row] of Object.entries(result.tasks)) {
      console.log(
        `${name.padEnd(11)} ${String(row.n).padStart(3)}  ${row.edit.toFixed(3).padStart(5)}  ${row.keep.toFixed(4)}  ${row.seconds.toFixed(3).padStart(6)}  ${row.evaluations}`,
      );
    }
    console.log(`mean             ${result.mean.edit.toFixed(3).padStart(6)}  ${result.mean.keep.toFixed(4)}`);
  } finally {
    await engine.close();
  }
}
