import { edit } from "../diffusion/edit.ts";
import { seededNoise } from "../diffusion/noise.ts";
import { throwIfCancelled } from "../diffusion/throwIfCancelled.ts";
import { composeEdit } from "../image/composeEdit.ts";
import { defaultAlpha } from "../image/defaultAlpha.ts";
import type { EditModel } from "../models/EditModel.ts";
import { type OpenOptions, openEditModel } from "../models/openEditModel.ts";
import { learnTask } from "../tasks/inversion/learnTask.ts";
import { validateLearnRequest } from "../tasks/inversion/validateLearnRequest.ts";
import type { LearnedTask } from "../tasks/learned/LearnedTask.ts";
import { readLearnedTaskFor } from "../tasks/learned/readLearnedTaskFor.ts";
import { TaskPredictor } from "../tasks/predictor/TaskPredictor.ts";
import type { EditEngine, EditOptions, EditRequest, EditResult, EngineInfo } from "./EditEngine.ts";
import { EditQueue } from "./EditQueue.ts";
import type { LearningEngine, LearnOptions, LearnRequest, LearnResult } from "./learning.ts";
import { StepBatcher } from "./StepBatcher.ts";
import { TurnQueue } from "./TurnQueue.ts";
import { validateRequest, validateTask } from "./validateRequest.ts";

export interface EngineOptions extends OpenOptions {
  /** The guidance branches of an edit share an evaluation, too; default: on GPUs, since a CPU gains nothing by it. */
  readonly branchesTogether?: boolean;
  /** The task predictor's folder. Without one a task must be named, where the checkpoint has tasks. */
  readonly predictor?: string;
}

/**
 * The engine in this process. An evaluation of the network blocks the event loop while it runs (onnxruntime-node is
 * synchronous inside), so processes that must stay responsive use `EngineProcess`.
 */
export class LocalEngine implements EditEngine, LearningEngine {
  readonly info: EngineInfo;
  readonly #model: EditModel;
  readonly #predictor: TaskPredictor | undefined;
  readonly #branchesTogether: boolean;
  /** Absent where every evaluation is for one input. */
  readonly #batcher: StepBatcher | undefined;
  readonly #queue: TurnQueue;
  readonly #lessons = new EditQueue();

  private constructor(
    model: EditModel,
    predictor: TaskPredictor | undefined,
    info: EngineInfo,
    branchesTogether: boolean,
  ) {
    this.#model = model;
    this.#predictor = predictor;
    this.info = info;
    this.#branchesTogether = branchesTogether;
    this.#batcher = model.batch > 1 || branchesTogether ? new StepBatcher(model) : undefined;
    this.#queue = new TurnQueue(model.batch);
  }

  /** @throws EmendError `bad_model`, `bad_usage` */
  static async open(folder: string, engineOptions: EngineOptions): Promise<LocalEngine> {
    const { predictor: predictorFolder, branchesTogether, ...options } = engineOptions;
    const start = performance.now();
    const model = await openEditModel(folder, options);
    const predictor = predictorFolder === undefined ? undefined : await TaskPredictor.open(predictorFolder);
    const { name, device, deviceNote, tasks, defaults, batch } = model;
    const info = {
      model: name,
      checkpoint: await model.hash(),
      device,
      ...(deviceNote === undefined ? {} : { deviceNote }),
      tasks: [...tasks.keys()],
      defaults,
      concurrency: batch,
      loadMilliseconds: performance.now() - start,
    };
    return new LocalEngine(model, predictor, info, branchesTogether ?? device !== "cpu");
  }

  async edit(request: EditRequest, options: EditOptions = {}): Promise<EditResult> {
    validateRequest(request);
    const learned = await this.#read(request.learned ?? []);
    validateTask(request.task, [...this.info.tasks, ...learned.map(({ name }) => name)]);
    return this.#queue.edit(() => this.#edit({ ...request, learned }, options));
  }

  async learn(request: LearnRequest, options: LearnOptions = {}): Promise<LearnResult> {
    validateLearnRequest(request);
    // Step by step through the queue, so that edits wait for one step at most.
    const turn = <T>(work: () => Promise<T>) => this.#queue.step(work);
    return this.#lessons.run(() => learnTask(this.#model, request, options, { turn }));
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
    const { defaults } = this.info;
    const steps = request.steps ?? defaults.steps;
    const textGuidance = request.textGuidance ?? defaults.textGuidance;
    const imageGuidance = request.imageGuidance ?? defaults.imageGuidance;
    const resolved = { ...request, learned, steps, textGuidance, imageGuidance, noise: seededNoise(seed) };
    const all = {
      ...options,
      predictor: this.#predictor,
      branchesTogether: this.#branchesTogether,
      edits: () => this.#queue.running,
    };
    const { input, output, task, evaluations } = await edit(this.#modelFor(options.signal), resolved, all);
    const composed = composeEdit(picture, input, output, { alpha });
    return {
      picture: composed.picture,
      ...(task.name === undefined ? {} : { task: task.name }),
      tasks: task.probabilities,
      ...(task.edit === undefined ? {} : { edit: task.edit }),
      seed,
      steps,
      textGuidance,
      imageGuidance,
      alpha,
      keptShare: composed.keptShare,
      evaluations,
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
    });
  }
}
