/**
 * Decides when a preview is due: at most once in an interval, and rarely enough that decoding previews takes no more than a
 * tenth of the time (a pixel-space model decodes in microseconds, a full autoencoder in seconds), of all edits together
 * that run side by side.
 */
export class PreviewClock {
  #next: number;
  readonly #edits: () => number;
  readonly #now: () => number;
  readonly #interval: number;

  /** @param edits how many run just now, this one included; @param interval in milliseconds */
  constructor(edits: () => number = () => 1, now: () => number = () => performance.now(), interval = 250) {
    this.#edits = edits;
    this.#now = now;
    this.#interval = interval;
    this.#next = now() + interval;
  }

  /** Runs `decode` if a preview is due. */
  async take<T>(decode: () => Promise<T>): Promise<T | undefined> {
    const start = this.#now();
    if (start < this.#next) return undefined;
    const preview = await decode();
    const end = this.#now();
    this.#next = end + Math.max(this.#interval, (10 * this.#edits() - 1) * (end - start));
    return preview;
  }
}
