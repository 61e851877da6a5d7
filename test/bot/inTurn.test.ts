import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { inTurn } from "../../src/discord/viewing/inTurn.ts";

it("does one thing at a time, in order, whatever fails", async () => {
  const done: number[] = [];
  let running = 0;
  const results = await Promise.allSettled(
    [5, 1, 3].map((milliseconds, i) =>
      inTurn(async () => {
        expect(++running).toBe(1);
        await sleep(milliseconds);
        running--;
        done.push(i);
        if (i === 1) throw new Error("no picture");
        return i;
      }),
    ),
  );
  expect(done).toEqual([0, 1, 2]);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});
