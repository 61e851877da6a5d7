import type { Hub } from "../server/state/Hub.ts";

export interface WaitOptions {
  /** Milliseconds; 10,000 unless told. */
  timeoutMs?: number;
  signal?: AbortSignal;
}

/**
 * Resolves with the first value that `check` gives, asked now and after every event; no polling.
 * Rejects with what `check` throws, when the time is over (naming `what`), or when the signal aborts.
 */
export function waitFor<T>(
  hub: Hub,
  what: () => string,
  check: () => T | undefined,
  options: WaitOptions = {},
): Promise<T> {
  const { timeoutMs = 10_000, signal } = options;
  return new Promise((resolve, reject) => {
    const finish = (act: () => void) => {
      clearTimeout(timer);
      stop();
      signal?.removeEventListener("abort", onAbort);
      act();
    };
    const onAbort = () => finish(() => reject(signal?.reason));
    const attempt = () => {
      try {
        const value = check();
        if (value !== undefined) finish(() => resolve(value));
      } catch (error) {
        finish(() => reject(error));
      }
    };
    const timer = setTimeout(() => finish(() => reject(new Error(`waited ${timeoutMs} ms for ${what()}`))), timeoutMs);
    const stop = hub.listen(attempt);
    if (signal?.aborted) return onAbort();
    signal?.addEventListener("abort", onAbort);
    attempt();
  });
}
