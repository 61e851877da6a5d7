import { setImmediate } from "node:timers/promises";

/** Edits that come one after the other have about so long between them (result out, next picture in). Milliseconds. */
const defaultQuiet = 250;

/**
 * Runs one thing at a time: edits in the order of their calls, and a training's steps only while there are no edits. A step
 * also waits a moment after an edit, since the next of several edits arrives when the one before has been delivered: so
 * ten edits wait for one step, and not each for its own.
 */
export class TurnQueue {
  readonly #quiet: number;
  #tail: Promise<unknown> = Promise.resolve();
  #edits = 0;
  /** When the last edit ended, by performance.now(). */
  #ended = Number.NEGATIVE_INFINITY;

  constructor(quietMilliseconds = defaultQuiet) {
    this.#quiet = quietMilliseconds;
  }

  /** Runs an edit: behind the edits before it and the step that is running. */
  async edit<T>(task: () => Promise<T>): Promise<T> {
    this.#edits++;
    try {
      return await this.#run(task);
    } finally {
      this.#edits--;
      this.#ended = performance.now();
    }
  }

  /** Runs a training's step, when no edit wants its turn. */
  async step<T>(task: () => Promise<T>): Promise<T> {
    for (;;) {
      await setImmediate(); // what has arrived meanwhile is an edit, perhaps
      const rest = this.#edits > 0 ? this.#quiet : this.#ended + this.#quiet - performance.now();
      if (rest <= 0) return this.#run(task);
      await new Promise((resolve) => setTimeout(resolve, rest));
    }
  }

  #run<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(task);
    this.#tail = result.catch(() => {});
    return result;
  }
}
