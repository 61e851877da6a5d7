import type { InversionData } from "./InversionData.ts";
import type { MethodName } from "./methods.ts";

/** The same with those sets of examples only that a method was given: nothing is compared across different examples. */
export function sameSets(data: InversionData, method: MethodName): InversionData {
  const given = new Set(data.rows.filter((row) => row.method === method).map(({ seed }) => seed));
  return { ...data, seeds: given.size, rows: data.rows.filter(({ seed }) => given.has(seed)) };
}
