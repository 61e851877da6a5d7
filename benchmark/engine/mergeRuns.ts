import type { PeerRun } from "./runPeer.ts";

/** Runs of one peer as one: all of its times, its fastest start, its highest memory. */
export function mergeRuns(runs: readonly PeerRun[]): PeerRun {
  const highest = (kind: "own" | "total") => {
    const found = runs.flatMap(({ memory }) => memory[kind] ?? []);
    return found.length > 0 ? Math.max(...found) : undefined;
  };
  const starts = runs.flatMap(({ cold }) => cold ?? []);
  return {
    ...runs[0]!,
    times: runs.flatMap(({ times }) => times),
    processor: runs.flatMap(({ processor }) => processor),
    ...(starts.length > 0 && { cold: Math.min(...starts) }),
    memory: { own: highest("own"), total: highest("total") },
  };
}
