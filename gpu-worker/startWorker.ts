import { EmendError } from "../src/errors/EmendError.ts";
import { type EditJob, editJobSchema } from "../src/queue/contract/EditJob.ts";
import type { EditDone } from "../src/queue/contract/EditOutcome.ts";
import { QUEUE_NAME, turnIdOf } from "../src/queue/names.ts";
import type { BlobStore } from "../src/storage/BlobStore.ts";
import { ProgressSender } from "./ProgressSender.ts";
import { type EditTools, processEdit } from "./processEdit.ts";
import { type Consumer, type ConsumerOptions, startConsumer } from "./startConsumer.ts";

export interface WorkerOptions extends EditTools, ConsumerOptions {
  readonly previews: BlobStore;
}

export type EditWorker = Consumer;

/** Consumes edits, one at a time. The engine stays the caller's to close. */
export function startWorker(options: WorkerOptions): EditWorker {
  return startConsumer<EditJob, EditDone>(
    {
      queue: QUEUE_NAME,
      what: "edit",
      idOf: turnIdOf,
      schema: editJobSchema,
      maxStalled: 1,
      maxStarts: 5,
      run: async (job, send, stopped) => {
        const deadline = AbortSignal.timeout(Math.max(0, job.deadline - Date.now()));
        const sender = new ProgressSender(options.previews, send);
        try {
          return await processEdit(job, options, sender.report, AbortSignal.any([stopped, deadline]));
        } catch (error) {
          if (!deadline.aborted || stopped.aborted) throw error;
          throw new EmendError("expired", "the edit took too long", { cause: error });
        } finally {
          await sender.end();
        }
      },
    },
    options,
  );
}
