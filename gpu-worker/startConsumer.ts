import { type Job, WaitingError, Worker } from "bullmq";
import type { Redis } from "ioredis";
import type { z } from "zod";
import { EmendError } from "../src/errors/EmendError.ts";
import type { Log } from "../src/log/createLog.ts";
import { toJobError } from "./toJobError.ts";

/**
 * A worker that is killed gives its job back after LOCK_MS + STALLED_MS at most; nothing here blocks the event loop
 * (the engine is another process), so a living worker renews its lock in time by far.
 */
const LOCK_MS = 15_000;
const STALLED_MS = 5_000;
/** Pause after a failed call to Redis. BullMQ's own 15 s would leave people waiting after every short outage. */
const RETRY_MS = 1_000;
/** How long a cancelled engine may take to stop at its next step. */
const ABORT_LIMIT_MS = 3_000;

export interface ConsumerOptions {
  /** From connectForBlocking; it stays the caller's to close. */
  readonly connection: Redis;
  readonly prefix: string;
  readonly log: Log;
  /** Shorter times, for tests. Milliseconds. */
  readonly lockMs?: number;
  readonly stalledMs?: number;
}

/** One kind of job, and how one is done. */
export interface Work<Data, Result> {
  readonly queue: string;
  /** In the log: "edit". */
  readonly what: string;
  /** What the job is about, by its id. */
  readonly idOf: (jobId: string) => string | undefined;
  readonly schema: z.ZodType<Data>;
  /** Workers that may die over one job before it is given up. */
  readonly maxStalled: number;
  /** Starts of one job, whatever ended them: a job that kills its worker must not go round for ever. */
  readonly maxStarts: number;
  /** Jobs at once; default 1. */
  readonly concurrency?: number;
  /** @param signal aborted when the job is cancelled here, and when the worker shuts down */
  run(data: Data, send: (progress: object) => Promise<unknown>, signal: AbortSignal): Promise<Result>;
}

export interface Consumer {
  /** Resolves when jobs are being taken. */
  ready(): Promise<void>;
  /** Cancels a job if this worker does it just now. */
  cancel(jobId: string): boolean;
  /**
   * Takes no more jobs and waits for the running ones; after `graceMs` those are cancelled and put back into the queue,
   * as if they had never been started.
   */
  close(graceMs: number): Promise<void>;
}

/** Consumes the jobs of one queue, `concurrency` at a time. */
export function startConsumer<Data, Result>(work: Work<Data, Result>, options: ConsumerOptions): Consumer {
  const { log } = options;
  const shutdown = new AbortController();

  const worker = new Worker<unknown, Result>(
    work.queue,
    (job, token, cancelled) => runJob(job, token, cancelled, work, log, shutdown.signal),
    {
      connection: options.connection,
      prefix: options.prefix,
      concurrency: work.concurrency ?? 1,
      lockDuration: options.lockMs ?? LOCK_MS,
      stalledInterval: options.stalledMs ?? STALLED_MS,
      maxStalledCount: work.maxStalled,
      maxStartedAttempts: work.maxStarts,
      runRetryDelay: RETRY_MS,
    },
  );
  worker.on("error", (error) => log.warn("queue connection", { error }));
  worker.on("stalled", (jobId) => log.warn("a job's worker went silent; the job goes back into the queue", { jobId }));
  worker.on("failed", (job, error) => log.info(`${work.what} failed`, { jobId: job?.id, reason: error.message }));
  worker.on("completed", (job) => log.info(`${work.what} done`, { jobId: job.id }));
  // Somebody else may have the job now: stop wasting time on it.
  worker.on("lockRenewalFailed", (jobIds) => {
    for (const jobId of jobIds) worker.cancelJob(jobId, "lost");
  });

  return {
    ready: async () => void (await worker.waitUntilReady()),
    cancel: (jobId) => worker.cancelJob(jobId, "cancelled"),
    close: async (graceMs) => {
      const closed = worker.close();
      if (await settlesWithin(closed, graceMs)) return;
      shutdown.abort();
      if (await settlesWithin(closed, ABORT_LIMIT_MS)) return;
      // Redis is gone, or the engine does not listen: leave. The lock runs out, and another worker takes the job.
      void worker.disconnect().catch(() => undefined);
    },
  };
}

async function runJob<Data, Result>(
  job: Job<unknown, Result>,
  token: string | undefined,
  cancelled: AbortSignal | undefined,
  work: Work<Data, Result>,
  log: Log,
  shutdown: AbortSignal,
): Promise<Result> {
  const id = work.idOf(job.id ?? "") ?? "unknown";
  const parsed = work.schema.safeParse(job.data);
  if (!parsed.success) throw toJobError(id, parsed.error);
  try {
    const signal = AbortSignal.any([shutdown, ...(cancelled ? [cancelled] : [])]);
    return await work.run(parsed.data, (progress) => job.updateProgress(progress), signal);
  } catch (error) {
    if (shutdown.aborted) {
      await job.moveToWait(token);
      throw new WaitingError();
    }
    if (cancelled?.aborted) throw toJobError(id, new EmendError("cancelled", `the ${work.what} was cancelled`));
    if (!(error instanceof EmendError)) log.error(`unexpected error in a ${work.what}`, { jobId: job.id, error });
    throw toJobError(id, error);
  }
}

async function settlesWithin(promise: Promise<unknown>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, milliseconds, false);
  });
  const settled = promise.then(
    () => true as const,
    () => true as const,
  );
  const result = await Promise.race([settled, limit]);
  clearTimeout(timer);
  return result;
}
