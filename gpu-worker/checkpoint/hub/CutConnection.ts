import { EmendError } from "../../../src/errors/EmendError.ts";

/** A connection that broke, or a server that asks for patience: the same request may work later. */
export class CutConnection extends EmendError {
  readonly reason: string;
  /** Milliseconds that the server asks to wait. */
  readonly retryAfter: number | undefined;

  constructor(reason: string, { retryAfter, ...options }: { retryAfter?: number; cause?: unknown } = {}) {
    super("download_failed", `no answer from the hub (${reason}); check the connection and try again.`, options);
    this.reason = reason;
    this.retryAfter = retryAfter;
  }
}
