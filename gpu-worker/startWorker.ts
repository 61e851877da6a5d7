import { EmendError } from "../src/errors/EmendError.ts";
import { CancelRequests } from "../src/queue/CancelRequests.ts";
import { type EditJob, editJobSchema } from "../src/queue/contract/EditJob.ts";
import type { EditDone } from "../src/queue/contract/EditOutcome.ts";
import { EditTimes } from "../src/queue/EditTimes.ts";
import { QUEUE_NAME, turnIdOf } from "../src/queue/names.ts";
import type { BlobStore } from "../src/storage/BlobStore.ts";
import type { EditProgress } from "./engine/EditEngine.ts";
import { ProgressSender } from "./ProgressSender.ts";
import { type EditTools, processEdit } from "./processEdit.ts";
import { type Consumer, type ConsumerOptions, startConsumer } from "./startConsumer.ts";
import { watchCancel } from "./watchCancel.ts";

export interface WorkerOptions extends EditTools, ConsumerOptions {
  readonly previews: BlobStore;
}

export type EditWorker = Consumer;

/** How soon an edit notices that somebody wants it to stop, beside every step of it. Milliseconds. */
const CANCEL_POLL_MS = 200;

/** Consumes edits, as many at a time as the engine does. The engine stays the caller's to close. */
export function startWorker(options: WorkerOptions): EditWorker {
  const { connection, prefix, engine, previews } = options;
  const cancels = new CancelRequests(connection, prefix);
  const times = new EditTimes(connection, prefix);
  return startConsumer<EditJob, EditDone>(
    {
      queue: QUEUE_NAME,
      what: "edit",
      idOf: turnIdOf,
      schema: editJobSchema,
      maxStalled: 1,
      maxStarts: 5,
      concurrency: engine.info.concurrency,
      run: async (job, send, stopped) => {
        const start = Date.now();
        const deadline = AbortSignal.timeout(Math.max(0, job.deadline - start));
        const watch = watchCancel(() => cancels.has(job.turnId), CANCEL_POLL_MS);
        const sender = new ProgressSender(previews, send);
        const onProgress = (progress: EditProgress) => {
          void watch.look();
          sender.report(progress);
        };
        try {
          const done = await processEdit(job, options, onProgress, AbortSignal.any([stopped, deadline, watch.signal]));
          const { profile, milliseconds } = done;
          options.log.info("edited", { turnId: job.turnId, ...profile, milliseconds: Math.round(milliseconds) });
          // A lost measurement is no loss.
          void times.record(engine.info.model, done.steps, Date.now() - start).catch(() => undefined);
          return done;
        } catch (error) {
          if (stopped.aborted) throw error;
          if (watch.signal.aborted) throw new EmendError("cancelled", "the edit was cancelled", { cause: error });
          if (deadline.aborted) throw new EmendError("expired", "the edit took too long", { cause: error });
          throw error;
        } finally {
          watch.stop();
          await sender.end();
        }
      },
    },
    options,
  );
}
