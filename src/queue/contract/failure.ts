import type { ErrorCode } from "../../errors/EmendError.ts";
import { type EditFailed, failedSchema } from "./EditOutcome.ts";

export function failed(turnId: string, code: ErrorCode, message: string): EditFailed {
  return { v: 1, status: "failed", turnId, code, message: message.slice(0, 500) };
}

/** What BullMQ stores as the reason of a failed job: the failure as JSON, so that its code survives. */
export function toFailedReason(failure: EditFailed): string {
  return JSON.stringify(failure);
}

/**
 * The failure of a job that BullMQ calls failed. BullMQ writes reasons of its own for jobs that killed their worker
 * ("job stalled more than allowable limit"); those are engine failures.
 */
export function fromFailedReason(turnId: string, reason: string | undefined): EditFailed {
  try {
    const parsed = failedSchema.parse(JSON.parse(reason ?? ""));
    if (parsed.turnId === turnId) return parsed;
  } catch {
    // Not ours: see below.
  }
  return failed(turnId, "engine_failed", "the job made its worker stop, more than once");
}
