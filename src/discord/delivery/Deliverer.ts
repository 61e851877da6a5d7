import type { Redis } from "ioredis";
import { blobsOf } from "../../conversation/blobsOf.ts";
import { claimDelivery } from "../../conversation/claimDelivery.ts";
import type { Turn } from "../../conversation/Turn.ts";
import type { TurnStore } from "../../conversation/TurnStore.ts";
import { EmendError } from "../../errors/EmendError.ts";
import type { Log } from "../../log/createLog.ts";
import type { Admission } from "../../queue/Admission.ts";
import type { CancelRequests } from "../../queue/CancelRequests.ts";
import type { EditFailed, EditOutcome } from "../../queue/contract/EditOutcome.ts";
import { failed } from "../../queue/contract/failure.ts";
import type { BlobStore } from "../../storage/BlobStore.ts";
import { faultOf } from "./discordCode.ts";
import type { Postbox } from "./Postbox.ts";
import type { ProgressBoard } from "./ProgressBoard.ts";
import type { ProgressMessages } from "./ProgressMessages.ts";
import type { ReplyHandles } from "./ReplyHandles.ts";
import { showResult } from "./showResult.ts";
import { tellFailure } from "./tellFailure.ts";

export interface DelivererOptions {
  readonly redis: Redis;
  readonly prefix: string;
  readonly turns: TurnStore;
  readonly admission: Admission;
  readonly cancels: CancelRequests;
  readonly blobs: BlobStore;
  readonly replies: ReplyHandles;
  readonly board: ProgressBoard;
  readonly progress: ProgressMessages;
  readonly postbox: Postbox;
  readonly log: Log;
}

/** Tells how edits ended, each exactly once. What cannot be told now stays open for the next try. */
export class Deliverer {
  readonly #options: DelivererOptions;
  readonly #running = new Set<Promise<void>>();

  constructor(options: DelivererOptions) {
    this.#options = options;
  }

  /** Never rejects; a turn that was told already, or is being told, is left alone. */
  deliver(turnId: string, outcome: EditOutcome): Promise<void> {
    const delivery = this.#deliver(turnId, outcome)
      .catch((error: unknown) => this.#options.log.warn("a result waits for another try", { turnId, error }))
      .finally(() => this.#running.delete(delivery));
    this.#running.add(delivery);
    return delivery;
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    await Promise.all(this.#running);
  }

  async #deliver(turnId: string, outcome: EditOutcome): Promise<void> {
    const { redis, prefix, turns, admission, board, replies, log } = this.#options;
    // Before it is told, which may have to be tried again for long, and also for a turn that somebody deleted meanwhile.
    await admission.leave(turnId);
    const claim = await claimDelivery(redis, prefix, turns, turnId);
    if (!claim) {
      // Another process tells the end, or nobody any more: then nothing is to be shown here, either.
      await board.stop(turnId);
      return this.#dropForgotten(turnId, outcome);
    }
    try {
      const turn = await turns.get(turnId);
      if (!turn) return;
      await turns.change(turnId, { status: outcome.status, outcome });
      await board.stop(turnId);
      const message = await this.#tell(turn, outcome, claim.again);
      await turns.settle(turnId, message);
      await replies.forget(turnId);
      await this.#removeProgress(turnId);
      log.info("delivered", { turnId, status: outcome.status, message });
    } finally {
      await claim.release();
    }
  }

  /** The Reconciler tries again. */
  async #removeProgress(turnId: string): Promise<void> {
    const { progress, log } = this.#options;
    await progress.clear(turnId).catch((error: unknown) => log.debug("progress stays for now", { turnId, error }));
  }

  /** The pictures of a turn that was deleted while it was made. */
  async #dropForgotten(turnId: string, outcome: EditOutcome): Promise<void> {
    const { turns, blobs } = this.#options;
    if (await turns.get(turnId)) return;
    for (const sha256 of await turns.unused(blobsOf({ outcome }))) await blobs.delete(sha256);
  }

  /** @returns the message that shows the result, if any */
  async #tell(turn: Turn, outcome: EditOutcome, again: boolean): Promise<string | null> {
    if (outcome.status === "failed") return this.#tellFailure(turn, outcome);
    try {
      return await showResult(turn, outcome, again, this.#options);
    } catch (error) {
      if (mayWorkLater(error)) throw error;
      // Tell now: nothing would become better, and the asker would wait for ever.
      this.#options.log.error("a result cannot be shown", { turnId: turn.id, error });
      const code = error instanceof EmendError ? error.code : "internal";
      return this.#tellFailure(turn, failed(turn.id, code, "the result cannot be shown"));
    }
  }

  /** What came to nothing does not count against the member's quota. */
  async #tellFailure(turn: Turn, failure: EditFailed): Promise<null> {
    await this.#options.admission.refund(turn.id, { member: turn.author, guild: turn.guild });
    return tellFailure(turn, failure, this.#options);
  }
}

function mayWorkLater(error: unknown): boolean {
  return error instanceof EmendError ? error.code === "queue_unavailable" : faultOf(error) === "passing";
}
