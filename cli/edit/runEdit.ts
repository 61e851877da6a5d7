import { throwIfCancelled } from "../../gpu-worker/diffusion/throwIfCancelled.ts";
import { randomSeed } from "../../gpu-worker/engine/randomSeed.ts";
import { resolveModelFolder } from "../../gpu-worker/engine/resolveModelFolder.ts";
import { resolvePredictorFolder } from "../../gpu-worker/engine/resolvePredictorFolder.ts";
import { validateRequest } from "../../gpu-worker/engine/validateRequest.ts";
import { encoderFor } from "../../gpu-worker/image/encodePicture.ts";
import { readEnv } from "../../src/env.ts";
import type { EditCommandOptions } from "../edit.ts";
import { findLearnedTasks } from "../task/findLearnedTasks.ts";
import { cancelOnSignals } from "./cancelOnSignals.ts";
import { progressBar } from "./progressBar.ts";
import { readPicture } from "./readPicture.ts";
import { resolveOutput } from "./resolveOutput.ts";
import { writeAtomically } from "./writeAtomically.ts";

/**
 * `emend edit`: everything that can be refused is refused before the model is loaded. The engine runs in this process:
 * a child would cost a second start of Node, and there is nothing here that must stay responsive.
 * @throws EmendError
 */
export async function runEdit(image: string, instruction: string, options: EditCommandOptions): Promise<void> {
  const { task, steps, seed = randomSeed(), textGuidance, imageGuidance, alpha, model, out, json } = options;
  const given = { steps, textGuidance, imageGuidance, alpha };
  const env = readEnv();
  using cancel = cancelOnSignals();
  const { signal } = cancel;

  // 1. The request
  const numbers: { [K in keyof typeof given]?: number } = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  );
  const request = { instruction, task, seed, ...numbers };
  validateRequest(request);

  // 2. The files
  const output = await resolveOutput(image, out);
  const limits = { maxPixels: env.EMEND_MAX_PIXELS, maxBytes: env.EMEND_MAX_BYTES };
  const picture = await readPicture(image, limits);

  // 3. The model
  const folder = resolveModelFolder(model === undefined ? env : { EMEND_MODEL: model });
  const start = performance.now();
  const { LocalEngine } = await import("../../gpu-worker/engine/LocalEngine.ts"); // onnxruntime takes its time to load
  const engine = await LocalEngine.open(folder, { device: env.EMEND_DEVICE, predictor: resolvePredictorFolder(env) });
  const load = performance.now() - start;
  const bar = progressBar();
  try {
    // 4. The edit
    const onProgress = ({ step, steps }: { step: number; steps: number }) => bar.show(step, steps);
    const learned = await findLearnedTasks(folder);
    const result = await engine.edit({ ...request, picture, learned }, { onProgress, previews: false, signal });

    // 5. The result
    const bytes = await encoderFor(output)!(result.picture);
    throwIfCancelled(signal);
    await writeAtomically(output, bytes);
    bar.clear();
    const { picture: edited, milliseconds, ...about } = result;
    if (json) {
      const size = { width: edited.width, height: edited.height };
      const times = { load: Math.round(load), edit: Math.round(milliseconds) };
      console.log(
        JSON.stringify({
          model: engine.info.model,
          checkpoint: engine.info.checkpoint,
          task: null,
          ...about,
          milliseconds: times,
          output,
          ...size,
        }),
      );
    } else {
      const named = result.task === undefined ? "" : `, task ${result.task}`;
      console.log(`${output} (${(milliseconds / 1000).toFixed(1)} s${named}, ${result.steps} steps, seed ${seed})`);
    }
  } finally {
    bar.clear();
    await engine.close();
  }
}
