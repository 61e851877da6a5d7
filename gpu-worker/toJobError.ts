import { UnrecoverableError } from "bullmq";
import { EmendError } from "../src/errors/EmendError.ts";
import { failed, toFailedReason } from "../src/queue/contract/failure.ts";

/**
 * An error as BullMQ wants it: an ordinary one is tried again, an UnrecoverableError is final. Its message is the
 * failure as the contract has it; what we do not know becomes `internal`, without its own words.
 */
export function toJobError(turnId: string, error: unknown): Error {
  if (!(error instanceof EmendError)) {
    return new UnrecoverableError(toFailedReason(failed(turnId, "internal", "unexpected error in the worker")));
  }
  const reason = toFailedReason(failed(turnId, error.code, error.message));
  return error.retryable ? new Error(reason, { cause: error }) : new UnrecoverableError(reason);
}
