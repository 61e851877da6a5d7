import type { Redis } from "ioredis";
import { type LearnOutcome, learnOutcomeSchema } from "./contract/LearnOutcome.ts";
import { type LearnProgress, learnProgressSchema } from "./contract/LearnProgress.ts";
import { JobEvents, type JobListener } from "./JobEvents.ts";
import { LEARN_QUEUE_NAME, trainingIdOf } from "./learnNames.ts";

export type LearnListener = JobListener<LearnProgress, LearnOutcome>;

const kind = {
  queue: LEARN_QUEUE_NAME,
  idOf: trainingIdOf,
  progress: learnProgressSchema,
  outcome: learnOutcomeSchema,
};

/** What happens to all trainings. */
export class LearnEvents extends JobEvents<LearnProgress, LearnOutcome> {
  constructor(connection: Redis, prefix: string, listener: LearnListener) {
    super(kind, connection, prefix, listener);
  }
}
