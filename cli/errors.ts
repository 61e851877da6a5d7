import { EmendError } from "../src/errors/EmendError.ts";

/** 2 for bad usage or bad input, 130 for a cancelled run, 1 for everything else. */
export function exitCodeOf(error: unknown): number {
  if (!(error instanceof EmendError)) return 1;
  if (error.code === "cancelled") return 130;
  return error.isInputError ? 2 : 1;
}

/** One line on standard error; the stack only for errors that are nobody's to expect. */
export function reportError(error: unknown): void {
  if (error instanceof EmendError) console.error(`emend: ${error.message}`);
  else console.error("emend: unexpected error:", error);
}
