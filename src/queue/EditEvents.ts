import { QueueEvents } from "bullmq";
import type { Redis } from "ioredis";
import { type EditOutcome, editOutcomeSchema } from "./contract/EditOutcome.ts";
import { type EditProgress, editProgressSchema } from "./contract/EditProgress.ts";
import { fromFailedReason } from "./contract/failure.ts";
import { QUEUE_NAME, turnIdOf } from "./names.ts";

export interface EditListener {
  /** A worker took the job. Comes again when the job is tried again. */
  onActive(turnId: string): void;
  onProgress(turnId: string, progress: EditProgress): void;
  /** Once per turn in a process that was listening; whoever was not asks `EditQueue.stateOf`. */
  onOutcome(turnId: string, outcome: EditOutcome): void;
  /** The connection failed (it mends itself), or an event did not fit the contract. */
  onError(error: Error): void;
}

/** What happens to all turns, as the queue tells it. */
export class EditEvents {
  readonly #events: QueueEvents;

  /** @param connection from connectForBlocking; this class uses a duplicate, and the original stays the caller's */
  constructor(connection: Redis, prefix: string, listener: EditListener) {
    this.#events = new QueueEvents(QUEUE_NAME, { connection, prefix });
    this.#events.on("error", (error) => listener.onError(error));
    const withTurn = (jobId: string, act: (turnId: string) => void) => {
      const turnId = turnIdOf(jobId);
      if (turnId === undefined) return;
      try {
        act(turnId);
      } catch (error) {
        listener.onError(error as Error);
      }
    };
    this.#events.on("active", ({ jobId }) => withTurn(jobId, (id) => listener.onActive(id)));
    this.#events.on("progress", ({ jobId, data }) =>
      withTurn(jobId, (id) => listener.onProgress(id, editProgressSchema.parse(data))),
    );
    this.#events.on("completed", ({ jobId, returnvalue }) =>
      withTurn(jobId, (id) => listener.onOutcome(id, editOutcomeSchema.parse(returnvalue))),
    );
    this.#events.on("failed", ({ jobId, failedReason }) =>
      withTurn(jobId, (id) => listener.onOutcome(id, fromFailedReason(id, failedReason))),
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
