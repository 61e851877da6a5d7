import { type Spread, spreadOf } from "../report/statistics.ts";
import type { InversionData } from "./InversionData.ts";
import type { MethodName } from "./methods.ts";

/** Which score: of the pixels that the right answer changes, or of all. */
export type ScoreName = "edit" | "whole";

/** A score over the seeds: mean, least and greatest; undefined where nothing was measured. An expert has no count. */
export function spreadFor(
  { rows }: InversionData,
  method: MethodName,
  task: string,
  count: number,
  score: ScoreName = "edit",
): Spread | undefined {
  const own = rows.filter(
    (row) => row.method === method && row.task === task && (row.count === count || method === "expert"),
  );
  return own.length === 0 ? undefined : spreadOf(own.map((row) => row[score]));
}
