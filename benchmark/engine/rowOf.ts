import type { EngineRow } from "./EngineSection.ts";
import type { PeerRun } from "./runPeer.ts";

export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

/** A run as a row of the table. */
export function rowOf(
  { name, title, exact }: { readonly name: string; readonly title: string; readonly exact: boolean },
  { version = "", times, processor, cold, memory }: PeerRun,
): EngineRow {
  return {
    ...{ name, title, exact, version, median: median(times), fastest: Math.min(...times) },
    ...(processor.length > 0 && { processor: median(processor) }),
    ...(cold !== undefined && { cold }),
    ...(memory.own !== undefined && { own: memory.own }),
    ...(memory.total !== undefined && { total: memory.total }),
  };
}
