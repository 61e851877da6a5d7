import { setImmediate } from "node:timers/promises";
import { fitSize } from "../image/fitSize.ts";
import type { Picture } from "../image/Picture.ts";
import { resizePicture } from "../image/resizePicture.ts";
import type { Conditioning } from "../models/Conditioning.ts";
import type { Decoder, EditModel, EncodedText, TensorData } from "../models/EditModel.ts";
import type { LearnedTask } from "../tasks/learned/LearnedTask.ts";
import type { Acceleration } from "./Acceleration.ts";
import { type ChosenTask, chooseTask, type Predictor } from "./chooseTask.ts";
import { GuidedNetwork } from "./GuidedNetwork.ts";
import { type Branch, branchWeights } from "./guidance.ts";
import { makeSampler } from "./makeSampler.ts";
import type { Noise } from "./noise.ts";
import { PreviewClock } from "./PreviewClock.ts";
import { throwIfCancelled } from "./throwIfCancelled.ts";
import { type SamplerName, withSampler } from "./withSampler.ts";

export interface DiffusionRequest {
  /** The source, at any size. */
  readonly picture: Picture;
  readonly instruction: string;
  /** A task of the model's table or one of `learned`, "auto", or a conditioning that is there already. */
  readonly task: string | Conditioning;
  /** Learned tasks that may be chosen, beside the table's. */
  readonly learned?: readonly LearnedTask[];
  readonly steps: number;
  /** Instead of the checkpoint's own. */
  readonly sampler?: SamplerName;
  readonly textGuidance: number;
  readonly imageGuidance: number;
  /** What may be left out; absent: nothing. */
  readonly acceleration?: Acceleration;
  /** Side of the square whose area the model works at, in pixels; absent: the one that it was trained on. */
  readonly resolution?: number;
  /** What decodes the result; default "full". Previews are decoded by "tiny". */
  readonly decoder?: Decoder;
  /** Refuse under "auto" what is hardly an edit, by the predictor. */
  readonly onlyEdits?: boolean;
  /** Starting noise and the samplers' own; `seededNoise(seed)` but for tests that bring their own. */
  readonly noise: Noise;
}

export interface DiffusionOptions {
  /** Chooses the task for "auto". */
  readonly predictor?: Predictor | undefined;
  readonly onProgress?: (progress: { step: number; steps: number; preview?: Picture }) => void;
  /** Whether progress carries decoded previews. */
  readonly previews?: boolean;
  /** Asked about every preview; one that may not be shown is dropped. */
  readonly mayShow?: (preview: Picture) => boolean | Promise<boolean>;
  /** The guidance branches of a step are asked for at once: for a `model` that puts them into one evaluation. */
  readonly branchesTogether?: boolean;
  /** How many edits run just now, this one included: they share the time for previews. Default: this one. */
  readonly edits?: () => number;
  /** Looked at before every evaluation of the network. */
  readonly signal?: AbortSignal | undefined;
}

export interface DiffusionResult {
  /** What the model saw and what it made of it, both at the model's resolution. */
  readonly input: Picture;
  readonly output: Picture;
  readonly task: ChosenTask;
  /** Evaluations of the whole network, all guidance branches counted. */
  readonly evaluations: number;
  /** Evaluations of its outer layers alone, by DeepCache. */
  readonly shallowEvaluations: number;
}

/**
 * One edit at the model's resolution: InstructPix2Pix (Brooks et al. 2023) with Emu Edit's task embedding.
 * @throws EmendError `cancelled`, `unknown_task`, `no_edit`, `bad_model`, `bad_usage`
 */
export async function edit(
  model: EditModel,
  request: DiffusionRequest,
  options: DiffusionOptions = {},
): Promise<DiffusionResult> {
  // 1. The sampler first: it may refuse the number of steps.
  const { onProgress, previews = true, mayShow = () => true, branchesTogether = false } = options;
  const { edits, signal, predictor } = options;
  const { steps, textGuidance, imageGuidance, acceleration } = request;
  const sampler = makeSampler(withSampler(model.schedulerConfig, request.sampler), steps);
  const weights = branchWeights(textGuidance, imageGuidance);

  // 2. The task
  throwIfCancelled(signal);
  const { onlyEdits = false, learned = [] } = request;
  const task: ChosenTask =
    typeof request.task === "string"
      ? await chooseTask(model, request.task, request.instruction, { predictor, onlyEdits, learned })
      : { conditioning: request.task, probabilities: [] };

  // 3. The picture, at a size the model takes
  const { multiple } = model;
  const size = fitSize(request.picture, { multiple, resolution: request.resolution ?? model.resolution });
  const input = await resizePicture(request.picture, size);

  // 4. Conditionings: E(c_I) [1, c, h, w], text, what stands for the task; zeros drop the picture
  // and the task, the empty instruction drops the text.
  const image = await model.encodeImage(input);
  const zeroImage: TensorData = { dims: image.dims, data: new Float32Array(image.data.length) };
  const { task: vector, tokens, time } = task.conditioning;
  const zeroOf = (part: Float32Array | undefined) => part && new Float32Array(part.length);
  const mayUse = (branch: Branch) => weights.has(branch) || acceleration !== undefined; // which changes the weights
  const text = mayUse("both") ? addTokens(await model.encodeText(request.instruction), tokens) : undefined;
  const noText = mayUse("image") || mayUse("none") ? await model.encodeText("") : undefined;
  const conditioning = (branch: Branch) => ({
    image: branch === "none" ? zeroImage : image,
    text: (branch === "both" ? text : noText)!,
    ...optional("task", branch === "both" ? vector : zeroOf(vector)),
    ...optional("expert", task.name === undefined ? undefined : model.experts?.get(task.name)),
    ...optional("time", branch === "both" ? time : zeroOf(time)),
  });

  // 5. Starting noise z_T [1, latentChannels, h, w]
  const dims = [1, model.latentChannels, ...image.dims.slice(2)];
  const start = request
    .noise(
      0,
      dims.reduce((a, b) => a * b),
    )
    .map((value) => value * sampler.initialScale);

  // 6. Denoising
  const int8 = acceleration?.int8 ?? false;
  const network = new GuidedNetwork(
    { steps, textGuidance, imageGuidance, acceleration: acceleration ?? {}, branchesTogether },
    async (latent, timestep, { branch, deep }) => {
      await setImmediate(); // lets a cancel message or a signal in between two evaluations
      throwIfCancelled(signal);
      const inputs = { latent: { dims, data: latent }, timestep, int8, ...conditioning(branch) };
      return deep ? model.denoiseDeep(inputs, deep) : { prediction: await model.denoise(inputs) };
    },
  );
  const clock = new PreviewClock(edits);
  const onStep = async (step: number, x0: Float32Array) => {
    const wanted = onProgress && previews && step < steps;
    const take = async () => {
      const preview = await model.decodeLatent({ dims, data: x0 }, "tiny");
      return (await mayShow(preview)) ? preview : undefined;
    };
    const preview = wanted ? await clock.take(take) : undefined;
    onProgress?.({ step, steps, ...optional("preview", preview) });
  };
  const predict = (latent: Float32Array, timestep: number) => network.predict(latent, timestep);
  const sample = await sampler.sample(predict, start, { noise: request.noise, onStep });

  // 7. Back to pixels
  throwIfCancelled(signal);
  const output = await model.decodeLatent({ dims, data: sample }, request.decoder);
  const { whole: evaluations, shallow: shallowEvaluations } = network.evaluations;
  return { input, output, task, evaluations, shallowEvaluations };
}

/** The text states with learned tokens added to the last of them: padding, unless the instruction is very long. */
function addTokens(text: EncodedText, tokens: Float32Array | undefined): EncodedText {
  if (!tokens) return text;
  const data = Float32Array.from(text.states.data);
  const start = data.length - tokens.length;
  for (const [i, value] of tokens.entries()) data[start + i]! += value;
  return { ...text, states: { ...text.states, data } };
}

/** `{ [key]: value }`, or nothing when the value is absent (exactOptionalPropertyTypes). */
function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };
}
