import { EmendError } from "../../src/errors/EmendError.ts";

/** What a resumable benchmark throws in the place of an error: after Ctrl-C, that nothing is lost; any other as it is. */
export function asInterrupted(error: unknown): unknown {
  if (!(error instanceof EmendError && error.code === "cancelled")) return error;
  const kept = "interrupted; what was measured is kept, and the same command goes on from there.";
  return new EmendError("cancelled", kept, { cause: error });
}
