import { Queue } from "bullmq";
import type { Redis } from "ioredis";
import { redisCall } from "../storage/redisCall.ts";
import { fromFailedReason } from "./contract/failure.ts";
import { type LearnJob, learnJobSchema } from "./contract/LearnJob.ts";
import { type LearnOutcome, learnOutcomeSchema } from "./contract/LearnOutcome.ts";
import { ATTEMPTS } from "./EditQueue.ts";
import { LEARN_QUEUE_NAME, learnJobIdOf, trainingIdOf } from "./learnNames.ts";

const DAY_S = 24 * 3_600;
const BACKOFF_MS = 2_000;
/** Lower goes first: trying out a file takes a second, learning minutes. */
const PRIORITY = { check: 1, learn: 10 } as const;

/** Where a training's job is; `missing` when Redis knows none. */
export type LearnJobState =
  | { readonly state: "waiting" | "active" | "missing" }
  | { readonly state: "finished"; readonly outcome: LearnOutcome };

/**
 * The producer's side of the trainings. A queue of its own, so that no training stands before an edit; that edits go
 * first in the engine, too, is the engine's doing. Every method settles within 2 s; errors are EmendError
 * `queue_unavailable`.
 */
export class LearnQueue {
  readonly #queue: Queue;

  /** @param connection from connectForCommands; it stays the caller's to close */
  constructor(connection: Redis, prefix: string, onError: (error: Error) => void) {
    this.#queue = new Queue(LEARN_QUEUE_NAME, {
      connection,
      prefix,
      // BullMQ asks once, and a queue whose question was not answered in time would never work again.
      skipVersionCheck: true,
      defaultJobOptions: {
        attempts: ATTEMPTS,
        backoff: { type: "exponential", delay: BACKOFF_MS },
        // Long enough for a bot that was down to find out how its trainings ended.
        removeOnComplete: { age: 7 * DAY_S, count: 1_000 },
        removeOnFail: { age: 7 * DAY_S, count: 1_000 },
        stackTraceLimit: 3,
        // A hundred instructions of the greatest length, in UTF-8.
        sizeLimit: 512 * 1024,
      },
      streams: { events: { maxLen: 10_000 } },
    });
    this.#queue.on("error", onError);
  }

  /** Adds the training's job. A second call for the same training changes nothing. */
  async add(job: LearnJob): Promise<void> {
    const data = learnJobSchema.parse(job);
    const options = { jobId: learnJobIdOf(data.trainingId), priority: PRIORITY[data.kind] };
    await redisCall(this.#queue.add(data.kind, data, options));
  }

  /** Ids of the waiting trainings, the next one first. At most 1,000. */
  async waiting(): Promise<string[]> {
    const jobIds = await redisCall(this.#queue.getRanges(["wait", "prioritized"], 0, 999, true));
    return jobIds.map(trainingIdOf).filter((id) => id !== undefined);
  }

  async stateOf(trainingId: string): Promise<LearnJobState> {
    // The state first: a job that was read while it was active has no outcome yet, and may have ended since.
    const state = await redisCall(this.#queue.getJobState(learnJobIdOf(trainingId)));
    const job = await redisCall(this.#queue.getJob(learnJobIdOf(trainingId)));
    if (!job) return { state: "missing" };
    if (state === "failed") return { state: "finished", outcome: fromFailedReason(trainingId, job.failedReason) };
    if (state === "completed") {
      const outcome = learnOutcomeSchema.safeParse(job.returnvalue);
      return { state: "finished", outcome: outcome.success ? outcome.data : fromFailedReason(trainingId, undefined) };
    }
    return { state: state === "active" ? "active" : state === "unknown" ? "missing" : "waiting" };
  }

  /**
   * Takes a training out of the line. @returns false when a worker has it (or had it): that one ends it, see
   * `TrainingStore.cancel`
   */
  async remove(trainingId: string): Promise<boolean> {
    const job = await redisCall(this.#queue.getJob(learnJobIdOf(trainingId)));
    if (!job) return true;
    const state = await redisCall(job.getState());
    if (state === "active" || state === "completed" || state === "failed") return false;
    // A worker may take it this very moment, and BullMQ then refuses to remove it.
    return redisCall(job.remove().then(() => true)).catch(() => false);
  }

  async close(): Promise<void> {
    await redisCall(this.#queue.close()).catch(() => undefined);
  }
}
