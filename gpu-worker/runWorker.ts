import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { join } from "node:path";
import type { PictureLimits } from "../src/images/inspectPicture.ts";
import { TaskFiles } from "../src/learning/TaskFiles.ts";
import { TrainingStore } from "../src/learning/TrainingStore.ts";
import type { Log } from "../src/log/createLog.ts";
import { WorkerDirectory } from "../src/queue/WorkerDirectory.ts";
import { FolderBlobStore } from "../src/storage/FolderBlobStore.ts";
import {
  connectForBlocking,
  connectForCommands,
  requireNoEviction,
  waitUntilConnected,
} from "../src/storage/redisConnection.ts";
import type { EditEngine } from "./engine/EditEngine.ts";
import type { LearningEngine } from "./engine/learning.ts";
import type { Consumer } from "./startConsumer.ts";
import { startHeartbeat } from "./startHeartbeat.ts";
import { startLearnWorker } from "./startLearnWorker.ts";
import { startWorker } from "./startWorker.ts";

const REDIS_LIMIT_MS = 15_000;
/** Previews are looked at for seconds; what a killed worker left is swept at the next start. Milliseconds. */
const OLD_PREVIEW_MS = 3_600_000;

export interface RunOptions {
  readonly engine: EditEngine & LearningEngine;
  readonly redisUrl: string;
  readonly prefix: string;
  /** EMEND_HOME, the same folder (or a shared one) as the bot's. */
  readonly home: string;
  readonly limits: PictureLimits;
  readonly log: Log;
}

/**
 * A worker in this process, ready to take edits when this resolves. The engine stays the caller's to close.
 * @returns what ends it: no more jobs, up to `graceMs` for the running one, then the connections
 * @throws EmendError `queue_unavailable`, `bad_usage`
 */
export async function runWorker(options: RunOptions): Promise<(graceMs: number) => Promise<void>> {
  const { engine, redisUrl, prefix, home, limits, log } = options;
  const onError = (error: Error) => log.debug("Redis", { error });
  const commands = connectForCommands(redisUrl, onError);
  const blocking = connectForBlocking(redisUrl, onError);
  const disconnect = () => {
    commands.disconnect();
    blocking.disconnect();
  };
  try {
    await waitUntilConnected(commands, REDIS_LIMIT_MS);
    await requireNoEviction(commands);
    const previews = new FolderBlobStore(join(home, "previews"));
    await previews.deleteOlderThan(OLD_PREVIEW_MS);
    const blobs = new FolderBlobStore(join(home, "blobs"));
    const files = new TaskFiles(join(home, "tasks"));
    const shared = { connection: blocking, prefix, files, previews, limits, log };
    const trainings = new TrainingStore(commands, prefix);
    const consumers: Consumer[] = [
      startWorker({ ...shared, engine, blobs }),
      startLearnWorker({ ...shared, engine, trainings }),
    ];
    await Promise.all(consumers.map((consumer) => consumer.ready()));
    const id = `${hostname().slice(0, 40)}-${randomUUID().slice(0, 8)}`;
    const leave = startHeartbeat(new WorkerDirectory(commands, prefix), id, () => engine.info, log);
    return async (graceMs) => {
      await leave();
      await Promise.all(consumers.map((consumer) => consumer.close(graceMs)));
      disconnect();
    };
  } catch (error) {
    disconnect();
    throw error;
  }
}
