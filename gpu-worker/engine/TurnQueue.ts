import { setImmediate } from "node:timers/promises";

/** Edits that come one after the other have about so long between them (result out, next picture in). Milliseconds. */
const defaultQuiet = 250;

interface Entry {
  /** Runs while nothing else does. */
  readonly alone: boolean;
  readonly start: () => Promise<void>;
}

/**
 * Runs edits in the order of their calls, up to a number of them at once, and a training's steps only while there are no
 * edits. A step also waits a moment after an edit, since the next of several edits arrives when the one before has been
 * delivered: so ten edits wait for one step, and not each for its own.
 */
export class TurnQueue {
  readonly #quiet: number;
  readonly #limit: number;
  readonly #entries: Entry[] = [];
  #running = 0;
  #isAlone = false;
  #edits = 0;
  /** When the last edit ended, by performance.now(). */
  #ended = Number.NEGATIVE_INFINITY;

  /** @param limit edits at once */
  constructor(limit = 1, quietMilliseconds = defaultQuiet) {
    this.#limit = limit;
    this.#quiet = quietMilliseconds;
  }

  /** What runs just now. */
  get running(): number {
    return this.#running;
  }

  /** Runs an edit: behind the edits before it, as soon as there is a place, and behind the step that is running. */
  edit<T>(task: () => Promise<T>): Promise<T> {
    return this.#counted(() => this.#enter(task, false));
  }

  /** Runs something that no edit may run beside, behind the edits before it. */
  alone<T>(task: () => Promise<T>): Promise<T> {
    return this.#counted(() => this.#enter(task, true));
  }

  /** Runs a training's step, when no edit wants its turn. */
  async step<T>(task: () => Promise<T>): Promise<T> {
    for (;;) {
      await setImmediate(); // what has arrived meanwhile is an edit, perhaps
      const rest = this.#edits > 0 ? this.#quiet : this.#ended + this.#quiet - performance.now();
      if (rest <= 0) return this.#enter(task, true);
      await new Promise((resolve) => setTimeout(resolve, rest));
    }
  }

  async #counted<T>(run: () => Promise<T>): Promise<T> {
    this.#edits++;
    try {
      return await run();
    } finally {
      this.#edits--;
      this.#ended = performance.now();
    }
  }

  #enter<T>(task: () => Promise<T>, alone: boolean): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    this.#entries.push({ alone, start: () => task().then(resolve, reject) });
    this.#startNext();
    return promise;
  }

  /** Starts entries in their order, as long as the first of them may. */
  #startNext(): void {
    for (let next = this.#entries[0]; next && this.#mayStart(next); next = this.#entries[0]) {
      this.#entries.shift();
      this.#running++;
      this.#isAlone = next.alone;
      void next.start().finally(() => {
        this.#running--;
        this.#isAlone = false;
        this.#startNext();
      });
    }
  }

  #mayStart({ alone }: Entry): boolean {
    return alone ? this.#running === 0 : !this.#isAlone && this.#running < this.#limit;
  }
}
