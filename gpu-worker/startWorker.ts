import { type Job, WaitingError, Worker } from "bullmq";
import type { Redis } from "ioredis";
import { EmendError } from "../src/errors/EmendError.ts";
import type { Log } from "../src/log/createLog.ts";
import { type EditJob, editJobSchema } from "../src/queue/contract/EditJob.ts";
import type { EditDone } from "../src/queue/contract/EditOutcome.ts";
import { QUEUE_NAME } from "../src/queue/names.ts";
import type { BlobStore } from "../src/storage/BlobStore.ts";
import { ProgressSender } from "./ProgressSender.ts";
import { type EditTools, processEdit } from "./processEdit.ts";
import { toJobError } from "./toJobError.ts";

/**
 * A worker that is killed gives its job back after LOCK_MS + STALLED_MS at most; nothing here blocks the event loop
 * (the engine is another process), so a living worker renews its lock in time by far.
 */
const LOCK_MS = 15_000;
const STALLED_MS = 5_000;
/** Starts of one job, whatever ended them: a job that kills its worker must not go round for ever. */
const MAX_STARTS = 5;
/** Pause after a failed call to Redis. BullMQ's own 15 s would leave people waiting after every short outage. */
const RETRY_MS = 1_000;
/** How long a cancelled engine may take to stop at its next step. */
const ABORT_LIMIT_MS = 3_000;

export interface WorkerOptions extends EditTools {
  /** From connectForBlocking; it stays the caller's to close. */
  readonly connection: Redis;
  readonly prefix: string;
  readonly previews: BlobStore;
  readonly log: Log;
  /** Shorter times, for tests. Milliseconds. */
  readonly lockMs?: number;
  readonly stalledMs?: number;
}

export interface EditWorker {
  /** Resolves when jobs are being taken. */
  ready(): Promise<void>;
  /** Cancels the turn's edit if this worker makes it just now. */
  cancel(jobId: string): boolean;
  /**
   * Takes no more jobs and waits for the running one; after `graceMs` that one is cancelled and put back into the
   * queue, as if it had never been started.
   */
  close(graceMs: number): Promise<void>;
}

/** Consumes edits, one at a time. The engine stays the caller's to close. */
export function startWorker(options: WorkerOptions): EditWorker {
  const { log } = options;
  const shutdown = new AbortController();

  const worker = new Worker<EditJob, EditDone>(
    QUEUE_NAME,
    (job, token, signal) => run(job, token, signal, options, shutdown.signal),
    {
      connection: options.connection,
      prefix: options.prefix,
      concurrency: 1,
      lockDuration: options.lockMs ?? LOCK_MS,
      stalledInterval: options.stalledMs ?? STALLED_MS,
      maxStalledCount: 1,
      maxStartedAttempts: MAX_STARTS,
      runRetryDelay: RETRY_MS,
    },
  );
  worker.on("error", (error) => log.warn("queue connection", { error }));
  worker.on("stalled", (jobId) => log.warn("a job's worker went silent; the job goes back into the queue", { jobId }));
  worker.on("failed", (job, error) => log.info("edit failed", { jobId: job?.id, reason: error.message }));
  worker.on("completed", (job) =>
    log.info("edit done", { jobId: job.id, milliseconds: job.returnvalue?.milliseconds }),
  );
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

async function run(
  job: Job<EditJob, EditDone>,
  token: string | undefined,
  cancelled: AbortSignal | undefined,
  options: WorkerOptions,
  shutdown: AbortSignal,
): Promise<EditDone> {
  const turnId = job.id?.replace(/^edit-/, "") ?? "unknown";
  const parsed = editJobSchema.safeParse(job.data);
  if (!parsed.success) throw toJobError(turnId, parsed.error);
  const deadline = AbortSignal.timeout(Math.max(0, parsed.data.deadline - Date.now()));
  const signal = AbortSignal.any([shutdown, deadline, ...(cancelled ? [cancelled] : [])]);
  const sender = new ProgressSender(options.previews, (progress) => job.updateProgress(progress));
  try {
    return await processEdit(parsed.data, options, sender.report, signal);
  } catch (error) {
    if (shutdown.aborted) {
      await job.moveToWait(token);
      throw new WaitingError();
    }
    if (deadline.aborted)
      throw toJobError(turnId, new EmendError("expired", "the edit took too long", { cause: error }));
    if (cancelled?.aborted) throw toJobError(turnId, new EmendError("cancelled", "the edit was cancelled"));
    if (!(error instanceof EmendError)) options.log.error("unexpected error in an edit", { jobId: job.id, error });
    throw toJobError(turnId, error);
  } finally {
    await sender.end();
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
