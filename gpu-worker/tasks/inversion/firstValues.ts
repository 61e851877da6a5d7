import type { EditModel } from "../../models/EditModel.ts";
import { needsTask } from "../../models/needsTask.ts";
import type { Layout } from "./Layout.ts";
import type { LearnSettings } from "./LearnSettings.ts";

/** The start with the lowest loss on the examples: a known task, the mean of all, or zero. Tokens start at zero. */
export async function firstValues(
  model: EditModel,
  layout: Layout,
  start: LearnSettings["start"],
  lossOf: (values: Float32Array) => Promise<number>,
): Promise<Float32Array> {
  const zero = new Float32Array(layout.size);
  const table = needsTask(model) ? [...model.tasks.values()] : [];
  if (table.length === 0 || start === "zero") return zero;
  const mean = new Float32Array(layout.size);
  for (const vector of table) for (const [i, value] of vector.entries()) mean[i]! += value / table.length;
  if (start === "mean") return mean;
  const whole = (vector: Float32Array) => {
    const values = new Float32Array(layout.size);
    values.set(vector);
    return values;
  };
  let best = { values: mean, loss: Number.POSITIVE_INFINITY };
  for (const values of [mean, zero, ...table.map(whole)]) {
    const loss = await lossOf(values);
    if (loss < best.loss) best = { values, loss };
  }
  return Float32Array.from(best.values);
}
