import { expect, it } from "vitest";
import { benchmarkPairs, worldTasks } from "../../world/index.ts";

it("a pair is the same to the byte whatever was drawn before it", () => {
  const inOrder = [...benchmarkPairs({ size: 64, limit: 2 })];
  const reversed = worldTasks.toReversed().flatMap((task) => [...benchmarkPairs({ size: 64, limit: 2, task })]);
  for (const pair of inOrder) {
    const again = reversed.find((each) => each.task === pair.task && each.seed === pair.seed);
    expect(again, `${pair.task} ${pair.seed}`).toEqual(pair);
  }
});
