import type { Redis } from "ioredis";
import { type EditOutcome, editOutcomeSchema } from "./contract/EditOutcome.ts";
import { type EditProgress, editProgressSchema } from "./contract/EditProgress.ts";
import { JobEvents, type JobListener } from "./JobEvents.ts";
import { QUEUE_NAME, turnIdOf } from "./names.ts";

export type EditListener = JobListener<EditProgress, EditOutcome>;

const kind = { queue: QUEUE_NAME, idOf: turnIdOf, progress: editProgressSchema, outcome: editOutcomeSchema };

/** What happens to all turns. */
export class EditEvents extends JobEvents<EditProgress, EditOutcome> {
  constructor(connection: Redis, prefix: string, listener: EditListener) {
    super(kind, connection, prefix, listener);
  }
}
