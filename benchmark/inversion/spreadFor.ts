import { type Spread, spreadOf } from "../report/statistics.ts";
import type { InversionData } from "./InversionData.ts";
import type { MethodName } from "./methods.ts";

/** Edit scores over the seeds: mean, least and greatest; undefined where nothing was measured. An expert has no count. */
export function spreadFor(
  { rows }: InversionData,
  method: MethodName,
  task: string,
  count: number,
): Spread | undefined {
  const own = rows.filter(
    (row) => row.method === method && row.task === task && (row.count === count || method === "expert"),
  );
  return own.length === 0 ? undefined : spreadOf(own.map(({ edit }) => edit));
}
