import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EditTimes } from "../../src/queue/EditTimes.ts";
import { forecast } from "../../src/queue/forecast.ts";
import { startTestRedis, type TestRedis } from "./testRedis.ts";

describe("forecast", () => {
  it("adds up what is before each edit, shared among the workers", () => {
    expect(forecast([5], [10, 10, 1], 1)).toEqual([15, 25, 26]);
    expect(forecast([5, 2], [10, 10, 1], 2)).toEqual([12, 15, 13]);
    expect(forecast([], [10, 10], 2)).toEqual([10, 10]);
    expect(forecast([], [10], 0)).toEqual([Number.POSITIVE_INFINITY]);
    expect(forecast([4], [10], 0)).toEqual([14]); // its worker may be silent for a moment
  });

  it("never says that an edit is done before the time that it takes, nor later than by one worker alone", () => {
    const times = fc.array(fc.nat(1_000), { maxLength: 20 });
    fc.assert(
      fc.property(times, times, fc.integer({ min: 1, max: 5 }), (running, waiting, workers) => {
        let sum = running.reduce((a, b) => a + b, 0);
        forecast(running, waiting, workers).forEach((done, index) => {
          sum += waiting[index] as number;
          expect(done).toBeGreaterThanOrEqual(waiting[index] as number);
          expect(done).toBeLessThanOrEqual(sum);
        });
      }),
    );
  });
});

describe("EditTimes", () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startTestRedis();
  });
  afterAll(() => redis.close());
  const open = async () => new EditTimes(await redis.commands(), redis.prefix());

  it("gives the median of edits with as many steps on the same model, which one odd edit does not move", async () => {
    const times = await open();
    for (const milliseconds of [900, 1_000, 60_000]) await times.record("mini", 4, milliseconds);
    await times.record("mini", 8, 1_500);
    await times.record("other", 4, 5);
    const typical = await times.typical("mini");
    expect([typical(4), typical(8)]).toEqual([1_000, 1_500]);
  });

  it("goes by the nearest number of steps for one that was never measured, and says nothing without any", async () => {
    const times = await open();
    expect((await times.typical("mini"))(4)).toBeUndefined();
    await times.record("mini", 10, 1_000);
    expect((await times.typical("mini"))(20)).toBe(2_000);
  });

  it("follows a machine that changes, and keeps 200", async () => {
    const times = await open();
    for (let i = 0; i < 150; i++) await times.record("mini", 4, 1_000);
    for (let i = 0; i < 150; i++) await times.record("mini", 4, 100);
    expect((await times.typical("mini"))(4)).toBe(100);
  });
});
