const previewMilliseconds = 10_000;
/** Previews take no more than this share of the time: on a large network one takes as long as many steps. */
const previewShare = 0.1;

/** What is due after a step. */
export interface Due {
  readonly checkpoint: boolean;
  readonly preview: boolean;
  /** How long the remaining steps will take, in milliseconds. */
  readonly remaining: number;
}

/** Says after each step of learning what is due, and how long the rest will take. */
export class LearnClock {
  readonly #total: number;
  readonly #checkpointMilliseconds: number;
  readonly #now: () => number;
  readonly #began: number;
  #done = 0;
  #saved: number;
  #nextPreview: number;

  /** @param total steps that are left; @param now milliseconds, for tests */
  constructor(total: number, checkpointMilliseconds: number, now: () => number = () => performance.now()) {
    this.#total = total;
    this.#checkpointMilliseconds = checkpointMilliseconds;
    this.#now = now;
    this.#began = now();
    this.#saved = this.#began;
    this.#nextPreview = this.#began + previewMilliseconds;
  }

  /** To be called after every step. */
  step(): Due {
    const now = this.#now();
    this.#done++;
    const checkpoint = now - this.#saved >= this.#checkpointMilliseconds;
    if (checkpoint) this.#saved = now;
    const remaining = ((now - this.#began) / this.#done) * (this.#total - this.#done);
    return { checkpoint, preview: now >= this.#nextPreview, remaining };
  }

  /** Runs a preview, and puts off the next one by how long it took. */
  async timed<T>(preview: () => Promise<T>): Promise<T> {
    const start = this.#now();
    const result = await preview();
    const now = this.#now();
    this.#nextPreview = now + Math.max(previewMilliseconds, (now - start) * (1 / previewShare - 1));
    return result;
  }
}
