import { edit } from "../diffusion/edit.ts";
import { seededNoise } from "../diffusion/noise.ts";
import { throwIfCancelled } from "../diffusion/throwIfCancelled.ts";
import { composeEdit } from "../image/composeEdit.ts";
import type { EditModel } from "../models/EditModel.ts";
import { type OpenOptions, openEditModel } from "../models/openEditModel.ts";
import { TaskPredictor } from "../tasks/predictor/TaskPredictor.ts";
import type { EditEngine, EditOptions, EditRequest, EditResult, EngineInfo } from "./EditEngine.ts";
import { EditQueue } from "./EditQueue.ts";
import { validateRequest, validateTask } from "./validateRequest.ts";

export interface EngineOptions extends OpenOptions {
  /** The task predictor's folder. Without one a task must be named, where the checkpoint has tasks. */
  readonly predictor?: string;
}

/**
 * The engine in this process. An evaluation of the network blocks the event loop while it runs (onnxruntime-node is
 * synchronous inside), so processes that must stay responsive use `EngineProcess`.
 */
export class LocalEngine implements EditEngine {
  readonly info: EngineInfo;
  readonly #model: EditModel;
  readonly #predictor: TaskPredictor | undefined;
  readonly #queue = new EditQueue();

  private constructor(model: EditModel, predictor: TaskPredictor | undefined, loadMilliseconds: number) {
    this.#model = model;
    this.#predictor = predictor;
    const { name, device, tasks, defaults } = model;
    this.info = { model: name, device, tasks: [...tasks.keys()], defaults, loadMilliseconds };
  }

  /** @throws EmendError `bad_model`, `bad_usage` */
  static async open(folder: string, { predictor: predictorFolder, ...options }: EngineOptions): Promise<LocalEngine> {
    const start = performance.now();
    const model = await openEditModel(folder, options);
    const predictor = predictorFolder === undefined ? undefined : await TaskPredictor.open(predictorFolder);
    return new LocalEngine(model, predictor, performance.now() - start);
  }

  async edit(request: EditRequest, options: EditOptions = {}): Promise<EditResult> {
    validateRequest(request);
    validateTask(request.task, this.info.tasks);
    return this.#queue.run(() => this.#edit(request, options));
  }

  async #edit(request: EditRequest, options: EditOptions): Promise<EditResult> {
    throwIfCancelled(options.signal);
    const start = performance.now();
    const { picture, seed } = request;
    const { defaults } = this.info;
    const steps = request.steps ?? defaults.steps;
    const textGuidance = request.textGuidance ?? defaults.textGuidance;
    const imageGuidance = request.imageGuidance ?? defaults.imageGuidance;
    const resolved = { ...request, steps, textGuidance, imageGuidance, noise: seededNoise(seed) };
    const all = { ...options, predictor: this.#predictor };
    const { input, output, task, evaluations } = await edit(this.#model, resolved, all);
    const composed = composeEdit(picture, input, output);
    return {
      picture: composed.picture,
      ...(task.name === undefined ? {} : { task: task.name }),
      tasks: task.probabilities,
      ...(task.edit === undefined ? {} : { edit: task.edit }),
      seed,
      steps,
      textGuidance,
      imageGuidance,
      evaluations,
      milliseconds: performance.now() - start,
    };
  }

  async close(): Promise<void> {
    await this.#queue.run(async () => {
      await this.#model.close();
      await this.#predictor?.close();
    });
  }
}
