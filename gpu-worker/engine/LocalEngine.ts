import type { DecoderName } from "../../src/queue/decoders.ts";
import type { ProfileName } from "../../src/queue/profiles.ts";
import { edit } from "../diffusion/edit.ts";
import { seededNoise } from "../diffusion/noise.ts";
import { profileSettings } from "../diffusion/profileSettings.ts";
import { throwIfCancelled } from "../diffusion/throwIfCancelled.ts";
import { composeEdit } from "../image/composeEdit.ts";
import { defaultAlpha } from "../image/defaultAlpha.ts";
import type { Picture } from "../image/Picture.ts";
import type { EditModel } from "../models/EditModel.ts";
import { type OpenOptions, openEditModel } from "../models/openEditModel.ts";
import type { SafetySetting } from "../safety/SafetySetting.ts";
import { learnTask } from "../tasks/inversion/learnTask.ts";
import { validateLearnRequest } from "../tasks/inversion/validateLearnRequest.ts";
import type { LearnedTask } from "../tasks/learned/LearnedTask.ts";
import { readLearnedTaskFor } from "../tasks/learned/readLearnedTaskFor.ts";
import { TaskPredictor } from "../tasks/predictor/TaskPredictor.ts";
import { validateDecoder } from "./chooseDecoder.ts";
import type { EditEngine, EditOptions, EditRequest, EditResult, EngineInfo } from "./EditEngine.ts";
import { EditQueue } from "./EditQueue.ts";
import { inTurns } from "./inTurns.ts";
import type { LearningEngine, LearnOptions, LearnRequest, LearnResult } from "./learning.ts";
import { ProfileChooser } from "./ProfileChooser.ts";
import { SafetyGate } from "./SafetyGate.ts";
import { StepBatcher } from "./StepBatcher.ts";
import { TurnQueue } from "./TurnQueue.ts";
import { validateRequest, validateTask } from "./validateRequest.ts";

export interface EngineOptions extends OpenOptions {
  /** The guidance branches of an edit share an evaluation, too; default: on GPUs, since a CPU gains nothing by it. */
  readonly branchesTogether?: boolean;
  /** The task predictor's folder. Without one a task must be named, where the checkpoint has tasks. */
  readonly predictor?: string;
  /** What checks pictures; default: nothing does, as benchmarks want it. Whoever takes pictures of others sets it. */
  readonly safety?: SafetySetting;
  /** Of requests that name none; default "exact". */
  readonly profile?: ProfileName;
  /** What decodes results; default "auto". */
  readonly decoder?: DecoderName;
}

/** What an engine is made of. */
interface Parts {
  readonly model: EditModel;
  readonly predictor: TaskPredictor | undefined;
  readonly gate: SafetyGate | undefined;
}

/**
 * The engine in this process. An evaluation of the network blocks the event loop while it runs (onnxruntime-node is
 * synchronous inside), so processes that must stay responsive use `EngineProcess`.
 */
export class LocalEngine implements EditEngine, LearningEngine {
  readonly info: EngineInfo;
  readonly #model: EditModel;
  readonly #predictor: TaskPredictor | undefined;
  readonly #gate: SafetyGate | undefined;
  readonly #profiles: ProfileChooser;
  readonly #branchesTogether: boolean;
  /** Absent where every evaluation is for one input. */
  readonly #batcher: StepBatcher | undefined;
  readonly #queue: TurnQueue;
  readonly #lessons = new EditQueue();

  private constructor({ model, predictor, gate }: Parts, info: EngineInfo, options: EngineOptions) {
    this.#model = model;
    this.#predictor = predictor;
    this.#gate = gate;
    this.info = info;
    this.#profiles = new ProfileChooser(model, options);
    this.#branchesTogether = options.branchesTogether ?? model.device !== "cpu";
    this.#batcher = model.batch > 1 || this.#branchesTogether ? new StepBatcher(model) : undefined;
    this.#queue = new TurnQueue(model.batch);
  }

  /** @throws EmendError `bad_model`, `bad_usage` */
  static async open(folder: string, options: EngineOptions): Promise<LocalEngine> {
    const start = performance.now();
    const { safety, decoder = "auto" } = options;
    const model = await openEditModel(folder, options);
    validateDecoder(decoder, model);
    const predictor = options.predictor === undefined ? undefined : await TaskPredictor.open(options.predictor);
    const { name, device, deviceNote, tasks, defaults, batch } = model;
    const gate = safety && (await SafetyGate.open({ folder, name }, safety, { ...options, device }));
    const info = {
      model: name,
      checkpoint: await model.hash(),
      device,
      ...(deviceNote === undefined ? {} : { deviceNote }),
      tasks: [...tasks.keys()],
      defaults,
      concurrency: batch,
      ...(gate && { safety: gate.status }),
      loadMilliseconds: performance.now() - start,
    };
    return new LocalEngine({ model, predictor, gate }, info, options);
  }

  async edit(request: EditRequest, options: EditOptions = {}): Promise<EditResult> {
    validateRequest(request);
    const learned = await this.#read(request.learned ?? []);
    validateTask(request.task, [...this.info.tasks, ...learned.map(({ name }) => name)]);
    return this.#queue.edit(() => this.#edit({ ...request, learned }, options));
  }

  async learn(request: LearnRequest, options: LearnOptions = {}): Promise<LearnResult> {
    validateLearnRequest(request);
    const model = inTurns(this.#model, (work) => this.#queue.step(work));
    return this.#lessons.run(() => learnTask(model, request, options));
  }

  /** @throws EmendError `bad_usage` for a file that is damaged or belongs to another checkpoint */
  async #read(files: readonly Uint8Array[]): Promise<LearnedTask[]> {
    const tasks: LearnedTask[] = [];
    for (const file of files) tasks.push(await readLearnedTaskFor(this.#model, file));
    return tasks;
  }

  async #edit(
    { learned, ...request }: Omit<EditRequest, "learned"> & { readonly learned: readonly LearnedTask[] },
    options: EditOptions,
  ): Promise<EditResult> {
    throwIfCancelled(options.signal);
    const start = performance.now();
    const { picture, seed, alpha = defaultAlpha } = request;
    const gate = request.ageRestricted ? undefined : this.#gate;
    await gate?.require(picture, "unsafe_picture");
    const { defaults } = this.info;
    const textGuidance = request.textGuidance ?? defaults.textGuidance;
    const imageGuidance = request.imageGuidance ?? defaults.imageGuidance;
    const guidance = { textGuidance, imageGuidance };
    const profile = await this.#profiles.choose({ ...request, ...guidance });
    const { resolution, decoder } = profile;
    const settings = profileSettings(profile.name, request, this.#model);
    const resolved = {
      ...settings,
      ...request,
      learned,
      steps: settings.steps,
      ...guidance,
      resolution,
      decoder,
      noise: seededNoise(seed),
    };
    const mayShow = (preview: Picture) => gate?.allows(preview) ?? true;
    const all = {
      ...{ ...options, predictor: this.#predictor, mayShow },
      branchesTogether: this.#branchesTogether,
      edits: () => this.#queue.running,
    };
    const model = this.#modelFor(options.signal);
    const { input, output, task, evaluations, shallowEvaluations } = await edit(model, resolved, all);
    const composed = composeEdit(picture, input, output, { alpha });
    await gate?.require(composed.picture, "unsafe_result");
    return {
      picture: composed.picture,
      ...(task.name === undefined ? {} : { task: task.name }),
      tasks: task.probabilities,
      ...(task.edit === undefined ? {} : { edit: task.edit }),
      profile,
      seed,
      steps: settings.steps,
      textGuidance,
      imageGuidance,
      alpha,
      keptShare: composed.keptShare,
      evaluations,
      shallowEvaluations,
      milliseconds: performance.now() - start,
    };
  }

  /** The model as one edit sees it: its evaluations go along with those of the others. */
  #modelFor(signal: AbortSignal | undefined): EditModel {
    const batcher = this.#batcher;
    return batcher ? { ...this.#model, denoise: (input) => batcher.denoise(input, signal) } : this.#model;
  }

  async close(): Promise<void> {
    await this.#queue.alone(async () => {
      await this.#model.close();
      await this.#predictor?.close();
      await this.#gate?.close();
    });
  }
}
