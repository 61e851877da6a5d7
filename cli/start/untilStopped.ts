/** A second signal within this time is the same one: a terminal sends it to all processes, and our launcher again. */
const SAME_SIGNAL_MS = 1_000;

export interface Stop {
  /** Resolves at the first SIGINT or SIGTERM, or when the process that started us is gone. */
  readonly stopped: Promise<void>;
  /** Aborts at the same moment. */
  readonly signal: AbortSignal;
  /** Whether the process that started us is gone, and its Redis with it. */
  orphaned(): boolean;
}

/** Turns signals into an orderly end; whoever insists gets a quick one. */
export function untilStopped(): Stop {
  const controller = new AbortController();
  let first = 0;
  let orphaned = false;
  const stopped = new Promise<void>((resolve) => {
    const stop = () => {
      const now = Date.now();
      if (first !== 0 && now - first > SAME_SIGNAL_MS) process.exit(130);
      if (first === 0) first = now;
      controller.abort();
      resolve();
    };
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, stop);
    process.once("disconnect", () => {
      orphaned = true;
      stop();
    });
    process.channel?.unref(); // a process that has failed must be able to end
  });
  return { stopped, signal: controller.signal, orphaned: () => orphaned };
}
