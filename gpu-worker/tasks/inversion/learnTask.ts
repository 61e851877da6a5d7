import { createHash } from "node:crypto";
import { EmendError } from "../../../src/errors/EmendError.ts";
import { alphasCumprod } from "../../diffusion/alphasCumprod.ts";
import { type DiffusionRequest, edit } from "../../diffusion/edit.ts";
import { seededNoise } from "../../diffusion/noise.ts";
import { parseSchedulerConfig } from "../../diffusion/schedulerConfig.ts";
import { throwIfCancelled } from "../../diffusion/throwIfCancelled.ts";
import type { LearnOptions, LearnRequest, LearnResult } from "../../engine/learning.ts";
import type { Picture } from "../../image/Picture.ts";
import type { Conditioning } from "../../models/Conditioning.ts";
import type { EditModel } from "../../models/EditModel.ts";
import { writeLearnedTask } from "../learned/learnedTaskFile.ts";
import { adamW } from "./AdamW.ts";
import { type BatchOptions, drawBatch } from "./drawBatch.ts";
import { firstValues } from "./firstValues.ts";
import { layoutOf } from "./Layout.ts";
import { LearnClock } from "./LearnClock.ts";
import { defaultSteps, type LearnSettings, learnDefaults } from "./LearnSettings.ts";
import { type LearnState, loadLearnState, newLearnState, saveLearnState } from "./LearnState.ts";
import { type PreparedExample, prepareExamples } from "./prepareExamples.ts";
import { type Batch, splitBatch } from "./splitBatch.ts";
import { validateLearnRequest } from "./validateLearnRequest.ts";

/**
 * Weights from which on a network takes one sample at a time: activations of SD-1.5's size need 0.6 GB each at 256 px, and a
 * batch is no faster than its samples one by one.
 */
const largeNetwork = 250_000_000;
/** What such a network learns at on a CPU, where edits are made at this resolution, too: a step at 512 px takes five times as long. */
const cpuSide = 256;

/** Samples that the held-out loss is the mean of. Their timesteps and noise are never trained on. */
const heldOut = 16;
const heldOutStream = 0x800_0000;
const noiseStream = 0x700_0000;
const noiseLatents = 64;
/** Denoising steps of a preview at most. */
const lookSteps = 8;

/**
 * Task inversion (METHOD §4; Emu Edit, eq. 3): the network stays as it is, and what tells it the task is found by gradient
 * descent on a few examples.
 * @throws EmendError `bad_usage`, `cancelled`
 */
export async function learnTask(
  model: EditModel,
  request: LearnRequest,
  { onProgress, signal }: LearnOptions = {},
  given: Partial<LearnSettings> = {},
): Promise<LearnResult> {
  validateLearnRequest(request);
  const began = performance.now();
  const settings = { ...learnDefaults, ...given };
  const { seed, steps = defaultSteps, vectors = 1 } = request;
  const examples = request.examples.map(hashExample);
  const checkpoint = await model.hash();
  const side = request.resolution ?? defaultSide(model);
  if (side % model.multiple !== 0) {
    throw new EmendError(
      "bad_usage",
      `resolution must be a multiple of ${model.multiple} for this model (got ${side}).`,
    );
  }
  const { checkpointMilliseconds: _, ...matters } = settings;
  const identity = createHash("sha256")
    .update(JSON.stringify([checkpoint, examples, seed, steps, vectors, side, matters]))
    .digest("hex");

  // 1. What does not change: latents, texts, noise
  const augment = examples.length < settings.augmentBelow;
  const prepared = await prepareExamples(model, request.examples, { seed, side, augment });
  const draw = batches(model, prepared, side, seed, settings);
  const layout = layoutOf(model, vectors);

  // 2. Where to start
  // In batches of the same size as the steps': a turn is as long, and one graph serves both.
  const validation = Array.from({ length: Math.ceil(heldOut / settings.batch) }, (_, i) =>
    draw(heldOutStream + i, settings.batch),
  );
  const perPass = settings.perPass ?? (model.parameters > largeNetwork ? 1 : settings.batch);
  /** Loss and gradient of a batch, pass by pass. */
  const differentiate = async (batch: Batch, values: Float32Array) => {
    const gradient = new Float32Array(layout.size);
    let loss = 0;
    for (const part of splitBatch(batch, perPass)) {
      throwIfCancelled(signal);
      const found = await model.differentiate({ ...part, conditioning: layout.read(values) });
      loss += found.loss;
      for (const [i, value] of layout.join(found.gradient).entries()) gradient[i]! += value;
    }
    return { loss, gradient };
  };
  const lossOf = async (values: Float32Array, batches = validation) => {
    let sum = 0;
    for (const batch of batches) sum += (await differentiate(batch, values)).loss;
    return sum / batches.length;
  };
  const state: LearnState = request.resume
    ? loadLearnState(request.resume, identity, layout.size)
    : newLearnState(await firstValues(model, layout, settings.start, (values) => lossOf(values, [validation[0]!])));
  if (state.losses.length === 0) state.losses.push([0, await lossOf(state.values)]);

  // 3. Gradient descent
  const clock = new LearnClock(steps - state.step, settings.checkpointMilliseconds);
  let running: number | undefined;
  while (state.step < steps && !isDone(state, settings)) {
    const { loss, gradient } = await differentiate(draw(state.step, settings.batch), state.values);
    if (!Number.isFinite(loss)) throw new EmendError("engine_failed", "the loss is not finite; check the pictures.");
    adamW(state.values, gradient, state.optimizer, { rate: rateAt(state.step, steps, settings) });
    running = running === undefined ? loss : 0.9 * running + 0.1 * loss;
    state.step++;
    if (state.step % settings.every === 0 || state.step === steps) {
      const loss = await lossOf(state.values);
      if (loss < leastLoss(state)) state.best.set(state.values);
      state.losses.push([state.step, loss]);
    }
    const due = clock.step();
    if (!onProgress) continue;
    const quick = { seed, resolution: side, decoder: "tiny" } as const;
    const preview = await clock.preview(() => look(model, prepared[0]!, layout.read(state.best), quick, signal));
    onProgress({
      step: state.step,
      steps,
      loss: running!,
      remainingMilliseconds: due.remaining,
      ...(due.checkpoint ? { checkpoint: saveLearnState(state, identity) } : {}),
      ...(preview ? { preview } : {}),
    });
  }

  // 4. The best of what was seen
  throwIfCancelled(signal);
  const conditioning = layout.read(state.best);
  const shown = prepared.filter((_, i) => i % (prepared.length / request.examples.length) === 0);
  const pictures: Picture[] = [];
  for (const example of shown) {
    pictures.push(await look(model, example, conditioning, { seed, resolution: side }, signal));
  }
  return {
    file: writeLearnedTask({
      name: request.name,
      description: request.description ?? "",
      instructions: [...new Set(request.examples.map(({ instruction }) => instruction.trim()))],
      checkpoint,
      examples,
      seed,
      steps: state.step,
      losses: state.losses,
      conditioning: Object.fromEntries(
        Object.entries(conditioning).map(([name, part]) => [name, Float32Array.from(part)]),
      ),
    }),
    steps: state.step,
    losses: state.losses,
    pictures,
    milliseconds: performance.now() - began,
  };
}

/** Side of the squares that are learned from, in pixels. */
const defaultSide = ({ device, parameters, resolution }: EditModel): number =>
  device === "cpu" && parameters > largeNetwork ? Math.min(cpuSide, resolution) : resolution;

/** SHA-256 over sizes, pixels and text of an example, hex. */
function hashExample({ input, output, instruction }: LearnRequest["examples"][number]): string {
  const hash = createHash("sha256");
  for (const { width, height, data } of [input, output]) hash.update(`${width} × ${height}\n`).update(data);
  return hash.update(instruction).digest("hex");
}

/** Draws of the examples by this model's noise schedule. */
function batches(
  model: EditModel,
  prepared: readonly PreparedExample[],
  side: number,
  seed: number,
  settings: LearnSettings,
) {
  const config = parseSchedulerConfig(model.schedulerConfig);
  const shape = [model.latentChannels, side / model.downscale, side / model.downscale];
  const common: Omit<BatchOptions, "stream" | "size"> = {
    seed,
    shape,
    noise: seededNoise(seed)(noiseStream, noiseLatents * shape.reduce((a, b) => a * b)),
    alphasCumprod: alphasCumprod(config),
    predictionType: config.prediction_type,
    // A network that predicts ε says nothing at pure noise: the answer is the input.
    pureNoise: config.prediction_type === "epsilon" ? 0 : settings.pureNoise,
    dropImage: settings.dropImage,
    ...(settings.minSnr === undefined ? {} : { minSnr: settings.minSnr }),
  };
  return (stream: number, size: number) => drawBatch(prepared, { ...common, stream, size });
}

function rateAt(step: number, steps: number, { rate, warmup }: LearnSettings): number {
  return rate * Math.min(1, (step + 1) / warmup) * 0.5 * (1 + Math.cos((Math.PI * step) / steps));
}

const leastLoss = ({ losses }: LearnState) => Math.min(...losses.map(([, loss]) => loss));

/** Whether the last looks brought nothing better. */
function isDone({ losses }: LearnState, { patience }: LearnSettings): boolean {
  if (losses.length <= patience) return false;
  const before = Math.min(...losses.slice(0, -patience).map(([, loss]) => loss));
  return losses.slice(-patience).every(([, loss]) => loss >= before);
}

/** What the task makes of an example: a quick look. */
async function look(
  model: EditModel,
  { picture, instruction }: PreparedExample,
  conditioning: Conditioning,
  options: Pick<DiffusionRequest, "resolution" | "decoder"> & { readonly seed: number },
  signal: AbortSignal | undefined,
): Promise<Picture> {
  const { textGuidance, imageGuidance, steps } = model.defaults;
  const quick = { steps: Math.min(steps, lookSteps), textGuidance, imageGuidance, noise: seededNoise(options.seed) };
  return (await edit(model, { picture, instruction, task: conditioning, ...options, ...quick }, { signal })).output;
}
