/** A clock that tests can move. Deadlines fire when real time reaches them, or at once when the clock is moved past them. */
export class Clock {
  readonly #base: () => number;
  readonly #deadlines = new Set<{ at: number; fire: () => void; timer: NodeJS.Timeout }>();
  #offset = 0;

  constructor(base: () => number) {
    this.#base = base;
  }

  /** Milliseconds since the Unix epoch. */
  now(): number {
    return this.#base() + this.#offset;
  }

  /** Calls `fire` once, `milliseconds` from now; returns a function that cancels it. */
  after(milliseconds: number, fire: () => void): () => void {
    const cancel = () => {
      clearTimeout(deadline.timer);
      this.#deadlines.delete(deadline);
    };
    const run = () => {
      cancel();
      fire();
    };
    const deadline = { at: this.now() + milliseconds, fire: run, timer: setTimeout(run, milliseconds) };
    deadline.timer.unref();
    this.#deadlines.add(deadline);
    return cancel;
  }

  advance(milliseconds: number): void {
    this.#offset += milliseconds;
    const due = [...this.#deadlines].filter(({ at }) => at <= this.now()).sort((a, b) => a.at - b.at);
    for (const { fire } of due) fire();
  }

  close(): void {
    for (const { timer } of this.#deadlines) clearTimeout(timer);
    this.#deadlines.clear();
  }
}
