import { EmendError } from "../src/errors/EmendError.ts";
import { type LearnJob, learnJobSchema } from "../src/queue/contract/LearnJob.ts";
import type { LearnOutcome } from "../src/queue/contract/LearnOutcome.ts";
import { LEARN_QUEUE_NAME, trainingIdOf } from "../src/queue/learnNames.ts";
import type { BlobStore } from "../src/storage/BlobStore.ts";
import { LearnProgressSender } from "./LearnProgressSender.ts";
import { type LearnTools, processLearn } from "./processLearn.ts";
import { type Consumer, type ConsumerOptions, startConsumer } from "./startConsumer.ts";
import { watchCancel } from "./watchCancel.ts";

/** How soon a training notices that somebody wants it to stop. Milliseconds. */
const CANCEL_POLL_MS = 1_000;

export interface LearnWorkerOptions extends LearnTools, ConsumerOptions {
  readonly previews: BlobStore;
}

/**
 * Consumes trainings, one at a time, beside the edits: which of the two the engine does next is the engine's business.
 * The engine stays the caller's to close.
 */
export function startLearnWorker(options: LearnWorkerOptions): Consumer {
  return startConsumer<LearnJob, LearnOutcome>(
    {
      queue: LEARN_QUEUE_NAME,
      what: "training",
      idOf: trainingIdOf,
      schema: learnJobSchema,
      // A training goes on where it was, so a worker that dies costs it little: give it more of them than an edit.
      maxStalled: 4,
      maxStarts: 20,
      run: async (job, send, stopped) => {
        const watch = watchCancel(() => options.trainings.isCancelled(job.trainingId), CANCEL_POLL_MS);
        const sender = new LearnProgressSender(options.previews, send);
        try {
          return await processLearn(job, options, sender.report, AbortSignal.any([stopped, watch.signal]));
        } catch (error) {
          if (!watch.signal.aborted) throw error;
          throw new EmendError("cancelled", "the training was cancelled", { cause: error });
        } finally {
          watch.stop();
          await sender.end();
        }
      },
    },
    options,
  );
}
