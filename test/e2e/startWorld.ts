import { join } from "node:path";
import type { EditEngine } from "../../gpu-worker/engine/EditEngine.ts";
import type { LearningEngine } from "../../gpu-worker/engine/learning.ts";
import type { Consumer } from "../../gpu-worker/startConsumer.ts";
import { startHeartbeat } from "../../gpu-worker/startHeartbeat.ts";
import { startLearnWorker } from "../../gpu-worker/startLearnWorker.ts";
import { startWorker } from "../../gpu-worker/startWorker.ts";
import { type ChannelHandle, type Sandbox, startSandbox } from "../../sandbox/index.ts";
import { TaskFiles } from "../../src/learning/TaskFiles.ts";
import { TrainingStore } from "../../src/learning/TrainingStore.ts";
import { createLog } from "../../src/log/createLog.ts";
import { EditQueue } from "../../src/queue/EditQueue.ts";
import { WorkerDirectory } from "../../src/queue/WorkerDirectory.ts";
import { type Bot, type BotOptions, startBot } from "../../src/startBot.ts";
import { FolderBlobStore } from "../../src/storage/FolderBlobStore.ts";
import { startTestRedis, type TestRedis } from "../queue/testRedis.ts";

const LIMITS = { maxPixels: 4_000_000, maxBytes: 2 * 2 ** 20 };

/** A local Discord, the real bot, a real queue: everything but the model. */
export interface World {
  readonly sandbox: Sandbox;
  readonly redis: TestRedis;
  readonly prefix: string;
  readonly queue: EditQueue;
  /** Everything that was logged, at the most talkative level. */
  readonly lines: string[];
  readonly botOptions: BotOptions;
  /** The first open channel. */
  readonly pictures: ChannelHandle;
  startBot(change?: Partial<BotOptions>): Promise<Bot>;
  /** Takes trainings, too, when the engine learns. */
  startWorker(
    engine: EditEngine | (EditEngine & LearningEngine),
  ): Promise<Consumer & { stop(graceMs?: number): Promise<void> }>;
  close(): Promise<void>;
}

export async function startWorld(redisPath?: string, { page = false } = {}): Promise<World> {
  const redis = await startTestRedis(redisPath);
  const sandbox = await startSandbox({ rateLimits: false, page, log: () => undefined });
  const prefix = redis.prefix();
  const lines: string[] = [];
  const log = createLog({
    level: "debug",
    secrets: [sandbox.token, redis.access.url],
    write: (line) => void lines.push(line),
  });
  const queue = new EditQueue(await redis.commands(), prefix, () => undefined);
  const closers: (() => Promise<unknown>)[] = [];
  const botOptions: BotOptions = {
    ...{ token: sandbox.token, apiUrl: sandbox.apiUrl, cdnUrl: sandbox.cdnUrl },
    ...{ redisUrl: redis.access.url, prefix, home: redis.home, limits: LIMITS, log, progressMs: 300, reconcileMs: 500 },
  };
  return {
    ...{ sandbox, redis, prefix, queue, lines, botOptions, pictures: sandbox.channel("pictures") },
    startBot: async (change = {}) => {
      const bot = await startBot({ ...botOptions, ...change });
      let closed: Promise<void> | undefined;
      const close = () => {
        closed ??= bot.close();
        return closed;
      };
      closers.push(close);
      return { ...bot, close };
    },
    startWorker: async (engine) => {
      const blobs = new FolderBlobStore(join(redis.home, "blobs"));
      const previews = new FolderBlobStore(join(redis.home, "previews"));
      const files = new TaskFiles(join(redis.home, "tasks"));
      const shared = { connection: redis.blocking(), prefix, files, previews, limits: LIMITS, log };
      const worker = startWorker({ ...shared, engine, blobs });
      const consumers: Consumer[] = [worker];
      if ("learn" in engine) {
        const trainings = new TrainingStore(await redis.commands(), prefix);
        consumers.push(startLearnWorker({ ...shared, engine, trainings }));
      }
      const directory = new WorkerDirectory(await redis.commands(), prefix);
      const leave = startHeartbeat(directory, `w${Math.random()}`, () => engine.info, log);
      for (const consumer of consumers) await consumer.ready();
      let stopped: Promise<void> | undefined;
      const stop = (graceMs = 0) => {
        stopped ??= leave().then(async () => void (await Promise.all(consumers.map((each) => each.close(graceMs)))));
        return stopped;
      };
      closers.push(() => stop());
      return { ...worker, stop };
    },
    close: async () => {
      for (const close of closers.splice(0).reverse()) await close();
      await queue.close();
      await sandbox.close();
      await redis.close();
    },
  };
}
