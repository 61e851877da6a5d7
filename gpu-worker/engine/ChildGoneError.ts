import { EmendError } from "../../src/errors/EmendError.ts";

/** The engine process ended while it had something to do. */
export class ChildGoneError extends EmendError {
  /** Edits that were running beside this one: any of them may have been the reason. */
  readonly otherEdits: number;

  constructor(reason: string, otherEdits: number, log: string) {
    super("engine_failed", `the engine stopped unexpectedly (${reason}); try again.`, { cause: log });
    this.otherEdits = otherEdits;
  }
}
