import { throwIfCancelled } from "../../gpu-worker/diffusion/throwIfCancelled.ts";
import { describeSafety } from "../../gpu-worker/engine/describeSafety.ts";
import type { EditResult, EngineInfo } from "../../gpu-worker/engine/EditEngine.ts";
import { randomSeed } from "../../gpu-worker/engine/randomSeed.ts";
import { resolveModelFolder } from "../../gpu-worker/engine/resolveModelFolder.ts";
import { resolvePredictorFolder } from "../../gpu-worker/engine/resolvePredictorFolder.ts";
import { resolveSafety } from "../../gpu-worker/engine/resolveSafety.ts";
import { validateRequest } from "../../gpu-worker/engine/validateRequest.ts";
import { encoderFor } from "../../gpu-worker/image/encodePicture.ts";
import { readEnv } from "../../src/env.ts";
import type { EditCommandOptions } from "../edit.ts";
import { findLearnedTasks } from "../task/findLearnedTasks.ts";
import { cancelOnSignals } from "./cancelOnSignals.ts";
import { checkInstructions } from "./checkInstructions.ts";
import { numbered } from "./numbered.ts";
import { progressBar } from "./progressBar.ts";
import { readPicture } from "./readPicture.ts";
import { resolveOutput } from "./resolveOutput.ts";
import { describeProfile, describeTurn, tellTurns } from "./tellTurns.ts";
import { turnOutputs } from "./turnOutputs.ts";
import { writeAtomically } from "./writeAtomically.ts";

/**
 * `emend edit`: turns in a row, each on the result of the one before, losslessly. Everything that can be refused is
 * refused before the model is loaded; a turn that is done stays when a later one fails. The engine runs in this process:
 * a child would cost a second start of Node, and there is nothing here that must stay responsive.
 * @throws EmendError
 */
export async function runEdit(
  image: string,
  instructions: readonly string[],
  options: EditCommandOptions,
): Promise<void> {
  const {
    task,
    profile,
    resolution,
    steps,
    seed = randomSeed(),
    textGuidance,
    imageGuidance,
    alpha,
    model,
    out,
    json,
  } = options;
  const given = { profile, resolution, steps, textGuidance, imageGuidance, alpha };
  const env = readEnv();
  using cancel = cancelOnSignals();
  const { signal } = cancel;

  // 1. The requests: a seed for each, so that no turn repeats the noise of another
  const settings: { [K in keyof typeof given]?: Exclude<(typeof given)[K], undefined> } = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  );
  checkInstructions(instructions);
  const seeds = instructions.map((_, i) => (i === 0 ? seed : (seed + i) % 2 ** 32));
  const requests = instructions.map((instruction, i) => ({ instruction, task, seed: seeds[i]!, ...settings }));
  const count = requests.length;
  for (const [i, request] of requests.entries()) await numbered(i, count, () => validateRequest(request));

  // 2. The files
  const outputs = turnOutputs(await resolveOutput(image, out), count);
  for (const output of outputs) await resolveOutput(image, output);
  const limits = { maxPixels: env.EMEND_MAX_PIXELS, maxBytes: env.EMEND_MAX_BYTES };
  let picture = await readPicture(image, limits);

  // 3. The model
  const folder = resolveModelFolder(model === undefined ? env : { EMEND_MODEL: model });
  const start = performance.now();
  const { LocalEngine } = await import("../../gpu-worker/engine/LocalEngine.ts"); // onnxruntime takes its time to load
  const engine = await LocalEngine.open(folder, {
    device: env.EMEND_DEVICE,
    predictor: resolvePredictorFolder(env),
    safety: resolveSafety(options.safety ? env : { ...env, EMEND_SAFETY: "off" }),
    ...(env.EMEND_TAESD === undefined ? {} : { taesd: env.EMEND_TAESD }),
    decoder: options.decoder ?? env.EMEND_DECODER,
    profile: env.EMEND_PROFILE,
  });
  const load = performance.now() - start;
  const bar = progressBar();
  try {
    const learned = await findLearnedTasks(folder);
    const results: EditResult[] = [];
    for (const [i, request] of requests.entries()) {
      // 4. The edit
      const onProgress = ({ step, steps }: { step: number; steps: number }) =>
        bar.show(i * steps + step, count * steps);
      const result: EditResult = await numbered(i, count, () =>
        engine.edit({ ...request, picture, learned }, { onProgress, previews: false, signal }),
      );
      picture = result.picture;

      // 5. The result
      const bytes = await encoderFor(outputs[i]!)!(picture);
      throwIfCancelled(signal);
      await writeAtomically(outputs[i]!, bytes);
      bar.clear();
      results.push(result);
      if (!json) console.log(describeTurn(result, outputs[i]!));
      // Where work was left out; the rest is in the JSON.
      if (!json && result.profile.name === "fast" && i === 0) console.error(describeProfile(result.profile));
    }
    if (json) console.log(JSON.stringify(tellTurns({ info: engine.info, load, instructions, outputs, results })));
    else tellSafety(engine.info, folder === resolveModelFolder({}));
  } finally {
    bar.clear();
    await engine.close();
  }
}

/** The bundled model has no checker, which need not be said at every edit. */
function tellSafety({ model, safety }: EngineInfo, bundled: boolean): void {
  if (!safety || (bundled && safety.state === "none")) return;
  console.error(`emend: ${describeSafety(safety, model, bundled)}`);
}
