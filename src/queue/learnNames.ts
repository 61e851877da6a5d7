/** The queue of trainings; BullMQ's keys are `<prefix>:learn:…`. */
export const LEARN_QUEUE_NAME = "learn";

const PREFIX = "learn-";

/** The same training always gets the same job id, so a replayed interaction adds no second job. */
export const learnJobIdOf = (trainingId: string): string => PREFIX + trainingId;

/** The training of a job id, or undefined for a job that is not ours. */
export const trainingIdOf = (jobId: string): string | undefined =>
  jobId.startsWith(PREFIX) ? jobId.slice(PREFIX.length) : undefined;
