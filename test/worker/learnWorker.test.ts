import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { startLearnWorker } from "../../gpu-worker/startLearnWorker.ts";
import { startWorker } from "../../gpu-worker/startWorker.ts";
import { TaskFiles } from "../../src/learning/TaskFiles.ts";
import { TrainingStore } from "../../src/learning/TrainingStore.ts";
import { noLog } from "../../src/log/createLog.ts";
import type { LearnJob } from "../../src/queue/contract/LearnJob.ts";
import type { LearnOutcome } from "../../src/queue/contract/LearnOutcome.ts";
import type { LearnProgress } from "../../src/queue/contract/LearnProgress.ts";
import { EditQueue } from "../../src/queue/EditQueue.ts";
import { LearnEvents } from "../../src/queue/LearnEvents.ts";
import { LearnQueue } from "../../src/queue/LearnQueue.ts";
import { FolderBlobStore } from "../../src/storage/FolderBlobStore.ts";
import { startTestRedis, type TestRedis } from "../queue/testRedis.ts";
import { waitFor } from "../queue/waitFor.ts";
import { makeJob, plainPng } from "./editJob.ts";
import { makeTraining } from "./learnJob.ts";
import { makeTaskFile, TeachEngine } from "./TeachEngine.ts";

const SCRIPT = fileURLToPath(new URL("./learnProcess.ts", import.meta.url));
const SLOW = 60_000;
const limits = { maxPixels: 1e6, maxBytes: 1e6 };

let redis: TestRedis;
const closers: (() => unknown)[] = [];
beforeAll(async () => {
  redis = await startTestRedis();
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(() => redis.close());

async function bench(engine?: TeachEngine) {
  const prefix = redis.prefix();
  const folder = join(redis.home, randomUUID());
  const files = new TaskFiles(join(folder, "tasks"));
  const previews = new FolderBlobStore(join(folder, "previews"));
  const commands = await redis.commands();
  const trainings = new TrainingStore(commands, prefix);
  const outcomes = new Map<string, LearnOutcome[]>();
  const progress: LearnProgress[] = [];
  const events = new LearnEvents(redis.blocking(), prefix, {
    onActive: () => undefined,
    onProgress: (_, each) => progress.push(each),
    onOutcome: (id, outcome) => outcomes.set(id, [...(outcomes.get(id) ?? []), outcome]),
    onError: () => undefined,
  });
  await events.ready();
  closers.push(() => events.close());
  const queue = new LearnQueue(commands, prefix, () => undefined);
  closers.push(() => queue.close());
  const shared = { prefix, files, previews, limits, log: noLog };
  const start = (teacher: TeachEngine) => {
    const worker = startLearnWorker({ ...shared, connection: redis.blocking(), engine: teacher, trainings });
    closers.push(() => worker.close(0));
    return worker;
  };
  const worker = engine && start(engine);
  const outcomeOf = (job: LearnJob) => waitFor(() => outcomes.get(job.trainingId)?.[0], "the outcome", SLOW);
  return {
    prefix,
    folder,
    files,
    previews,
    commands,
    trainings,
    outcomes,
    progress,
    queue,
    shared,
    start,
    worker,
    outcomeOf,
  };
}

it("learns a task: file, sheet and curve lie among the task's files, and progress has an ETA and a preview", async () => {
  const engine = new TeachEngine({ learnStepMs: 300, learnSteps: 8 });
  const { files, queue, progress, outcomeOf } = await bench(engine);
  const job = await makeTraining(files);
  await queue.add(job);
  const outcome = await outcomeOf(job);
  if (outcome.status !== "done") throw new Error(JSON.stringify(outcome));
  expect(outcome).toMatchObject({ steps: 8, model: "tint", trainingId: job.trainingId });
  expect(outcome.losses).toHaveLength(9);
  expect(engine.trainings[0]).toMatchObject({ name: "dots", description: "draws dots", seed: 3 });
  expect(engine.trainings[0]?.examples.map(({ instruction }) => instruction)).toEqual(["dot 0", "dot 1", "dot 2"]);

  const blobs = files.of(job.taskId);
  expect(await blobs.get(outcome.file.sha256)).toEqual(
    Buffer.from(makeTaskFile("dots", { description: "draws dots" })),
  );
  const sheet = await sharp(await blobs.get(outcome.sheet.sha256)).metadata();
  expect([sheet.width, sheet.height]).toEqual([outcome.sheet.width, outcome.sheet.height]);
  const curve = await sharp(await blobs.get(outcome.curve.sha256)).stats();
  expect(curve.channels[2]?.max).toBe(255); // the curve's blue

  expect(progress.length).toBeGreaterThanOrEqual(2);
  expect(progress.some(({ preview }) => preview !== undefined)).toBe(true);
  expect(progress.at(-1)?.remainingMilliseconds).toBeGreaterThan(0);
  expect(await queue.stateOf(job.trainingId)).toMatchObject({ state: "finished", outcome: { status: "done" } });
});

it("makes one training of a job that is added three times", async () => {
  const engine = new TeachEngine();
  const { files, queue, outcomes, outcomeOf } = await bench(engine);
  const job = await makeTraining(files);
  await Promise.all([queue.add(job), queue.add(job), queue.add(job)]);
  await outcomeOf(job);
  await queue.add(job);
  const other = await makeTraining(files);
  await queue.add(other);
  await outcomeOf(other);
  expect(outcomes.get(job.trainingId)).toHaveLength(1);
  expect(engine.trainings).toHaveLength(2);
});

it("goes on from the last checkpoint when the engine fails, and begins again when that checkpoint does not fit", async () => {
  const engine = new TeachEngine({ learnFailures: 1, learnSteps: 20, learnStepMs: 10 });
  const { files, queue, trainings, outcomeOf } = await bench(engine);
  const job = await makeTraining(files);
  await queue.add(job);
  expect(await outcomeOf(job)).toMatchObject({ status: "done", steps: 20 });
  expect(engine.begunAt).toEqual([0, 9]);

  const other = await makeTraining(files);
  await trainings.saveCheckpoint(other.trainingId, Buffer.from("of another version"));
  await queue.add(other);
  expect(await outcomeOf(other)).toMatchObject({ status: "done" });
  expect(engine.begunAt).toEqual([0, 9, 0]);
});

it("does not try again what cannot work", async () => {
  const engine = new TeachEngine();
  const { files, queue, outcomeOf } = await bench(engine);
  const whole = await plainPng(200, 200);
  const cases: [string, Uint8Array, Uint8Array][] = [
    ["bad_image", await plainPng(32, 24), await plainPng(24, 32)],
    ["bad_image", await plainPng(200, 200), whole.subarray(0, whole.length - 40)],
    ["image_too_large", await plainPng(2_000, 1_000), await plainPng(2_000, 1_000)],
  ];
  for (const [code, before, after] of cases) {
    const job = await makeTraining(files);
    const blobs = files.of(job.taskId);
    const bad = { before: await blobs.put(before), after: await blobs.put(after), instruction: "x" };
    await queue.add({ ...job, examples: [bad] });
    expect(await outcomeOf(job), code).toMatchObject({ status: "failed", code });
  }
  const gone = await makeTraining(files);
  await files.deleteAll(gone.taskId);
  await queue.add(gone);
  expect(await outcomeOf(gone)).toMatchObject({ status: "failed", code: "not_found" });
  expect(engine.trainings).toHaveLength(0);
});

it("stops within seconds when somebody asks for it from another process, and leaves the line at once", async () => {
  const engine = new TeachEngine({ learnStepMs: 50, learnSteps: 10_000 });
  const { files, queue, trainings, outcomeOf } = await bench(engine);
  const running = await makeTraining(files);
  const waiting = await makeTraining(files);
  await queue.add(running);
  await waitFor(() => engine.begunAt.length === 1, "the training to begin");
  await queue.add(waiting);
  expect(await queue.remove(waiting.trainingId)).toBe(true);
  expect(await queue.stateOf(waiting.trainingId)).toEqual({ state: "missing" });
  expect(await queue.remove(running.trainingId)).toBe(false);
  await trainings.cancel(running.trainingId);
  expect(await outcomeOf(running)).toMatchObject({ status: "failed", code: "cancelled" });
});

it("puts the running training back when it is shut down, and another worker goes on with it", async () => {
  const slow = new TeachEngine({ learnStepMs: 20, learnSteps: 10_000 });
  const { files, queue, trainings, worker, start, outcomeOf, outcomes } = await bench(slow);
  const job = await makeTraining(files);
  await queue.add(job);
  await waitFor(() => trainings.checkpoint(job.trainingId), "a checkpoint");
  await worker?.close(10);
  expect((await queue.stateOf(job.trainingId)).state).toBe("waiting");
  const next = new TeachEngine({ learnSteps: 50 });
  start(next);
  expect(await outcomeOf(job)).toMatchObject({ status: "done" });
  expect(next.begunAt[0]).toBeGreaterThan(0);
  expect(outcomes.get(job.trainingId)).toHaveLength(1);
});

it(
  "goes on where a killed worker was, elsewhere, with one outcome",
  async () => {
    const { files, folder, prefix, queue, outcomes, outcomeOf } = await bench();
    const job = await makeTraining(files);
    await queue.add(job);
    const seen: { begun?: number; step?: number }[] = [];
    const startProcess = (): ChildProcess => {
      const child = fork(SCRIPT, [redis.access.url, prefix, folder], { execArgv: ["--no-warnings"], stdio: "inherit" });
      child.on("message", (message) => seen.push(message as { begun?: number; step?: number }));
      closers.push(() => child.kill("SIGKILL"));
      return child;
    };
    const first = startProcess();
    await waitFor(() => seen.some(({ step }) => step === 8), "step 8", SLOW);
    first.kill("SIGKILL");
    const last = Math.max(...seen.map(({ step = 0 }) => step));
    startProcess();
    expect(await outcomeOf(job)).toMatchObject({ status: "done", steps: 40 });
    const begun = seen.flatMap(({ begun: at }) => (at === undefined ? [] : [at]));
    expect(begun).toHaveLength(2);
    expect(begun[1]).toBeGreaterThanOrEqual(last - 2);
    expect(outcomes.get(job.trainingId)).toHaveLength(1);
  },
  SLOW,
);

it("tries out a file from elsewhere, and refuses one that was changed or belongs to another checkpoint", async () => {
  const { files, queue, outcomeOf } = await bench(new TeachEngine());
  const good = makeTaskFile("dots");
  const changed = Buffer.from(good);
  changed.writeUInt8((changed.at(-1) ?? 0) ^ 1, changed.length - 1);
  const cases: [Uint8Array, object][] = [
    [good, { status: "checked", model: "tint" }],
    [changed, { status: "failed", code: "bad_usage" }],
    [makeTaskFile("dots", { checkpoint: "d".repeat(64) }), { status: "failed", code: "bad_usage" }],
  ];
  for (const [i, [bytes, wanted]] of cases.entries()) {
    const taskId = `import-${i}`;
    const file = await files.of(taskId).put(bytes);
    const job: LearnJob = {
      ...{ v: 1, kind: "check", trainingId: `check-${i}`, taskId, name: "dots", file, requestedAt: 1 },
    };
    await queue.add(job);
    expect(await outcomeOf(job)).toMatchObject(wanted);
  }
});

it("edits with the tasks that the server published, under the server's names, and without those that are gone", async () => {
  const engine = new TeachEngine();
  const { files, prefix, folder, commands, shared } = await bench();
  const blobs = new FolderBlobStore(join(folder, "blobs"));
  const worker = startWorker({ ...shared, connection: redis.blocking(), engine, blobs });
  closers.push(() => worker.close(0));
  const edits = new EditQueue(commands, prefix, () => undefined);
  closers.push(() => edits.close());
  const done = async (change: Parameters<typeof makeJob>[1]) => {
    const job = await makeJob(blobs, change);
    await edits.add(job);
    return waitFor(async () => {
      const state = await edits.stateOf(job.turnId);
      return state.state === "finished" && state.outcome;
    }, "the edit");
  };
  const sha256 = await files.of("a").put(makeTaskFile("dots"));
  const dots = { id: "a", name: "polka", fileName: "dots", sha256 };
  const gone = { id: "b", name: "gone", fileName: "gone", sha256: "0".repeat(64) };

  expect(await done({ task: "polka", learned: [dots, gone] })).toMatchObject({
    ...{ status: "done", task: "polka", probabilities: [{ name: "polka" }, {}, {}, {}] },
  });
  expect(engine.edits.at(-1)).toMatchObject({ task: "dots", learned: [Buffer.from(makeTaskFile("dots"))] });
  expect(await done({ instruction: "now dots, please", learned: [dots] })).toMatchObject({ task: "polka" });
  expect(await done({ task: "gone", learned: [dots, gone] })).toMatchObject({ status: "failed", code: "unknown_task" });
  expect(await done({})).toMatchObject({ status: "done", task: "texture" });
});
