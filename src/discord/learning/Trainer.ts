import { SnowflakeUtil } from "discord.js";
import { EmendError } from "../../errors/EmendError.ts";
import type { GuildTask } from "../../learning/GuildTask.ts";
import type { GuildTaskStore } from "../../learning/GuildTaskStore.ts";
import type { TrainingStore } from "../../learning/TrainingStore.ts";
import type { Log } from "../../log/createLog.ts";
import { failed } from "../../queue/contract/failure.ts";
import type { LearnOutcome } from "../../queue/contract/LearnOutcome.ts";
import type { LearnQueue } from "../../queue/LearnQueue.ts";
import { discordCode, faultOf } from "../delivery/discordCode.ts";
import type { Postbox } from "../delivery/Postbox.ts";
import { textsFor } from "../texts/textsFor.ts";
import { applyOutcome } from "./applyOutcome.ts";
import { bodyOf, type Card } from "./Card.ts";
import { failureCard } from "./failureCard.ts";
import { learnJobOf } from "./learnJobOf.ts";
import type { TrainingBoard } from "./TrainingBoard.ts";
import { taskCard } from "./taskCard.ts";
import { trainingCard } from "./trainingCard.ts";

const INTERVAL_MS = 20_000;
/** A training that is not in its task's record this soon is still being begun by a handler. Milliseconds. */
const MAKING_MS = 60_000;
/** Discord's code for a message that somebody deleted. */
const UNKNOWN_MESSAGE = 10008;

export interface TrainerOptions {
  readonly tasks: GuildTaskStore;
  readonly trainings: TrainingStore;
  readonly learnQueue: LearnQueue;
  readonly board: TrainingBoard;
  readonly postbox: Postbox;
  readonly log: Log;
  readonly intervalMs?: number | undefined;
}

/**
 * Sees trainings through: announces them, tells how they ended (once each), and compares what was promised with the
 * queue at the start and every 20 s, so that nothing is forgotten, whoever was restarted meanwhile.
 */
export class Trainer {
  readonly #options: TrainerOptions;
  readonly #running = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #comparing: Promise<void> | undefined;

  constructor(options: TrainerOptions) {
    this.#options = options;
  }

  /** Posts the message that will show the progress and the end. @returns the task, which remembers it */
  async announce(task: GuildTask): Promise<GuildTask> {
    const { postbox, tasks } = this.#options;
    const { training } = task;
    if (!training || training.message !== null) return task;
    const card = trainingCard(task, { kind: "waiting", workers: true }, undefined, textsFor(training.locale));
    const message = await postbox.post(training.channel, { ...bodyOf(card), ...nonceOf(training.id) });
    return tasks.update(task.id, (now) => (now.training ? { ...now, training: { ...now.training, message } } : now));
  }

  /** Puts the task's training into the queue, and reports on it. */
  async enqueue(task: GuildTask): Promise<void> {
    const { tasks, learnQueue, board } = this.#options;
    if (!task.training) return;
    board.track(task);
    await learnQueue.add(await learnJobOf(task, task.training, tasks));
    await board.lookAtWorkers();
  }

  /** Stops a training: at once while it waits, else within seconds. */
  async cancel(trainingId: string): Promise<void> {
    const { trainings, learnQueue } = this.#options;
    await trainings.cancel(trainingId);
    if (await learnQueue.remove(trainingId)) {
      await this.end(trainingId, failed(trainingId, "cancelled", "the training was cancelled"));
    }
  }

  /** Never rejects; an end that was told already, or is being told, is left alone. */
  end(trainingId: string, outcome: LearnOutcome): Promise<void> {
    const ending = this.#end(trainingId, outcome)
      .catch((error: unknown) =>
        this.#options.log.warn("a training's end waits for another try", { trainingId, error }),
      )
      .finally(() => this.#running.delete(ending));
    this.#running.add(ending);
    return ending;
  }

  /** The first comparison has ended when this resolves. */
  async start(): Promise<void> {
    await this.#compare();
    this.#timer = setInterval(() => void this.#compare(), this.#options.intervalMs ?? INTERVAL_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#comparing;
    await Promise.all(this.#running);
    await this.#options.board.close();
  }

  async #end(trainingId: string, outcome: LearnOutcome): Promise<void> {
    const { tasks, trainings, board, log } = this.#options;
    const release = await trainings.claim(trainingId);
    if (!release) return;
    try {
      const taskId = await trainings.taskOf(trainingId);
      if (taskId === undefined) return;
      await board.stop(trainingId);
      const before = await tasks.get(taskId);
      if (before?.training?.id === trainingId) {
        const task = await tasks.update(taskId, (now) =>
          now.training?.id === trainingId ? applyOutcome(now, outcome) : now,
        );
        await this.#tell(task, outcome);
        // A file from elsewhere that does not work is of no use to anybody.
        if (outcome.status === "failed" && task.training?.kind === "check") await tasks.delete(task);
      }
      await trainings.settle(trainingId);
      log.info("a training ended", { trainingId, taskId, status: outcome.status });
    } finally {
      await release();
    }
  }

  /** In the message that showed the progress, or in a new one when that is gone. What cannot be told is not told. */
  async #tell(task: GuildTask, outcome: LearnOutcome): Promise<void> {
    const { tasks, postbox, log } = this.#options;
    const { training } = task;
    if (!training) return;
    const texts = textsFor(training.locale);
    const card: Card =
      outcome.status === "failed" ? failureCard(task, outcome, texts) : await taskCard(task, tasks, texts);
    try {
      if (training.message !== null) {
        try {
          return await postbox.edit(training.channel, training.message, bodyOf(card), card.files);
        } catch (error) {
          if (discordCode(error) !== UNKNOWN_MESSAGE) throw error;
        }
      }
      await postbox.post(training.channel, { ...bodyOf(card), ...nonceOf(`e${training.id}`) }, card.files);
    } catch (error) {
      if (faultOf(error) === "passing") throw error;
      // `/task show` says it, too.
      log.warn("nobody can be told how a training ended", { taskId: task.id, error });
    }
  }

  #compare(): Promise<void> {
    this.#comparing ??= this.#compareAll()
      .catch((error: unknown) => this.#options.log.debug("no comparison of trainings this time", { error }))
      .finally(() => {
        this.#comparing = undefined;
      });
    return this.#comparing;
  }

  async #compareAll(): Promise<void> {
    for (const [trainingId, taskId] of await this.#options.trainings.open()) await this.#look(trainingId, taskId);
    await this.#options.board.lookAtWorkers();
  }

  async #look(trainingId: string, taskId: string): Promise<void> {
    const { tasks, trainings, learnQueue, board, log } = this.#options;
    const fresh = Date.now() - SnowflakeUtil.timestampFrom(trainingId) < MAKING_MS;
    const task = await tasks.get(taskId);
    if (task?.training?.id !== trainingId) {
      // Deleted, or never begun.
      if (!fresh) await trainings.settle(trainingId);
      return;
    }
    const job = await learnQueue.stateOf(trainingId);
    if (job.state === "finished") return this.end(trainingId, job.outcome);
    if (job.state !== "missing") return board.track(task, job.state === "active");
    if (await trainings.isCancelled(trainingId)) {
      return this.end(trainingId, failed(trainingId, "cancelled", "the training was cancelled"));
    }
    // Its handler died, or the queue was not durable. One that is being begun just now adds its job itself.
    if (task.training.message === null && fresh) return;
    log.warn("a training had no job", { trainingId });
    try {
      await this.enqueue(task);
    } catch (error) {
      if (!(error instanceof EmendError) || error.code === "queue_unavailable") throw error;
      await this.end(trainingId, failed(trainingId, error.code, error.message));
    }
  }
}

/** Discord answers a second post with the same nonce by the first one's message, for some minutes. */
const nonceOf = (id: string) => ({ nonce: id.slice(0, 25), enforce_nonce: true as const });
