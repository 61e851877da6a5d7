import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { EditOutcome } from "../../src/queue/contract/EditOutcome.ts";
import { EditEvents } from "../../src/queue/EditEvents.ts";
import { EditQueue } from "../../src/queue/EditQueue.ts";
import { FolderBlobStore } from "../../src/storage/FolderBlobStore.ts";
import { startTestRedis, type TestRedis } from "../queue/testRedis.ts";
import { waitFor } from "../queue/waitFor.ts";
import { makeJob } from "./editJob.ts";

const SCRIPT = fileURLToPath(new URL("./workerProcess.ts", import.meta.url));
const SLOW = 90_000;

let redis: TestRedis;
const workers: ChildProcess[] = [];
beforeAll(async () => {
  redis = await startTestRedis();
});
afterEach(() => {
  for (const worker of workers.splice(0)) worker.kill("SIGKILL");
});
afterAll(() => redis.close());

async function bench() {
  const prefix = redis.prefix();
  const folder = join(redis.home, prefix);
  const blobs = new FolderBlobStore(folder);
  const queue = new EditQueue(await redis.commands(), prefix, () => undefined);
  const outcomes: EditOutcome[] = [];
  const events = new EditEvents(redis.blocking(), prefix, {
    ...{ onActive: () => undefined, onProgress: () => undefined, onError: () => undefined },
    onOutcome: (_, outcome) => outcomes.push(outcome),
  });
  await events.ready();
  /** What the workers began to edit. */
  const begun: unknown[] = [];
  const startWorker = (): ChildProcess => {
    const worker = fork(SCRIPT, [redis.access.url, prefix, folder], { execArgv: ["--no-warnings"], stdio: "inherit" });
    worker.on("message", (instruction) => begun.push(instruction));
    workers.push(worker);
    return worker;
  };
  const outcomeOf = (turnId: string) => waitFor(() => outcomes.find((each) => each.turnId === turnId), turnId, SLOW);
  const close = async () => {
    await events.close();
    await queue.close();
  };
  return { blobs, queue, outcomes, begun, startWorker, outcomeOf, close };
}

it(
  "makes the edit of a killed worker again, elsewhere, with one outcome",
  async () => {
    const { blobs, queue, outcomes, begun, startWorker, outcomeOf, close } = await bench();
    const job = await makeJob(blobs, { steps: 20 });
    await queue.add(job);
    const first = startWorker();
    await waitFor(() => begun.length === 1, "the edit to begin", SLOW);
    startWorker();
    first.kill("SIGKILL");
    expect(await outcomeOf(job.turnId)).toMatchObject({ status: "done" });
    expect(begun).toHaveLength(2);
    expect(outcomes).toHaveLength(1);
    await close();
  },
  SLOW,
);

it(
  "gives up on an edit that kills its workers, after two of them, and goes on with the others",
  async () => {
    const { blobs, queue, begun, startWorker, outcomeOf, close } = await bench();
    const poison = await makeJob(blobs, { instruction: "crash" });
    const good = await makeJob(blobs, { instruction: "make it red" });
    await queue.add(poison);
    const supervise = () => void startWorker().once("exit", () => stopping || supervise());
    let stopping = false;
    supervise();
    await waitFor(() => begun.length === 1, "the first death", SLOW);
    await queue.add(good);
    expect(await outcomeOf(good.turnId)).toMatchObject({ status: "done" });
    expect(await outcomeOf(poison.turnId)).toMatchObject({ status: "failed", code: "engine_failed" });
    expect(begun.filter((instruction) => instruction === "crash")).toHaveLength(2);
    stopping = true;
    await close();
  },
  SLOW,
);
