import { readFile, rm } from "node:fs/promises";
import { resolveModelFolder } from "../../gpu-worker/engine/resolveModelFolder.ts";
import { readEnv } from "../../src/env.ts";
import { EmendError } from "../../src/errors/EmendError.ts";
import { cancelOnSignals } from "../edit/cancelOnSignals.ts";
import { progressBar } from "../edit/progressBar.ts";
import { writeAtomically } from "../edit/writeAtomically.ts";
import type { LearnCommandOptions } from "../task.ts";
import { openTaskFolder } from "./openTaskFolder.ts";
import { readExamples } from "./readExamples.ts";

/**
 * `emend task learn`: everything that can be refused is refused before the model is loaded. An interrupted run goes on
 * when the same command is given again.
 * @throws EmendError
 */
export async function runLearn(name: string, options: LearnCommandOptions): Promise<void> {
  const { description = "", steps, seed, vectors, resolution, model, out, json } = options;
  const env = readEnv();
  using cancel = cancelOnSignals();
  const { signal } = cancel;
  const { validateLearnRequest } = await import("../../gpu-worker/tasks/inversion/validateLearnRequest.ts");

  // 1. The request
  const limits = { maxPixels: env.EMEND_MAX_PIXELS, maxBytes: env.EMEND_MAX_BYTES };
  const examples = await readExamples(options.examples, limits);
  const numbers = {
    ...(steps !== undefined && { steps }),
    ...(vectors !== undefined && { vectors }),
    ...(resolution !== undefined && { resolution }),
  };
  const request = { name, description, examples, seed, ...numbers };
  validateLearnRequest(request);
  const folder = openTaskFolder();
  if (out === undefined && folder.has(name)) {
    throw new EmendError("bad_usage", `there is a learned task "${name}" already; remove it, or choose another name.`);
  }

  // 2. The model
  const { LocalEngine } = await import("../../gpu-worker/engine/LocalEngine.ts"); // onnxruntime takes its time to load
  const engine = await LocalEngine.open(resolveModelFolder(model === undefined ? env : { EMEND_MODEL: model }), {
    device: env.EMEND_DEVICE,
  });
  const bar = progressBar();
  const saved = `${options.examples}/.${name}.learning`;
  try {
    if (engine.info.tasks.includes(name)) {
      throw new EmendError("bad_usage", `the model has a task "${name}" of its own; choose another name.`);
    }

    // 3. Learning, from where an interrupted run of the same request stopped
    const learn = (resume?: Uint8Array) =>
      engine.learn(
        { ...request, ...(resume ? { resume } : {}) },
        {
          signal,
          onProgress({ step, steps, checkpoint }) {
            bar.show(step, steps);
            if (checkpoint) void writeAtomically(saved, checkpoint).catch(() => {}); // a convenience, no more
          },
        },
      );
    const resume = await readFile(saved).catch(() => undefined);
    const result = await learn(resume).catch((error) => {
      // The saved state belongs to other examples or other options.
      if (resume && error instanceof EmendError && error.code === "bad_usage") return learn();
      throw error;
    });
    await rm(saved, { force: true });

    // 4. The result
    const file = out ?? (await folder.write(name, result.file));
    if (out !== undefined) await writeAtomically(out, result.file);
    bar.clear();
    const seconds = Math.round(result.milliseconds / 100) / 10;
    if (json) {
      const { steps, losses } = result;
      console.log(JSON.stringify({ name, file, examples: examples.length, steps, losses, seed, seconds }));
    } else {
      const [first, last] = [result.losses[0]![1], Math.min(...result.losses.map(([, loss]) => loss))];
      const change = `loss ${first.toPrecision(3)} to ${last.toPrecision(3)}`;
      console.log(`${file} (${result.steps} steps, ${seconds} s, ${change})`);
    }
  } finally {
    bar.clear();
    await engine.close();
  }
}
