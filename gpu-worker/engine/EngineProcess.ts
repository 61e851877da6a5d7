import { setTimeout as wait } from "node:timers/promises";
import { EmendError } from "../../src/errors/EmendError.ts";
import { throwIfCancelled } from "../diffusion/throwIfCancelled.ts";
import { validateLearnRequest } from "../tasks/inversion/validateLearnRequest.ts";
import { ChildGoneError } from "./ChildGoneError.ts";
import type { EditEngine, EditOptions, EditRequest, EditResult, EngineInfo } from "./EditEngine.ts";
import { EditQueue } from "./EditQueue.ts";
import { type ChildOptions, EngineChild } from "./EngineChild.ts";
import type { LearningEngine, LearnOptions, LearnRequest, LearnResult } from "./learning.ts";
import { TurnQueue } from "./TurnQueue.ts";
import { validateRequest, validateTask } from "./validateRequest.ts";

export interface EngineProcessOptions extends ChildOptions {
  /** After this many crashes in a row, without a successful edit between them, no further start is tried. */
  readonly maxCrashes?: number;
  /** Pause before the start after the first crash; doubled for each further one, up to 30 s. */
  readonly backoffMilliseconds?: number;
}

const maxBackoff = 30_000;

/**
 * The engine in a child process (ARCHITECTURE, decision 3): this process stays responsive, an edit can be cancelled even
 * in the middle of an evaluation (by killing the child after a grace), and a crash costs one edit, which fails with
 * `engine_failed` and can be tried again: the next edit starts a new child. Edits that only ran beside it are done anew
 * here, each by itself, so that the one at fault takes no other along a second time.
 */
export class EngineProcess implements EditEngine, LearningEngine {
  readonly #options: EngineProcessOptions;
  readonly #queue: TurnQueue;
  readonly #lessons = new EditQueue();
  #child: EngineChild | undefined;
  #starting: Promise<EngineChild> | undefined;
  #info: EngineInfo;
  #crashes = 0;
  #notBefore = 0;
  #closed = false;

  private constructor(child: EngineChild, options: EngineProcessOptions) {
    this.#options = options;
    this.#info = child.info;
    this.#queue = new TurnQueue(child.info.concurrency);
    this.#adopt(child);
  }

  /** Resolves when the model is loaded. @throws EmendError `bad_model`, `bad_usage`, `engine_failed` */
  static async start(options: EngineProcessOptions): Promise<EngineProcess> {
    return new EngineProcess(await EngineChild.start(options), options);
  }

  get info(): EngineInfo {
    return this.#info;
  }

  /** The child's process id; undefined while there is none. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  async edit(request: EditRequest, options: EditOptions = {}): Promise<EditResult> {
    validateRequest(request);
    if (!request.learned?.length) validateTask(request.task, this.#info.tasks);
    const attempt = async () => {
      const child = await this.#living(options.signal);
      const result = await child.edit(request, options);
      this.#crashes = 0;
      return result;
    };
    return this.#queue.edit(attempt).catch((error) => {
      const isInnocent = error instanceof ChildGoneError && error.otherEdits > 0;
      if (!isInnocent || this.#closed) throw error;
      return this.#queue.alone(attempt);
    });
  }

  /** When the child dies meanwhile (an edit that had to be killed takes it along), `engine_failed`: resume then. */
  async learn(request: LearnRequest, options: LearnOptions = {}): Promise<LearnResult> {
    validateLearnRequest(request);
    // Not through the queue of edits: the child puts single steps between them.
    return this.#lessons.run(async () => (await this.#living(options.signal)).learn(request, options));
  }

  /** Ends the child; edits that are running fail. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#child?.close();
  }

  /** The child, or a new one: whoever needs it waits for the same start. */
  async #living(signal: AbortSignal | undefined): Promise<EngineChild> {
    throwIfCancelled(signal);
    if (this.#child) return this.#child;
    this.#starting ??= this.#restart().finally(() => {
      this.#starting = undefined;
    });
    const cancelled = aborted(signal);
    try {
      return await Promise.race([this.#starting, cancelled.promise]);
    } finally {
      cancelled.stop();
    }
  }

  #adopt(child: EngineChild): EngineChild {
    this.#child = child;
    this.#info = child.info;
    child.gone.then(() => {
      this.#child = undefined;
      if (!child.ended) this.#countCrash();
    });
    return child;
  }

  async #restart(): Promise<EngineChild> {
    if (this.#closed) throw new EmendError("engine_failed", "the engine is closed.");
    if (this.#crashes >= (this.#options.maxCrashes ?? 5)) {
      const message = `the engine crashed ${this.#crashes} times in a row and stays down; see its log, then restart the worker.`;
      throw new EmendError("engine_failed", message);
    }
    await wait(Math.max(0, this.#notBefore - Date.now()));
    try {
      const child = this.#adopt(await EngineChild.start(this.#options));
      if (this.#closed) await child.close();
      return child;
    } catch (error) {
      this.#countCrash();
      throw error;
    }
  }

  #countCrash(): void {
    const pause = (this.#options.backoffMilliseconds ?? 250) * 2 ** this.#crashes;
    this.#crashes++;
    this.#notBefore = Date.now() + Math.min(pause, maxBackoff);
  }
}

/** Rejects with `cancelled` when the signal comes. */
function aborted(signal: AbortSignal | undefined): { promise: Promise<never>; stop: () => void } {
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(new EmendError("cancelled", "it was cancelled.", { cause: signal?.reason }));
  signal?.addEventListener("abort", onAbort);
  return { promise, stop: () => signal?.removeEventListener("abort", onAbort) };
}
