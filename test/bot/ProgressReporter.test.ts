import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ProgressReporter } from "../../src/discord/delivery/ProgressReporter.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function reporter(takesMs = 200) {
  const shown: { view: number; at: number }[] = [];
  const start = Date.now();
  const each = new ProgressReporter<number>({
    show: async (view) => {
      shown.push({ view, at: Date.now() - start });
      await new Promise((resolve) => setTimeout(resolve, takesMs));
    },
    onError: () => true,
    intervalMs: () => 3_000,
    firstMs: 600,
  });
  return { each, shown };
}

it("shows the newest of many views, never more often than every 3 s", async () => {
  const { each, shown } = reporter();
  for (let view = 1; view <= 100; view++) {
    each.update(view);
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(shown.map(({ at }) => at)).toEqual([600, 3_800, 7_000]);
  expect(shown.map(({ view }) => view)).toEqual([6, 38, 70]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(shown.at(-1)?.view).toBe(100);
  expect(shown).toHaveLength(4);
});

it("waits for the one that is under way when it is stopped, and shows nothing afterwards", async () => {
  const { each, shown } = reporter(1_000);
  each.update(1);
  await vi.advanceTimersByTimeAsync(700);
  each.update(2);
  let stopped = false;
  void each.stop().then(() => {
    stopped = true;
  });
  await vi.advanceTimersByTimeAsync(500);
  expect(stopped).toBe(false);
  await vi.advanceTimersByTimeAsync(500);
  expect(stopped).toBe(true);
  each.update(3);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(shown.map(({ view }) => view)).toEqual([1]);
});

it("aborts one that hangs when it is stopped, and gives up when told to", async () => {
  const signals: AbortSignal[] = [];
  const each = new ProgressReporter<number>({
    show: (_, signal) => {
      signals.push(signal);
      return new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    },
    onError: () => false,
    intervalMs: () => 3_000,
    firstMs: 0,
  });
  each.update(1);
  await vi.advanceTimersByTimeAsync(1);
  const stop = each.stop();
  await vi.advanceTimersByTimeAsync(5_000);
  await stop;
  expect(signals).toHaveLength(1);
  expect(signals[0]?.aborted).toBe(true);
});
