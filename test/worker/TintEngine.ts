import { setTimeout as sleep } from "node:timers/promises";
import type {
  EditEngine,
  EditOptions,
  EditRequest,
  EditResult,
  EngineInfo,
} from "../../gpu-worker/engine/EditEngine.ts";
import { EmendError } from "../../src/errors/EmendError.ts";

export interface TintOptions {
  /** Pause per step. Milliseconds. */
  stepMs?: number;
  readonly tasks?: readonly string[];
  /** What the predictor says: the second task's share, and whether it is an edit at all. */
  second?: number;
  isEdit?: number;
  /** Edits at once. */
  concurrency?: number;
  /** How many of the first edits fail as a dying engine does. */
  failures?: number;
}

/** An engine for tests of everything around it: shifts all colours by the seed, step by step. */
export class TintEngine implements EditEngine {
  readonly info: EngineInfo;
  readonly edits: EditRequest[] = [];
  /** The most edits that ran side by side. */
  mostAtOnce = 0;
  #running = 0;
  /** May be changed between edits. */
  readonly options: TintOptions;

  constructor(options: TintOptions = {}) {
    this.options = options;
    this.info = {
      model: "tint",
      checkpoint: "c".repeat(64),
      device: "cpu",
      tasks: options.tasks ?? ["texture", "add", "remove"],
      defaults: { steps: 4, textGuidance: 7.5, imageGuidance: 1.5 },
      loadMilliseconds: 1,
      concurrency: options.concurrency ?? 1,
    };
  }

  async edit(request: EditRequest, options: EditOptions = {}): Promise<EditResult> {
    this.#running++;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#running);
    return this.#edit(request, options).finally(() => this.#running--);
  }

  async #edit(request: EditRequest, { onProgress, signal }: EditOptions): Promise<EditResult> {
    this.edits.push(request);
    if (request.task !== "auto" && !this.info.tasks.includes(request.task)) {
      throw new EmendError("unknown_task", `the model does not know the task "${request.task}"`);
    }
    const { second = 0.08, isEdit = 0.99 } = this.options;
    if (request.onlyEdits && request.task === "auto" && isEdit < 0.1) {
      throw new EmendError("no_edit", "the instruction does not ask for an edit");
    }
    const steps = request.steps ?? this.info.defaults.steps;
    for (let step = 1; step <= steps; step++) {
      try {
        await sleep(this.options.stepMs ?? 1, undefined, signal ? { signal } : {});
      } catch (cause) {
        throw new EmendError("cancelled", "the edit was cancelled", { cause });
      }
      if ((this.options.failures ?? 0) > 0 && step === 2) {
        this.options.failures = (this.options.failures ?? 0) - 1;
        throw new EmendError("engine_failed", "the engine ended unexpectedly");
      }
      onProgress?.({ step, steps, preview: { width: 8, height: 8, data: new Uint8Array(192).fill(step) } });
    }
    const { width, height, data } = request.picture;
    const shifted = data.map((value) => (value + 1 + (request.seed % 200)) & 255);
    return {
      picture: { width, height, data: shifted },
      task: request.task === "auto" ? "texture" : request.task,
      tasks: [
        { name: "texture", probability: 1 - second },
        { name: "add", probability: second },
        { name: "remove", probability: 0 },
      ],
      edit: isEdit,
      seed: request.seed,
      steps,
      textGuidance: 7.5,
      imageGuidance: 1.5,
      alpha: request.alpha ?? 0.03,
      keptShare: 0,
      profile: {
        ...{ name: request.profile === "fast" ? "fast" : "exact", resolution: 64 },
        ...{ reason: "it is a test", decoder: "full" },
      },
      shallowEvaluations: 0,
      evaluations: steps * 3,
      milliseconds: 12,
    };
  }

  async close(): Promise<void> {}
}
