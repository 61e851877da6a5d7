import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { startWorker } from "../../gpu-worker/startWorker.ts";
import { TaskFiles } from "../../src/learning/TaskFiles.ts";
import { noLog } from "../../src/log/createLog.ts";
import { CancelRequests } from "../../src/queue/CancelRequests.ts";
import { EditQueue } from "../../src/queue/EditQueue.ts";
import { EditTimes } from "../../src/queue/EditTimes.ts";
import { FolderBlobStore } from "../../src/storage/FolderBlobStore.ts";
import { startTestRedis, type TestRedis } from "../queue/testRedis.ts";
import { waitFor } from "../queue/waitFor.ts";
import { makeJob } from "./editJob.ts";
import { TintEngine } from "./TintEngine.ts";

let redis: TestRedis;
const closers: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  redis = await startTestRedis();
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(() => redis.close());

/** An engine that says how many steps it did. */
class CountingEngine extends TintEngine {
  steps = 0;
  override edit(...[request, options]: Parameters<TintEngine["edit"]>): ReturnType<TintEngine["edit"]> {
    const onProgress: NonNullable<typeof options>["onProgress"] = (progress) => {
      this.steps = progress.step;
      options?.onProgress?.(progress);
    };
    return super.edit(request, { ...options, onProgress });
  }
}

async function bench() {
  const prefix = redis.prefix();
  const commands = await redis.commands();
  const blobs = new FolderBlobStore(join(redis.home, randomUUID()));
  const queue = new EditQueue(commands, prefix, () => undefined);
  closers.push(() => queue.close());
  return {
    ...{ blobs, queue, cancels: new CancelRequests(commands, prefix), times: new EditTimes(commands, prefix) },
    start: (engine: TintEngine) => {
      const worker = startWorker({
        ...{ connection: redis.blocking(), prefix, engine, blobs, previews: blobs, log: noLog },
        ...{ files: new TaskFiles(join(redis.home, "tasks")), limits: { maxPixels: 1e6, maxBytes: 1e6 } },
      });
      closers.push(() => worker.close(0));
      return worker;
    },
    outcomeOf: async (turnId: string) =>
      waitFor(async () => {
        const job = await queue.stateOf(turnId);
        return job.state === "finished" ? job.outcome : undefined;
      }, `the outcome of ${turnId}`),
  };
}

it("stops a running edit within a step of the wish, whoever wrote it down", async () => {
  const { blobs, queue, cancels, start, outcomeOf } = await bench();
  const engine = new CountingEngine({ stepMs: 1_000 });
  start(engine);
  const job = await makeJob(blobs, { steps: 50 });
  await queue.add(job);
  await waitFor(() => engine.steps >= 1, "a step");
  const before = engine.steps;
  await cancels.add(job.turnId);
  expect(await outcomeOf(job.turnId)).toMatchObject({ status: "failed", code: "cancelled" });
  expect(engine.steps).toBeLessThanOrEqual(before + 1);
});

it("looks after every step, also when steps are faster than it looks anyway", async () => {
  const { blobs, queue, cancels, start, outcomeOf } = await bench();
  const engine = new CountingEngine({ stepMs: 30 });
  start(engine);
  const job = await makeJob(blobs, { steps: 100 });
  await queue.add(job);
  await waitFor(() => engine.steps >= 1, "a step");
  await cancels.add(job.turnId);
  expect(await outcomeOf(job.turnId)).toMatchObject({ code: "cancelled" });
  expect(engine.steps).toBeLessThan(100);
});

it("stops an edit whose worker was restarted after the wish, and makes the next one", async () => {
  const { blobs, queue, cancels, start, outcomeOf } = await bench();
  const slow = new CountingEngine({ stepMs: 60_000 });
  const first = start(slow);
  const job = await makeJob(blobs);
  await queue.add(job);
  await waitFor(() => slow.edits.length === 1, "the edit to begin");
  await first.close(0);
  await cancels.add(job.turnId);
  const next = await makeJob(blobs);
  await queue.add(next);
  const engine = new CountingEngine({ stepMs: 500 });
  start(engine);
  expect(await outcomeOf(job.turnId)).toMatchObject({ status: "failed", code: "cancelled" });
  expect(await outcomeOf(next.turnId)).toMatchObject({ status: "done" });
});

it("measures edits that worked, by model and steps, and no others", async () => {
  const { blobs, queue, cancels, times, start, outcomeOf } = await bench();
  start(new CountingEngine({ stepMs: 20 }));
  const job = await makeJob(blobs, { steps: 5 });
  const cancelled = await makeJob(blobs, { steps: 7 });
  await cancels.add(cancelled.turnId);
  await queue.add(cancelled);
  await queue.add(job);
  await outcomeOf(job.turnId);
  await waitFor(async () => (await times.typical("tint"))(5), "the measurement");
  const typical = await times.typical("tint");
  expect(typical(5)).toBeGreaterThanOrEqual(100);
  expect(typical(7)).toBeCloseTo(((typical(5) as number) * 7) / 5); // by proportion: none of its own
});

it("takes a waiting edit out of the line, and leaves one that a worker has", async () => {
  const { blobs, queue, start } = await bench();
  const engine = new CountingEngine({ stepMs: 60_000 });
  start(engine);
  const jobs = [await makeJob(blobs), await makeJob(blobs), await makeJob(blobs)];
  for (const job of jobs) await queue.add(job);
  await waitFor(() => engine.edits.length === 1, "the first to start");
  const [running = "", removed = "", left = ""] = jobs.map(({ turnId }) => turnId);
  expect([await queue.remove(running), await queue.remove(removed), await queue.remove(removed)]).toEqual([
    ...[false, true, true],
  ]);
  expect(await queue.waiting()).toEqual([left]);
  expect((await queue.running()).map(({ turnId }) => turnId)).toEqual([running]);
});
