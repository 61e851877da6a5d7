import { Queue } from "bullmq";
import type { Redis } from "ioredis";
import { redisCall } from "../storage/redisCall.ts";
import { type EditJob, editJobSchema } from "./contract/EditJob.ts";
import { type EditOutcome, editOutcomeSchema } from "./contract/EditOutcome.ts";
import { fromFailedReason } from "./contract/failure.ts";
import { JOB_NAME, jobIdOf, QUEUE_NAME, turnIdOf } from "./names.ts";

const HOUR_S = 3_600;

/** How many times an edit is tried when the engine fails, and the pause before the first repetition. */
export const ATTEMPTS = 3;
const BACKOFF_MS = 1_000;

/** Where a turn's job is; `missing` when Redis knows none. */
export type JobState =
  | { readonly state: "waiting" | "active" | "missing" }
  | { readonly state: "finished"; readonly outcome: EditOutcome };

/** The producer's side of the queue. Every method settles within 2 s; errors are EmendError `queue_unavailable`. */
export class EditQueue {
  readonly #queue: Queue;

  /** @param connection from connectForCommands; it stays the caller's to close */
  constructor(connection: Redis, prefix: string, onError: (error: Error) => void) {
    this.#queue = new Queue(QUEUE_NAME, {
      connection,
      prefix,
      // BullMQ asks once, and a queue whose question was not answered in time would never work again.
      skipVersionCheck: true,
      defaultJobOptions: {
        attempts: ATTEMPTS,
        backoff: { type: "exponential", delay: BACKOFF_MS },
        // Long enough for a bot that was down to find out how its jobs ended.
        removeOnComplete: { age: 24 * HOUR_S, count: 5_000 },
        removeOnFail: { age: 7 * 24 * HOUR_S, count: 5_000 },
        stackTraceLimit: 3,
        sizeLimit: 16_384,
      },
      streams: { events: { maxLen: 10_000 } },
    });
    this.#queue.on("error", onError);
  }

  /**
   * Adds the turn's job. A second call for the same turn changes nothing.
   * @param round from `Admission`: lower goes first, and within a round whoever came first
   */
  async add(job: EditJob, round = 1): Promise<void> {
    const data = editJobSchema.parse(job);
    await redisCall(this.#queue.add(JOB_NAME, data, { jobId: jobIdOf(data.turnId), priority: round }));
  }

  /** Turn ids of the waiting jobs, the next one first. At most 1,000. */
  async waiting(): Promise<string[]> {
    const jobIds = await redisCall(this.#queue.getRanges(["wait", "prioritized"], 0, 999, true));
    return jobIds.map(turnIdOf).filter((id) => id !== undefined);
  }

  /** How many edits are being made just now, by all workers. */
  async active(): Promise<number> {
    return redisCall(this.#queue.getActiveCount());
  }

  /** The edits that are being made just now, and since when (milliseconds since 1970). */
  async running(): Promise<{ turnId: string; startedAt: number }[]> {
    const jobs = await redisCall(this.#queue.getActive());
    return jobs.flatMap((job) => {
      const turnId = turnIdOf(job?.id ?? "");
      return turnId === undefined ? [] : [{ turnId, startedAt: job.processedOn ?? Date.now() }];
    });
  }

  /** Takes an edit out of the line. @returns false when a worker has it (or had it): that one ends it */
  async remove(turnId: string): Promise<boolean> {
    const job = await redisCall(this.#queue.getJob(jobIdOf(turnId)));
    if (!job) return true;
    const state = await redisCall(job.getState());
    if (state === "active" || state === "completed" || state === "failed") return false;
    // A worker may take it this very moment, and BullMQ then refuses to remove it.
    return redisCall(job.remove().then(() => true)).catch(() => false);
  }

  /** Deletes the turn's job, with all that it holds, unless a worker has it just now; one that is gone is no error. */
  async forget(turnId: string): Promise<void> {
    const job = await redisCall(this.#queue.getJob(jobIdOf(turnId)));
    if (!job || (await redisCall(job.isActive()))) return;
    // A worker may take it this very moment, and BullMQ then refuses to remove it.
    await redisCall(job.remove()).catch(() => undefined);
  }

  async stateOf(turnId: string): Promise<JobState> {
    // The state first: a job that was read while it was active has no outcome yet, and may have ended since.
    const state = await redisCall(this.#queue.getJobState(jobIdOf(turnId)));
    const job = await redisCall(this.#queue.getJob(jobIdOf(turnId)));
    if (!job) return { state: "missing" };
    if (state === "failed") return { state: "finished", outcome: fromFailedReason(turnId, job.failedReason) };
    if (state === "completed") {
      const outcome = editOutcomeSchema.safeParse(job.returnvalue);
      return { state: "finished", outcome: outcome.success ? outcome.data : fromFailedReason(turnId, undefined) };
    }
    return { state: state === "active" ? "active" : state === "unknown" ? "missing" : "waiting" };
  }

  async close(): Promise<void> {
    await redisCall(this.#queue.close()).catch(() => undefined);
  }
}
