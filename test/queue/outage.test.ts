import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorker } from "../../gpu-worker/startWorker.ts";
import { TaskFiles } from "../../src/learning/TaskFiles.ts";
import { noLog } from "../../src/log/createLog.ts";
import { EditQueue } from "../../src/queue/EditQueue.ts";
import { LearnQueue } from "../../src/queue/LearnQueue.ts";
import { findRedisServer } from "../../src/queue/redisServer.ts";
import { FolderBlobStore } from "../../src/storage/FolderBlobStore.ts";
import { connectForCommands } from "../../src/storage/redisConnection.ts";
import { makeJob } from "../worker/editJob.ts";
import { TintEngine } from "../worker/TintEngine.ts";
import { startTestRedis, type TestRedis } from "./testRedis.ts";
import { waitFor } from "./waitFor.ts";

async function timed(action: () => Promise<unknown>): Promise<{ code: unknown; milliseconds: number }> {
  const start = performance.now();
  const code = await action().then(
    () => "ok",
    (error: { code?: unknown }) => error.code,
  );
  return { code, milliseconds: performance.now() - start };
}

it("refuses at once when there has never been a Redis", async () => {
  const redis = connectForCommands("redis://127.0.0.1:1", () => undefined);
  const queue = new EditQueue(redis, "test", () => undefined);
  const none = async () => {
    throw new Error("unused");
  };
  const job = await makeJob({ put: async () => "0".repeat(64), get: none, has: none, delete: none });
  const { code, milliseconds } = await timed(() => queue.add(job));
  expect(code).toBe("queue_unavailable");
  expect(milliseconds).toBeLessThan(2_500);
  redis.disconnect();
});

describe.skipIf(findRedisServer() === undefined)("with redis-server", () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startTestRedis();
  });
  afterAll(() => redis.close());

  it("refuses within 2.5 s while Redis is frozen, and works again afterwards", async () => {
    const connection = await redis.commands();
    const queue = new EditQueue(connection, redis.prefix(), () => undefined);
    const blobs = new FolderBlobStore(join(redis.home, randomUUID()));
    await queue.add(await makeJob(blobs));
    const pid = Number(/process_id:(\d+)/.exec(await connection.info("server"))?.[1]);
    process.kill(pid, "SIGSTOP");
    try {
      const job = await makeJob(blobs);
      const { code, milliseconds } = await timed(() => queue.add(job));
      expect(code).toBe("queue_unavailable");
      expect(milliseconds).toBeLessThan(2_500);
    } finally {
      process.kill(pid, "SIGCONT");
    }
    const next = await makeJob(blobs);
    await waitFor(
      () =>
        queue.add(next).then(
          () => true,
          () => false,
        ),
      "the queue to come back",
    );
    await queue.close();
  });

  it("can be used once Redis answers, when Redis was too slow to answer at the start", async () => {
    const connection = await redis.commands();
    const pid = Number(/process_id:(\d+)/.exec(await connection.info("server"))?.[1]);
    const blobs = new FolderBlobStore(join(redis.home, randomUUID()));
    process.kill(pid, "SIGSTOP");
    const queues = [EditQueue, LearnQueue].map((Each) => new Each(connection, redis.prefix(), () => undefined));
    const [edits] = queues as [EditQueue, LearnQueue];
    await new Promise((resolve) => setTimeout(resolve, 2_200)); // longer than a command may take
    process.kill(pid, "SIGCONT");
    await edits.add(await makeJob(blobs));
    expect(await edits.waiting()).toHaveLength(1);
    for (const queue of queues) await queue.close();
  });

  it("loses no job and takes jobs again when Redis was killed", async () => {
    const prefix = redis.prefix();
    const connection = await redis.commands();
    const queue = new EditQueue(connection, prefix, () => undefined);
    const blobs = new FolderBlobStore(join(redis.home, randomUUID()));
    const waiting = await makeJob(blobs);
    await queue.add(waiting);
    await new Promise((resolve) => setTimeout(resolve, 1_100)); // appendfsync everysec

    const pid = Number(/process_id:(\d+)/.exec(await connection.info("server"))?.[1]);
    process.kill(pid, "SIGKILL");
    const worker = startWorker({
      ...{ connection: redis.blocking(), prefix, engine: new TintEngine(), blobs, previews: blobs, log: noLog },
      files: new TaskFiles(join(redis.home, "tasks")),
      limits: { maxPixels: 1e6, maxBytes: 1e6 },
    });
    const finished = async (turnId: string) =>
      (await queue.stateOf(turnId).catch(() => undefined))?.state === "finished";
    await waitFor(() => finished(waiting.turnId), "the job from before");
    const later = await makeJob(blobs);
    await waitFor(
      () =>
        queue.add(later).then(
          () => true,
          () => false,
        ),
      "the queue to come back",
    );
    await waitFor(() => finished(later.turnId), "the job from after");
    await worker.close(0);
    await queue.close();
  });
});
