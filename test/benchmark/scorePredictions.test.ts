import { expect, it } from "vitest";
import { scorePredictions } from "../../benchmark/predictor/scorePredictions.ts";

const sentence = (task: string, order: readonly [string, number][], edit = 0.9) => ({
  task,
  prediction: { tasks: order.map(([name, probability]) => ({ name, probability })), edit },
});

it("counts first and second places, calibration over the edits, and what was told from edits", () => {
  const scores = scorePredictions([
    sentence("add", [["add", 0.8], ["remove", 0.2]]),
    sentence("add", [["remove", 0.6], ["add", 0.4]]),
    sentence("text", [["remove", 0.61], ["add", 0.3], ["text", 0.09]], 0.3),
    sentence("none", [["add", 1]], 0.1),
    sentence("none", [["add", 1]]),
  ]); // biome-ignore format: a table
  expect(scores).toMatchObject({ sentences: 5, top1: 1 / 3, top2: 2 / 3, noneFound: 0.5, editsCalledNone: 1 / 3 });
  // Bins of 1/15: 0.8 alone is right and 0.2 too low; 0.6 and 0.61 share one, both wrong.
  expect(scores.ece).toBeCloseTo((0.2 + 0.6 + 0.61) / 3, 9);
});
