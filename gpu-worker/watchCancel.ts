import { setInterval as every } from "node:timers/promises";

export interface CancelWatch {
  /** Aborted when somebody asked for it, in whichever process. */
  readonly signal: AbortSignal;
  /** Looks now. Never rejects. */
  look(): Promise<void>;
  stop(): void;
}

/**
 * Asks again and again whether a job is to stop.
 * @param isCancelled may fail: an outage of Redis is no wish to stop
 */
export function watchCancel(isCancelled: () => Promise<boolean>, pollMs: number): CancelWatch {
  const cancelled = new AbortController();
  const stopped = new AbortController();
  const look = async () => {
    if (await isCancelled().catch(() => false)) cancelled.abort();
  };
  void (async () => {
    await look();
    for await (const _ of every(pollMs, undefined, { signal: stopped.signal })) await look();
  })().catch(() => undefined);
  return { signal: cancelled.signal, look, stop: () => stopped.abort() };
}
