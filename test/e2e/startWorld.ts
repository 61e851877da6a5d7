import { join } from "node:path";
import type { EditEngine } from "../../gpu-worker/engine/EditEngine.ts";
import { startHeartbeat } from "../../gpu-worker/startHeartbeat.ts";
import { type EditWorker, startWorker } from "../../gpu-worker/startWorker.ts";
import { type ChannelHandle, type Sandbox, startSandbox } from "../../sandbox/index.ts";
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
  startWorker(engine: EditEngine): Promise<EditWorker & { stop(graceMs?: number): Promise<void> }>;
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
      const connection = redis.blocking();
      const worker = startWorker({
        ...{ connection, prefix, engine, blobs, previews, limits: LIMITS, log },
      });
      const directory = new WorkerDirectory(await redis.commands(), prefix);
      const leave = startHeartbeat(directory, `w${Math.random()}`, () => engine.info, log);
      await worker.ready();
      let stopped: Promise<void> | undefined;
      const stop = (graceMs = 0) => {
        stopped ??= leave().then(() => worker.close(graceMs));
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
