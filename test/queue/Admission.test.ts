import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Admission, type LineLimits, type LineRequest } from "../../src/queue/Admission.ts";
import { startTestRedis, type TestRedis } from "./testRedis.ts";

const HOUR_MS = 3_600_000;
const roomy: LineLimits = { perMember: 100, perGuild: 100, total: 100, perDay: null };
const ask = (turnId: string, change: Partial<LineRequest> = {}): LineRequest => ({
  ...{ turnId, member: "1", guild: "9", steps: undefined, deadline: Date.now() + HOUR_MS },
  ...change,
});
const theirs = { member: "1", guild: "9" };

// The Redis in this process runs the script with another Lua than the server does.
describe.each([
  ["the Redis on PATH", undefined],
  ["the Redis in this process", ""],
])("with %s", (_, path) => {
  let redis: TestRedis;
  let prefix: string;
  let admission: Admission;
  beforeAll(async () => {
    redis = await startTestRedis(path);
  });
  beforeEach(async () => {
    prefix = redis.prefix();
    admission = new Admission(await redis.commands(), prefix);
  });
  afterAll(() => redis.close());

  it("gives a member's edits one round after the other, and lets others begin in the one that is being made", async () => {
    for (const round of [1, 2, 3, 4]) {
      expect(await admission.admit(ask(`a${round}`), roomy)).toEqual({ admitted: true, round });
    }
    await admission.leave("a1");
    await admission.leave("a2");
    expect(await admission.admit(ask("b1", { member: "2" }), roomy)).toEqual({ admitted: true, round: 3 });
    expect(await admission.admit(ask("b2", { member: "2" }), roomy)).toEqual({ admitted: true, round: 4 });
    for (const turn of ["a3", "a4", "b1", "b2"]) await admission.leave(turn);
    expect(await admission.admit(ask("c1"), roomy)).toEqual({ admitted: true, round: 1 });
  });

  it("counts an edit once, however often it comes, and only asks when it only asks", async () => {
    const limits = { ...roomy, perMember: 1, perDay: 1 };
    expect((await admission.check(ask("a"), limits)).admitted).toBe(true);
    expect(await admission.used(theirs)).toBe(0);
    for (let i = 0; i < 3; i++) expect(await admission.admit(ask("a"), limits)).toEqual({ admitted: true, round: 1 });
    expect(await admission.used(theirs)).toBe(1);
    expect((await admission.check(ask("b"), limits)).admitted).toBe(false);
  });

  it("says which limit is reached", async () => {
    await admission.admit(ask("a"), roomy);
    const limitOf = async (request: LineRequest, limits: Partial<LineLimits>) => {
      const verdict = await admission.admit(request, { ...roomy, ...limits });
      return verdict.admitted ? "none" : verdict.limit;
    };
    const other = ask("b", { member: "2" });
    expect(await limitOf(ask("b"), { perMember: 1 })).toBe("member");
    expect(await limitOf(other, { perGuild: 1 })).toBe("guild");
    expect(await limitOf(ask("b", { member: "2", guild: null }), { total: 1 })).toBe("line");
    expect(await limitOf(ask("b", { member: "2", guild: null }), { perGuild: 1 })).toBe("none");
    expect(await limitOf(ask("c", { member: "2" }), { perMember: 1 })).toBe("member"); // wherever that member asked before
    expect([...(await admission.entries()).keys()].sort()).toEqual(["a", "b"]);
  });

  it("lets no more in than fit when all ask at once", async () => {
    const limits = { ...roomy, perMember: 7, perDay: 5 };
    const verdicts = await Promise.all(Array.from({ length: 30 }, (_, i) => admission.admit(ask(`t${i}`), limits)));
    expect(verdicts.filter(({ admitted }) => admitted)).toHaveLength(5);
    expect(await admission.used(theirs)).toBe(5);
    expect(new Set(verdicts.flatMap((verdict) => (verdict.admitted ? [verdict.round] : []))).size).toBe(5);
  });

  it("gives a failed edit back once, and a place without its share of the quota", async () => {
    const limits = { ...roomy, perDay: 2 };
    await admission.admit(ask("a"), limits);
    await admission.admit(ask("b"), limits);
    for (const turn of ["a", "b"]) await admission.leave(turn);
    const before = Date.now();
    const full = await admission.admit(ask("c"), limits);
    if (full.admitted || full.limit !== "quota") throw new Error("the quota is used up");
    expect(Math.abs(full.until - (before + 24 * HOUR_MS))).toBeLessThan(60_000);
    for (let i = 0; i < 3; i++) await admission.refund("b", theirs);
    expect(await admission.used(theirs)).toBe(1);
    expect((await admission.admit(ask("c"), limits)).admitted).toBe(true);
    expect((await admission.admit(ask("d"), limits)).admitted).toBe(false);
  });

  it("forgets the quota after a day, and places whose turn nobody ends", async () => {
    const client = await redis.commands();
    await client.zadd(`${prefix}:quota:9:1`, Date.now() - 25 * HOUR_MS, "old");
    await admission.admit(ask("lost", { deadline: Date.now() - 2 * HOUR_MS }), roomy);
    expect(await admission.used(theirs)).toBe(1);
    expect(await admission.admit(ask("new"), { ...roomy, perMember: 1, perDay: 2 })).toMatchObject({ admitted: true });
    expect([...(await admission.entries()).keys()]).toEqual(["new"]);
    expect(await client.zrange(`${prefix}:quota:9:1`, 0, -1)).toEqual(expect.not.arrayContaining(["old"]));
  });

  it("keeps what a line is read by", async () => {
    await admission.admit(ask("a", { steps: 12, guild: null }), roomy);
    expect((await admission.entries()).get("a")).toEqual({
      ...{ turnId: "a", member: "1", guild: null, round: 1, steps: 12 },
    });
    expect([await admission.roundOf("a"), await admission.roundOf("none")]).toEqual([1, 1]);
  });
});
