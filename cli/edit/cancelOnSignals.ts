/**
 * A signal that Ctrl-C or a polite kill aborts, so that the edit ends at its next step and leaves nothing behind.
 * Disposing it gives the signals back.
 */
export function cancelOnSignals(): Disposable & { readonly signal: AbortSignal } {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const names = ["SIGINT", "SIGTERM"] as const;
  for (const name of names) process.on(name, abort);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      for (const name of names) process.off(name, abort);
    },
  };
}
