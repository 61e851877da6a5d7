import { describe, expect, it } from "vitest";
import { LearnClock } from "../../gpu-worker/tasks/inversion/LearnClock.ts";

/** A clock that the test turns. */
function clockOf(total: number, checkpointMilliseconds = 4000) {
  let now = 1000;
  const clock = new LearnClock(total, checkpointMilliseconds, () => now);
  return {
    step(milliseconds: number) {
      now += milliseconds;
      return clock.step();
    },
    /** @returns whether one was due, so many milliseconds later, and was made in so many */
    preview: (after: number, takes = 0) => {
      now += after;
      const make = async () => {
        now += takes;
        return true;
      };
      return clock.preview(make).then((made) => made ?? false);
    },
  };
}

describe("LearnClock", () => {
  it("wants a state saved every few seconds", () => {
    const clock = clockOf(100);
    expect([3000, 1000, 3999, 1].map((each) => clock.step(each).checkpoint)).toEqual([false, true, false, true]);
  });

  it("tells the time of the remaining steps by those that were done", () => {
    const clock = clockOf(10);
    expect(clock.step(1000).remaining).toBe(9000);
    expect(clock.step(3000).remaining).toBe(16_000);
  });

  it("wants a preview every ten seconds, and more seldom where they take long", async () => {
    const clock = clockOf(1000);
    expect(await clock.preview(9999)).toBe(false);
    expect(await clock.preview(1, 100)).toBe(true);
    expect(await clock.preview(9999)).toBe(false);
    expect(await clock.preview(1, 5000)).toBe(true); // a tenth of the time: 45 s without one
    expect(await clock.preview(44_999)).toBe(false);
    expect(await clock.preview(1)).toBe(true);
  });
});
