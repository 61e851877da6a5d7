import { expect, it } from "vitest";
import { benchmarkPairs, worldTasks } from "../../world/index.ts";
import type { EditPair } from "../../world/pairOf.ts";

const same = (a: EditPair, b: EditPair) =>
  a.instruction === b.instruction &&
  Buffer.compare(a.source.data, b.source.data) === 0 &&
  Buffer.compare(a.target.data, b.target.data) === 0;

it("a pair is the same to the byte whatever was drawn before it", () => {
  const inOrder = [...benchmarkPairs({ size: 64, limit: 1 })];
  const reversed = worldTasks.toReversed().flatMap((task) => [...benchmarkPairs({ size: 64, limit: 1, task })]);
  for (const pair of inOrder) {
    const again = reversed.find(({ task }) => task === pair.task)!;
    expect(same(pair, again), pair.task).toBe(true);
  }
});
