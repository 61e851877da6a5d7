/**
 * Decides when a preview is due: at most every 250 ms, and rarely enough that decoding previews takes no more than a
 * tenth of the time (a pixel-space model decodes in microseconds, a full autoencoder in seconds).
 */
export class PreviewClock {
  #next: number;
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#next = now() + intervalMs;
  }

  /** Runs `decode` if a preview is due. */
  async take<T>(decode: () => Promise<T>): Promise<T | undefined> {
    const start = this.#now();
    if (start < this.#next) return undefined;
    const preview = await decode();
    const end = this.#now();
    this.#next = end + Math.max(intervalMs, 9 * (end - start));
    return preview;
  }
}

const intervalMs = 250;
