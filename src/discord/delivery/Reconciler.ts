import type { Turn } from "../../conversation/Turn.ts";
import type { TurnStore } from "../../conversation/TurnStore.ts";
import type { Log } from "../../log/createLog.ts";
import type { Admission } from "../../queue/Admission.ts";
import type { CancelRequests } from "../../queue/CancelRequests.ts";
import { failed } from "../../queue/contract/failure.ts";
import type { EditQueue } from "../../queue/EditQueue.ts";
import { jobOf } from "../editing/jobOf.ts";
import type { Deliverer } from "./Deliverer.ts";
import type { ProgressBoard } from "./ProgressBoard.ts";
import type { ProgressMessages } from "./ProgressMessages.ts";

const INTERVAL_MS = 20_000;
/** A turn whose job is missing this soon is still being made by a handler. Milliseconds. */
const MAKING_MS = 30_000;
/** A channel that refused a result for this long after its deadline will refuse it for ever. Milliseconds. */
const GIVE_UP_MS = 24 * 3_600_000;

export interface ReconcilerOptions {
  readonly turns: TurnStore;
  readonly queue: EditQueue;
  readonly admission: Admission;
  readonly cancels: CancelRequests;
  readonly deliverer: Deliverer;
  readonly board: ProgressBoard;
  readonly progress: ProgressMessages;
  readonly log: Log;
  readonly intervalMs?: number;
}

/**
 * Compares what was promised (open turns) with what happened (jobs), at the start and every 20 s: delivers results
 * that came while nobody listened, puts back jobs that the queue has lost, and removes progress that stayed behind.
 */
export class Reconciler {
  readonly #options: ReconcilerOptions;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;

  constructor(options: ReconcilerOptions) {
    this.#options = options;
  }

  /** The first comparison has ended when this resolves. */
  async start(): Promise<void> {
    await this.run();
    this.#timer = setInterval(() => void this.run(), this.#options.intervalMs ?? INTERVAL_MS);
  }

  run(): Promise<void> {
    this.#running ??= this.#compare()
      .catch((error: unknown) => this.#options.log.debug("no comparison this time", { error }))
      .finally(() => {
        this.#running = undefined;
      });
    return this.#running;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  async #compare(): Promise<void> {
    for (const turnId of await this.#options.turns.open()) await this.#look(turnId);
    await this.#tidy();
  }

  async #tidy(): Promise<void> {
    const { turns, progress, log } = this.#options;
    for (const turnId of await progress.all()) {
      const turn = await turns.get(turnId);
      if (turn && turn.deliveredAt === null) continue;
      await progress.clear(turnId).catch((error: unknown) => log.debug("progress stays for now", { turnId, error }));
    }
  }

  async #look(turnId: string): Promise<void> {
    const { turns, queue, deliverer, log } = this.#options;
    const turn = await turns.get(turnId);
    if (!turn || turn.deliveredAt !== null) return this.#abandon(turnId);
    if (Date.now() > turn.deadline + GIVE_UP_MS) {
      log.error("gave up telling how a turn ended", { turnId });
      return this.#abandon(turnId);
    }
    if (turn.outcome !== null) return deliverer.deliver(turnId, turn.outcome);
    const job = await queue.stateOf(turnId);
    if (job.state === "finished") return deliverer.deliver(turnId, job.outcome);
    // A worker would say so; but there may be none.
    if (job.state === "waiting" && Date.now() > turn.deadline && (await queue.remove(turnId))) {
      return deliverer.deliver(turnId, failed(turnId, "expired", "the edit waited too long in the queue"));
    }
    if (job.state === "active" || job.state === "waiting") return this.#track(turn, job.state === "active");
    await this.#replace(turn);
    log.warn("a turn had no job", { turnId, status: turn.status });
  }

  /** The turn may have ended since it was read: progress must not be shown over its end. */
  async #track(turn: Turn, active = false): Promise<void> {
    const { turns, board } = this.#options;
    board.track(turn, active);
    if ((await turns.get(turn.id))?.outcome !== null) await board.stop(turn.id);
  }

  async #abandon(turnId: string): Promise<void> {
    await this.#options.admission.leave(turnId);
    await this.#options.turns.abandon(turnId);
  }

  /**
   * A turn that was cancelled while it waited. A queued turn without a job: the queue was not durable, so ask again. A
   * made one: its handler died or gave up.
   */
  async #replace(turn: Turn): Promise<void> {
    const { queue, admission, cancels, deliverer } = this.#options;
    const now = Date.now();
    if (await cancels.has(turn.id)) return deliverer.deliver(turn.id, failed(turn.id, "cancelled", "cancelled"));
    if (now > turn.deadline) return deliverer.deliver(turn.id, failed(turn.id, "expired", "the job was lost"));
    if (turn.status === "queued") {
      await queue.add(jobOf(turn), await admission.roundOf(turn.id));
      await this.#track(turn);
    } else if (now > turn.requestedAt + MAKING_MS) {
      await deliverer.deliver(turn.id, failed(turn.id, "queue_unavailable", "the job never reached the queue"));
    }
  }
}
