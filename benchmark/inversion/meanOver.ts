import { mean } from "../report/statistics.ts";
import type { InversionData } from "./InversionData.ts";
import type { MethodName } from "./methods.ts";
import { type ScoreName, spreadFor } from "./spreadFor.ts";

/** The mean over all tasks, each weighing the same; undefined unless every task was measured. */
export function meanOver(
  data: InversionData,
  method: MethodName,
  count: number,
  score: ScoreName = "edit",
): number | undefined {
  const values = data.tasks.map((task) => spreadFor(data, method, task, count, score)?.mean);
  return values.length === 0 || values.includes(undefined) ? undefined : mean(values as number[]);
}
