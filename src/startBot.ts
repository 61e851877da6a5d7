import { join } from "node:path";
import { Events } from "discord.js";
import { Once } from "./conversation/Once.ts";
import { PendingPictures } from "./conversation/PendingPictures.ts";
import { RetentionSweep } from "./conversation/RetentionSweep.ts";
import { TurnStore } from "./conversation/TurnStore.ts";
import { createClient } from "./discord/client/createClient.ts";
import { logIn } from "./discord/client/logIn.ts";
import { Deliverer } from "./discord/delivery/Deliverer.ts";
import { Postbox } from "./discord/delivery/Postbox.ts";
import { ProgressBoard } from "./discord/delivery/ProgressBoard.ts";
import { ProgressMessages } from "./discord/delivery/ProgressMessages.ts";
import { Reconciler } from "./discord/delivery/Reconciler.ts";
import { ReplyHandles } from "./discord/delivery/ReplyHandles.ts";
import { loadCommands } from "./discord/framework/loadCommands.ts";
import { registerCommands } from "./discord/framework/registerCommands.ts";
import { routeInteraction } from "./discord/framework/routeInteraction.ts";
import { Trainer } from "./discord/learning/Trainer.ts";
import { TrainingBoard } from "./discord/learning/TrainingBoard.ts";
import { forgetDeleted } from "./discord/replies/forgetDeleted.ts";
import { routeMessage } from "./discord/replies/routeMessage.ts";
import type { Services } from "./discord/Services.ts";
import { DepartureSweep } from "./guilds/DepartureSweep.ts";
import { GuildRegister } from "./guilds/GuildRegister.ts";
import type { PictureLimits } from "./images/inspectPicture.ts";
import { GuildTaskStore } from "./learning/GuildTaskStore.ts";
import { TaskFiles } from "./learning/TaskFiles.ts";
import { TrainingStore } from "./learning/TrainingStore.ts";
import type { Log } from "./log/createLog.ts";
import { Admission } from "./queue/Admission.ts";
import { CancelRequests } from "./queue/CancelRequests.ts";
import { EditEvents } from "./queue/EditEvents.ts";
import { EditQueue } from "./queue/EditQueue.ts";
import { EditTimes } from "./queue/EditTimes.ts";
import { LearnEvents } from "./queue/LearnEvents.ts";
import { LearnQueue } from "./queue/LearnQueue.ts";
import { WorkerDirectory } from "./queue/WorkerDirectory.ts";
import { GuildSettingsStore } from "./settings/GuildSettingsStore.ts";
import { FolderBlobStore } from "./storage/FolderBlobStore.ts";
import {
  connectForBlocking,
  connectForCommands,
  requireNoEviction,
  waitUntilConnected,
} from "./storage/redisConnection.ts";

const REDIS_LIMIT_MS = 15_000;
const MAX_WAITING = 500;
/** How long handlers and deliveries that are under way may take to end. Milliseconds. */
const DRAIN_MS = 8_000;

export interface BotOptions {
  readonly token: string;
  readonly apiUrl: string;
  readonly cdnUrl?: string | undefined;
  /** Ask for the privileged Message Content intent. */
  readonly messageContent?: boolean | undefined;
  readonly redisUrl: string;
  readonly prefix: string;
  /** EMEND_HOME. */
  readonly home: string;
  readonly limits: PictureLimits;
  /** Edits that may be in the line, of all servers together; default 500. */
  readonly maxWaiting?: number;
  readonly log: Log;
  /** Lines for the person who starts the bot. */
  readonly say?: (line: string) => void;
  /** Other times than the usual ones, for tests. Milliseconds. */
  readonly progressMs?: number;
  readonly reconcileMs?: number;
}

export interface Bot {
  /** As Discord shows it. */
  readonly name: string;
  /** How many servers it is in. */
  guilds(): number;
  /** Stops taking interactions, ends what is under way, and leaves. */
  close(): Promise<void>;
}

/**
 * The whole bot: connects to Redis and Discord, registers its commands, and answers until it is closed.
 * @throws EmendError `queue_unavailable`, `bad_usage`
 */
export async function startBot(options: BotOptions, signal: AbortSignal = new AbortController().signal): Promise<Bot> {
  const { token, prefix, home, log, say = () => undefined } = options;
  const closers: (() => unknown)[] = [];
  const close = async () => {
    for (const each of closers.splice(0).reverse()) await each();
  };
  try {
    // 1. Redis.
    const redis = connectForCommands(options.redisUrl, (error) => log.debug("Redis", { error }));
    closers.push(() => redis.disconnect());
    await waitUntilConnected(redis, REDIS_LIMIT_MS);
    await requireNoEviction(redis);
    const turns = new TurnStore(redis, prefix);
    await turns.checkSchema();
    const queue = new EditQueue(redis, prefix, (error) => log.debug("queue", { error }));
    closers.push(() => queue.close());
    const learnQueue = new LearnQueue(redis, prefix, (error) => log.debug("queue", { error }));
    closers.push(() => learnQueue.close());

    // 2. Discord.
    const registry = await loadCommands(new URL("../commands/", import.meta.url));
    const client = await logIn(() => createClient(options, log), token, say, signal);
    closers.push(() => client.destroy());
    const applicationId = client.application.id;
    await registerCommands(client.rest, applicationId, registry.payloads);

    // 3. What the handlers work with.
    const blobs = new FolderBlobStore(join(home, "blobs"));
    const previews = new FolderBlobStore(join(home, "previews"));
    const replies = new ReplyHandles(redis, prefix, token);
    const workers = new WorkerDirectory(redis, prefix);
    const admission = new Admission(redis, prefix);
    const times = new EditTimes(redis, prefix);
    const cancels = new CancelRequests(redis, prefix);
    const postbox = new Postbox(client.rest, applicationId);
    const progress = new ProgressMessages(redis, prefix, postbox);
    const { progressMs: intervalMs } = options;
    const board = new ProgressBoard({
      ...{ queue, workers, admission, times, previews, replies, messages: progress, postbox, log },
      ...(intervalMs === undefined ? {} : { intervalMs }),
    });
    const deliverer = new Deliverer({
      redis,
      prefix,
      turns,
      admission,
      cancels,
      blobs,
      replies,
      board,
      progress,
      postbox,
      log,
    });
    const pending = new PendingPictures(redis, prefix);
    const once = new Once(redis, prefix);
    const settings = new GuildSettingsStore(redis, prefix);
    const tasks = new GuildTaskStore(redis, prefix, new TaskFiles(join(home, "tasks")));
    const trainings = new TrainingStore(redis, prefix);
    const trainingBoard = new TrainingBoard({ workers, previews, postbox, log, intervalMs });
    const trainer = new Trainer({
      ...{ tasks, trainings, learnQueue, board: trainingBoard, postbox, log, intervalMs: options.reconcileMs },
    });
    const services: Services = {
      ...{ turns, pending, once, settings, blobs, queue, workers, replies, board, progress, postbox },
      ...{ admission, times, cancels, deliverer, maxWaiting: options.maxWaiting ?? MAX_WAITING },
      ...{ tasks, trainings, learnQueue, trainer },
      ...{ limits: options.limits, cdnBase: options.cdnUrl },
    };

    // 4. Listen to the queue first and compare afterwards, so that nothing falls between.
    const listening = connectForBlocking(options.redisUrl, (error) => log.debug("Redis", { error }));
    closers.push(() => listening.disconnect());
    const events = new EditEvents(listening, prefix, {
      onActive: (turnId) => board.onActive(turnId),
      onProgress: (turnId, progress) => board.onProgress(turnId, progress),
      onOutcome: (turnId, outcome) => void deliverer.deliver(turnId, outcome),
      onError: (error) => log.warn("queue events", { error }),
    });
    const learnEvents = new LearnEvents(listening, prefix, {
      onActive: (trainingId) => trainingBoard.onActive(trainingId),
      onProgress: (trainingId, progress) => trainingBoard.onProgress(trainingId, progress),
      onOutcome: (trainingId, outcome) => void trainer.end(trainingId, outcome),
      onError: (error) => log.warn("queue events", { error }),
    });
    await Promise.all([events.ready(), learnEvents.ready()]);
    const reconciler = new Reconciler({
      ...{ turns, queue, admission, cancels, deliverer, board, progress, log },
      ...(options.reconcileMs === undefined ? {} : { intervalMs: options.reconcileMs }),
    });
    const register = new GuildRegister(redis, prefix, applicationId);
    // Servers with an outage are in the cache, too: Discord lists them at the login.
    const present = () => [...client.guilds.cache.keys()];
    const sweeps = [
      new RetentionSweep({ turns, blobs, settings, log }),
      new DepartureSweep({ register, turns, blobs, tasks, settings, present, log }),
    ];
    closers.push(
      ...sweeps.map((sweep) => () => sweep.stop()),
      () => board.close(),
      () => deliverer.idle(),
      () => reconciler.stop(),
      () => events.close(),
      () => trainer.stop(),
      () => learnEvents.close(),
    );
    await Promise.all([reconciler.start(), trainer.start()]);
    for (const sweep of sweeps) sweep.start();

    // 5. Answer.
    const handling = new Set<Promise<void>>();
    const handle = (work: Promise<void>) => {
      const handled = work.finally(() => handling.delete(handled));
      handling.add(handled);
    };
    client.on(Events.InteractionCreate, (it) => handle(routeInteraction(it, registry, services, log)));
    client.on(Events.MessageCreate, (message) => handle(routeMessage(message, services, log)));
    client.on(Events.MessageDelete, ({ id }) => handle(forgetDeleted([id], client, services, log)));
    client.on(Events.MessageBulkDelete, (messages) => handle(forgetDeleted(messages.keys(), client, services, log)));
    // An outage is another event, and none of these. What Redis does not hear of now, the sweep finds out.
    const note = (work: Promise<void>) => handle(work.catch((error) => log.warn("a server was not noted", { error })));
    client.on(Events.GuildCreate, ({ id }) => note(register.joined([id])));
    client.on(Events.GuildDelete, ({ id }) => note(register.left(id, Date.now())));
    closers.push(async () => {
      client.removeAllListeners(Events.InteractionCreate);
      client.removeAllListeners(Events.MessageCreate);
      client.removeAllListeners(Events.MessageDelete);
      client.removeAllListeners(Events.MessageBulkDelete);
      client.removeAllListeners(Events.GuildCreate);
      client.removeAllListeners(Events.GuildDelete);
      await Promise.race([Promise.all(handling), new Promise((resolve) => setTimeout(resolve, DRAIN_MS).unref())]);
    });
    log.info("the bot is ready", { user: client.user.tag, guilds: client.guilds.cache.size });
    return { name: client.user.tag, guilds: () => client.guilds.cache.size, close };
  } catch (error) {
    await close();
    throw error;
  }
}
