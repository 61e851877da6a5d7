import { randomUUID } from "node:crypto";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { EditEngine } from "../../gpu-worker/engine/EditEngine.ts";
import { startWorker } from "../../gpu-worker/startWorker.ts";
import { TaskFiles } from "../../src/learning/TaskFiles.ts";
import { noLog } from "../../src/log/createLog.ts";
import type { EditOutcome } from "../../src/queue/contract/EditOutcome.ts";
import type { EditProgress } from "../../src/queue/contract/EditProgress.ts";
import { EditEvents } from "../../src/queue/EditEvents.ts";
import { EditQueue } from "../../src/queue/EditQueue.ts";
import { jobIdOf } from "../../src/queue/names.ts";
import { FolderBlobStore } from "../../src/storage/FolderBlobStore.ts";
import { startTestRedis, type TestRedis } from "../queue/testRedis.ts";
import { waitFor } from "../queue/waitFor.ts";
import { makeJob, plainPng } from "./editJob.ts";
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

async function bench(engine: EditEngine, workers = 1) {
  const prefix = redis.prefix();
  const blobs = new FolderBlobStore(join(redis.home, randomUUID()));
  const outcomes = new Map<string, EditOutcome[]>();
  const progress: EditProgress[] = [];
  const events = new EditEvents(redis.blocking(), prefix, {
    onActive: () => undefined,
    onProgress: (_, each) => progress.push(each),
    onOutcome: (turnId, outcome) => outcomes.set(turnId, [...(outcomes.get(turnId) ?? []), outcome]),
    onError: () => undefined,
  });
  await events.ready();
  closers.push(() => events.close());
  const queue = new EditQueue(await redis.commands(), prefix, () => undefined);
  closers.push(() => queue.close());
  const start = () => {
    const worker = startWorker({
      connection: redis.blocking(),
      prefix,
      engine,
      blobs,
      previews: blobs,
      files: new TaskFiles(join(redis.home, "tasks")),
      limits: { maxPixels: 1e6, maxBytes: 1e6 },
      log: noLog,
    });
    closers.push(() => worker.close(0));
    return worker;
  };
  const running = Array.from({ length: workers }, start);
  const outcomeOf = (turnId: string) => waitFor(() => outcomes.get(turnId)?.[0], `the outcome of ${turnId}`);
  return { prefix, blobs, queue, outcomes, progress, start, running, outcomeOf };
}

it("makes an edit of the source's size and tells its progress", async () => {
  const { blobs, queue, progress, outcomeOf } = await bench(new TintEngine({ stepMs: 300 }));
  const job = await makeJob(blobs, { steps: 5, alpha: 0.1 });
  await queue.add(job);
  const outcome = await outcomeOf(job.turnId);
  expect(outcome).toMatchObject({ status: "done", task: "texture", seed: 7, steps: 5, model: "tint" });
  expect(outcome).toMatchObject({ alpha: 0.1, keptShare: 0, checkpoint: "c".repeat(64) });
  expect(outcome).toMatchObject({ profile: { name: "exact", resolution: 64 }, shallowEvaluations: 0 });
  if (outcome.status !== "done") throw new Error("unreachable");
  const picture = await sharp(await blobs.get(outcome.picture.sha256)).metadata();
  expect(picture).toMatchObject({ format: "png", width: 24, height: 16 });
  expect(await sharp(await blobs.get(outcome.before.sha256)).metadata()).toMatchObject({ format: "webp", width: 24 });
  expect(progress.length).toBeGreaterThanOrEqual(2);
  expect(progress.some((each) => each.preview !== undefined)).toBe(true);
  expect(await queue.stateOf(job.turnId)).toMatchObject({ state: "finished", outcome: { status: "done" } });
});

it("makes one edit of a job that is added three times", async () => {
  const engine = new TintEngine();
  const { blobs, queue, outcomeOf, outcomes } = await bench(engine);
  const job = await makeJob(blobs);
  await Promise.all([queue.add(job), queue.add(job), queue.add(job)]);
  await outcomeOf(job.turnId);
  await queue.add(job);
  const other = await makeJob(blobs);
  await queue.add(other);
  await outcomeOf(other.turnId);
  expect(outcomes.get(job.turnId)).toHaveLength(1);
  expect(engine.edits).toHaveLength(2);
});

it("does as many edits at once as the engine, and no more", async () => {
  const engine = new TintEngine({ stepMs: 60, concurrency: 3 });
  const { blobs, queue, outcomeOf, running } = await bench(engine);
  const jobs = await Promise.all(Array.from({ length: 5 }, () => makeJob(blobs, { steps: 20 })));
  for (const job of jobs) await queue.add(job);
  await waitFor(() => engine.edits.length === 3 || undefined, "three edits at once");
  expect(running[0]!.cancel(jobIdOf(jobs[1]!.turnId))).toBe(true);
  const outcomes = await Promise.all(jobs.map(({ turnId }) => outcomeOf(turnId)));
  expect(outcomes.map(({ status }) => status)).toEqual(["done", "failed", "done", "done", "done"]);
  expect(engine.edits).toHaveLength(5);
  expect(engine.mostAtOnce).toBe(3);
});

it("tries again when the engine fails, and gives up after three times", async () => {
  const engine = new TintEngine({ failures: 1 });
  const { blobs, queue, outcomeOf } = await bench(engine);
  const first = await makeJob(blobs);
  await queue.add(first);
  expect(await outcomeOf(first.turnId)).toMatchObject({ status: "done" });
  expect(engine.edits).toHaveLength(2);

  const doomed = new TintEngine({ failures: 99 });
  const second = await bench(doomed);
  const job = await makeJob(second.blobs);
  await second.queue.add(job);
  expect(await second.outcomeOf(job.turnId)).toMatchObject({ status: "failed", code: "engine_failed" });
  expect(doomed.edits).toHaveLength(3);
});

it("does not try again what cannot work", async () => {
  const engine = new TintEngine();
  const { blobs, queue, outcomeOf } = await bench(engine);
  const whole = await plainPng(200, 200);
  const cases = {
    unknown_task: await makeJob(blobs, { task: "sculpt" }),
    expired: await makeJob(blobs, { deadline: Date.now() - 1 }),
    bad_image: await makeJob(blobs, {}, whole.subarray(0, whole.length - 40)),
    image_too_large: await makeJob(blobs, {}, await plainPng(2_000, 1_000)),
    not_found: await makeJob(blobs, { source: { sha256: "0".repeat(64), width: 1, height: 1, bytes: 1 } }),
  };
  for (const [code, job] of Object.entries(cases)) {
    await queue.add(job);
    expect(await outcomeOf(job.turnId), code).toMatchObject({ status: "failed", code });
  }
  expect(engine.edits).toHaveLength(1); // only the unknown task reached the engine, once
});

it("ends an edit that is still running at its deadline", async () => {
  const { blobs, queue, outcomeOf } = await bench(new TintEngine({ stepMs: 2_000 }));
  const job = await makeJob(blobs, { deadline: Date.now() + 400 });
  await queue.add(job);
  expect(await outcomeOf(job.turnId)).toMatchObject({ status: "failed", code: "expired" });
});

it("cancels the engine when a running job is cancelled", async () => {
  const { blobs, queue, outcomeOf, running, prefix } = await bench(new TintEngine({ stepMs: 5_000 }));
  const job = await makeJob(blobs);
  await queue.add(job);
  await waitFor(async () => (await queue.stateOf(job.turnId)).state === "active", `a start in ${prefix}`);
  expect(running[0]?.cancel(jobIdOf(job.turnId))).toBe(true);
  expect(await outcomeOf(job.turnId)).toMatchObject({ status: "failed", code: "cancelled" });
});

it("puts the running edit back when it is shut down, and another worker makes it", async () => {
  const slow = new TintEngine({ stepMs: 60_000 });
  const { blobs, queue, outcomeOf, running, prefix, outcomes } = await bench(slow);
  const job = await makeJob(blobs);
  await queue.add(job);
  await waitFor(() => slow.edits.length === 1, "the edit to begin");
  await running[0]?.close(50);
  expect((await queue.stateOf(job.turnId)).state).toBe("waiting");

  const next = startWorker({
    ...{ connection: redis.blocking(), prefix, engine: new TintEngine(), blobs, previews: blobs, log: noLog },
    ...{ limits: { maxPixels: 1e6, maxBytes: 1e6 }, files: new TaskFiles(join(redis.home, "tasks")) },
  });
  closers.push(() => next.close(0));
  expect(await outcomeOf(job.turnId)).toMatchObject({ status: "done" });
  expect(outcomes.get(job.turnId)).toHaveLength(1);
});

it("tells where a job stands in the queue", async () => {
  const { blobs, queue } = await bench(new TintEngine({ stepMs: 60_000 }));
  const jobs = [];
  for (let i = 0; i < 3; i++) {
    jobs.push(await makeJob(blobs));
    await queue.add(jobs[i]!);
    if (i === 0) await waitFor(async () => (await queue.active()) === 1, "the first to start");
  }
  expect(await queue.waiting()).toEqual([jobs[1]?.turnId, jobs[2]?.turnId]);
});
