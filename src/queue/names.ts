/** The one queue of edits; BullMQ's keys are `<prefix>:edits:…`. */
export const QUEUE_NAME = "edits";
export const JOB_NAME = "edit";

const PREFIX = "edit-";

/**
 * The same turn always gets the same job id, so a replayed interaction adds no second job. Not the bare id: BullMQ
 * refuses some digits-only ids.
 */
export function jobIdOf(turnId: string): string {
  return PREFIX + turnId;
}

/** The turn of a job id, or undefined for a job that is not ours. */
export function turnIdOf(jobId: string): string | undefined {
  return jobId.startsWith(PREFIX) ? jobId.slice(PREFIX.length) : undefined;
}
