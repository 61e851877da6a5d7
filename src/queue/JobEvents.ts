import { QueueEvents } from "bullmq";
import type { Redis } from "ioredis";
import type { z } from "zod";
import type { EditFailed } from "./contract/EditOutcome.ts";
import { fromFailedReason } from "./contract/failure.ts";

export interface JobListener<Progress, Outcome> {
  /** A worker took the job. Comes again when the job is tried again. */
  onActive(id: string): void;
  onProgress(id: string, progress: Progress): void;
  /** Once per job in a process that was listening; whoever was not asks the queue's `stateOf`. */
  onOutcome(id: string, outcome: Outcome): void;
  /** The connection failed (it mends itself), or an event did not fit the contract. */
  onError(error: Error): void;
}

export interface JobKind<Progress, Outcome> {
  readonly queue: string;
  /** What the job is about, by its id; undefined for a job that is not ours. */
  readonly idOf: (jobId: string) => string | undefined;
  readonly progress: z.ZodType<Progress>;
  readonly outcome: z.ZodType<Outcome>;
}

/** What happens to all jobs of one queue, as the queue tells it. */
export class JobEvents<Progress, Outcome> {
  readonly #events: QueueEvents;

  /** @param connection from connectForBlocking; this class uses a duplicate, and the original stays the caller's */
  constructor(
    kind: JobKind<Progress, Outcome | EditFailed>,
    connection: Redis,
    prefix: string,
    listener: JobListener<Progress, Outcome | EditFailed>,
  ) {
    this.#events = new QueueEvents(kind.queue, { connection, prefix });
    this.#events.on("error", (error) => listener.onError(error));
    const withId = (jobId: string, act: (id: string) => void) => {
      const id = kind.idOf(jobId);
      if (id === undefined) return;
      try {
        act(id);
      } catch (error) {
        listener.onError(error as Error);
      }
    };
    this.#events.on("active", ({ jobId }) => withId(jobId, (id) => listener.onActive(id)));
    this.#events.on("progress", ({ jobId, data }) =>
      withId(jobId, (id) => listener.onProgress(id, kind.progress.parse(data))),
    );
    this.#events.on("completed", ({ jobId, returnvalue }) =>
      withId(jobId, (id) => listener.onOutcome(id, kind.outcome.parse(returnvalue))),
    );
    this.#events.on("failed", ({ jobId, failedReason }) =>
      withId(jobId, (id) => listener.onOutcome(id, fromFailedReason(id, failedReason))),
    );
  }

  /** Resolves when events that happen from now on will be heard. */
  async ready(): Promise<void> {
    await this.#events.waitUntilReady();
  }

  async close(): Promise<void> {
    await this.#events.close();
  }
}
