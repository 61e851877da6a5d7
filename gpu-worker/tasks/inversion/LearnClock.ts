import { PreviewClock } from "../../diffusion/PreviewClock.ts";

const previewMilliseconds = 10_000;

/** What is due after a step. */
export interface Due {
  readonly checkpoint: boolean;
  /** How long the remaining steps will take, in milliseconds. */
  readonly remaining: number;
}

/** Says after each step of learning what is due, and how long the rest will take. */
export class LearnClock {
  readonly #total: number;
  readonly #checkpointMilliseconds: number;
  readonly #now: () => number;
  readonly #previews: PreviewClock;
  readonly #began: number;
  #done = 0;
  #saved: number;

  /** @param total steps that are left; @param now milliseconds, for tests */
  constructor(total: number, checkpointMilliseconds: number, now: () => number = () => performance.now()) {
    this.#total = total;
    this.#checkpointMilliseconds = checkpointMilliseconds;
    this.#now = now;
    this.#previews = new PreviewClock(() => 1, now, previewMilliseconds);
    this.#began = now();
    this.#saved = this.#began;
  }

  /** To be called after every step. */
  step(): Due {
    const now = this.#now();
    this.#done++;
    const checkpoint = now - this.#saved >= this.#checkpointMilliseconds;
    if (checkpoint) this.#saved = now;
    return { checkpoint, remaining: ((now - this.#began) / this.#done) * (this.#total - this.#done) };
  }

  /** Makes a preview if one is due: previews take a tenth of the time at most, for on a large network one takes as long as many steps. */
  preview<T>(make: () => Promise<T>): Promise<T | undefined> {
    return this.#previews.take(make);
  }
}
