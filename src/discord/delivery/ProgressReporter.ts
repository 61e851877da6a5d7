/** How long `stop` waits for an edit that is under way. Milliseconds. */
const STOP_LIMIT_MS = 5_000;

export interface ReporterOptions<View> {
  /** Shows a view. A rejection is for `onError` to judge. */
  readonly show: (view: View, signal: AbortSignal) => Promise<void>;
  /** Returns false when there is no sense in showing anything any more. */
  readonly onError: (error: unknown) => boolean;
  /** Shortest time between two edits, counted from the end of one to the start of the next. */
  readonly intervalMs: () => number;
  /** Pause before the first, in which a quick edit gets done. */
  readonly firstMs: number;
}

/** Shows the newest of many views, seldom enough: a view that is overtaken while it waits is never shown. */
export class ProgressReporter<View> {
  readonly #options: ReporterOptions<View>;
  readonly #abort = new AbortController();
  #newest: View | undefined;
  #shown: View | undefined;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #earliest: number;

  constructor(options: ReporterOptions<View>) {
    this.#options = options;
    this.#earliest = Date.now() + options.firstMs;
  }

  /** The newest view. Views are values: an equal-looking new object is shown again, so change it only when it differs. */
  update(view: View): void {
    this.#newest = view;
    this.#plan();
  }

  /** Shows nothing from now on, and resolves when nothing is on its way any more. */
  async stop(): Promise<void> {
    this.#newest = undefined;
    clearTimeout(this.#timer);
    this.#earliest = Number.POSITIVE_INFINITY;
    if (!this.#running) return;
    const timer = setTimeout(() => this.#abort.abort(), STOP_LIMIT_MS);
    await this.#running;
    clearTimeout(timer);
  }

  #plan(): void {
    if (this.#running || this.#earliest === Number.POSITIVE_INFINITY || this.#newest === this.#shown) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#show(), Math.max(0, this.#earliest - Date.now()));
  }

  #show(): void {
    const view = this.#newest;
    if (view === undefined || this.#running) return;
    this.#shown = view;
    this.#running = this.#options
      .show(view, this.#abort.signal)
      .catch((error: unknown) => {
        if (!this.#options.onError(error)) this.#earliest = Number.POSITIVE_INFINITY;
      })
      .finally(() => {
        this.#running = undefined;
        if (this.#earliest !== Number.POSITIVE_INFINITY) this.#earliest = Date.now() + this.#options.intervalMs();
        this.#plan();
      });
  }
}
