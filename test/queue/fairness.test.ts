import { type Job, Worker } from "bullmq";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Admission } from "../../src/queue/Admission.ts";
import type { EditJob } from "../../src/queue/contract/EditJob.ts";
import { EditQueue } from "../../src/queue/EditQueue.ts";
import { QUEUE_NAME, turnIdOf } from "../../src/queue/names.ts";
import { makeJob } from "../worker/editJob.ts";
import { startTestRedis, type TestRedis } from "./testRedis.ts";

const limits = { perMember: 1_000, perGuild: 1_000, total: 10_000, perDay: null };

let redis: TestRedis;
let template: EditJob;
beforeAll(async () => {
  redis = await startTestRedis();
  const none = async () => {
    throw new Error("unused");
  };
  template = await makeJob({ put: async () => "0".repeat(64), get: none, has: none, delete: none });
});
afterAll(() => redis.close());

/** A queue whose edits start and end when the test says so, on so many workers; notes in which order they started. */
async function bench(slots: number) {
  const prefix = redis.prefix();
  const connection = await redis.commands();
  const admission = new Admission(connection, prefix);
  const queue = new EditQueue(connection, prefix, () => undefined);
  const worker = new Worker(QUEUE_NAME, null, { connection: redis.blocking(), prefix });
  const running: Job[] = [];
  const started: string[] = [];
  let count = 0;
  const startNext = async () => {
    const job = await worker.getNextJob("token", { block: false });
    if (!job) return false;
    running.push(job);
    started.push(turnIdOf(job.id ?? "") ?? "");
    return true;
  };
  return {
    started,
    running: () => running.map((job) => turnIdOf(job.id ?? "") ?? ""),
    /** A member asks for an edit. @returns its turn: "member-number" */
    ask: async (member: string) => {
      const turnId = `${member}-${++count}`;
      const request = { turnId, member, guild: "9", steps: undefined, deadline: template.deadline };
      const verdict = await admission.admit(request, limits);
      if (!verdict.admitted) throw new Error("there is room");
      await queue.add({ ...template, turnId }, verdict.round);
      return turnId;
    },
    /** The oldest running edit ends, and free workers take what is next. @returns false when there was nothing to do */
    work: async () => {
      const done = running.length === slots ? running.shift() : undefined;
      if (done) {
        await done.moveToCompleted({}, "token", false);
        await admission.leave(turnIdOf(done.id ?? "") ?? "");
      }
      let any = done !== undefined;
      while (running.length < slots && (await startNext())) any = true;
      if (any || running.length === 0) return any;
      const last = running.shift() as Job;
      await last.moveToCompleted({}, "token", false);
      await admission.leave(turnIdOf(last.id ?? "") ?? "");
      return true;
    },
    close: async () => {
      await worker.close();
      await queue.close();
    },
  };
}

const memberOf = (turnId: string) => turnId.split("-")[0] as string;

it("lets nobody wait for more than two of the fifty edits that another member asked for at once", async () => {
  const { ask, work, started, close } = await bench(1);
  await Promise.all(Array.from({ length: 50 }, () => ask("mina")));
  await work();
  const firsts = await Promise.all([ask("theo"), ask("olive")]);
  while (await work());
  for (const first of firsts) {
    const before = started.slice(0, started.indexOf(first));
    expect(before.filter((turn) => memberOf(turn) === "mina").length).toBeLessThanOrEqual(2);
  }
  expect(started).toHaveLength(52);
  await close();
});

it("delays no member's first edit by more than two of any other member, in any order of arrival", async () => {
  const step = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom("a", "b", "c") },
    { weight: 1, arbitrary: fc.constant("aaaaaaaa") }, // a burst
    { weight: 2, arbitrary: fc.constant("work") },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 40 }),
      fc.integer({ min: 1, max: 3 }),
      async (steps, slots) => {
        const { ask, work, started, running, close } = await bench(slots);
        /** First edits, and how many edits had been started when they were asked for. */
        const firsts: { turn: string; from: number }[] = [];
        const open = new Set<string>();
        for (const each of steps) {
          if (each === "work") await work();
          else {
            for (const member of each) {
              const isFirst = ![...open].some((turn) => memberOf(turn) === member);
              const turn = await ask(member);
              open.add(turn);
              if (isFirst) firsts.push({ turn, from: started.length });
            }
          }
          const being = running();
          for (const turn of open) if (started.includes(turn) && !being.includes(turn)) open.delete(turn);
        }
        while (await work());
        for (const { turn, from } of firsts) {
          const ahead = started.slice(from, started.indexOf(turn)).map(memberOf);
          for (const other of ["a", "b", "c"].filter((member) => member !== memberOf(turn))) {
            // One that is being made already, and one that is begun before it.
            expect(ahead.filter((member) => member === other).length, `${turn} in ${started}`).toBeLessThanOrEqual(1);
          }
        }
        expect(started).toHaveLength(steps.join("").replaceAll("work", "").length);
        await close();
      },
    ),
    { numRuns: 25 },
  );
}, 60_000);

it("starves nobody: a member with a backlog has every second edit while another keeps asking", async () => {
  const { ask, work, started, close } = await bench(1);
  for (let i = 0; i < 10; i++) await ask("mina");
  for (let i = 0; i < 10; i++) {
    await ask("theo");
    await work();
    await ask("theo");
    await work();
  }
  const share = started.slice(0, 18).filter((turn) => memberOf(turn) === "mina").length;
  expect(share).toBeGreaterThanOrEqual(8);
  while (await work());
  await close();
});
