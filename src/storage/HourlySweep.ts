const INTERVAL_MS = 3_600_000;

/** Does something at the start and every hour. Several processes may do it at the same time. */
export class HourlySweep {
  readonly #sweep: (now: number) => Promise<void>;
  readonly #onError: (error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<unknown> | undefined;

  /** @param sweep gets the time in milliseconds since 1970 */
  constructor(sweep: (now: number) => Promise<void>, onError: (error: unknown) => void) {
    this.#sweep = sweep;
    this.#onError = onError;
  }

  start(): void {
    void this.run();
    this.#timer = setInterval(() => void this.run(), INTERVAL_MS);
    this.#timer.unref();
  }

  /** Never rejects: what could not be done now is tried again. @param now milliseconds since 1970 */
  async run(now = Date.now()): Promise<void> {
    this.#running = this.#sweep(now).catch(this.#onError);
    await this.#running;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }
}
