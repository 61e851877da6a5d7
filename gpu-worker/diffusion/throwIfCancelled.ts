import { EmendError } from "../../src/errors/EmendError.ts";

/** @throws EmendError `cancelled` once the signal is aborted */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new EmendError("cancelled", "the edit was cancelled.", { cause: signal.reason });
}
