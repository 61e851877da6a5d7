import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { repository } from "../repository.ts";
import type { EngineBench } from "./EngineBench.ts";
import type { EngineRow } from "./EngineSection.ts";
import { mergeRuns } from "./mergeRuns.ts";
import type { Peer } from "./peers.ts";
import { rowOf } from "./rowOf.ts";
import { type PeerRun, runPeer } from "./runPeer.ts";
import { warmUp } from "./warmUp.ts";

export interface PeerTask {
  readonly peers: readonly Peer[];
  readonly folder: string;
  /** Arguments of `python -m peers.prepare RUNTIME FOLDER OUT …`, for the peers that prepare something. */
  readonly prepare: readonly string[];
  /** Module and arguments that time a peer. */
  readonly time: (peer: Peer, prepared: string) => readonly string[];
  /** How often each is timed; default once. */
  readonly turns?: number;
  /** After each turn of a peer: the engine's, so that both meet the machine at the same speed. */
  readonly afterTurn?: (peer: Peer) => Promise<void>;
}

/**
 * Times peers one after the other, each in a process of its own. One that is not installed, or fails, costs a line.
 * @returns rows, each with its run, and the lines
 */
export async function eachPeer(
  bench: EngineBench,
  { peers, folder, prepare, time, turns = 1, afterTurn }: PeerTask,
): Promise<{ rows: { row: EngineRow; run: PeerRun }[]; missing: string[] }> {
  const rows: { row: EngineRow; run: PeerRun }[] = [];
  const missing: string[] = [];
  const training = join(repository, "training");
  const python = (args: readonly string[]) =>
    runPeer(bench.python, ["-m", ...args], { cwd: training, signal: bench.signal });
  const leaveOut = (line: string) => {
    missing.push(line);
    bench.say(line);
  };
  for (const peer of peers) {
    const prepared = join(bench.scratch, `prepared-${peer.name}`);
    await mkdir(prepared, { recursive: true });
    try {
      let preparation: PeerRun | undefined;
      if (peer.prepares) {
        bench.show(`${peer.title}: preparing`);
        preparation = await python(["peers.prepare", peer.name, folder, prepared, ...prepare]);
      }
      if (preparation?.missing === undefined) {
        const runs: PeerRun[] = [];
        for (let turn = 0; turn < turns && runs.at(-1)?.missing === undefined; turn++) {
          await warmUp(folder);
          await warmUp(prepared);
          bench.show(`${peer.title}: timing`);
          runs.push(await python(time(peer, prepared)));
          if (runs.at(-1)!.missing === undefined) await afterTurn?.(peer);
        }
        const run = mergeRuns(runs);
        if (run.missing === undefined) {
          const row = { ...rowOf(peer, run), ...(preparation && { prepared: preparation.milliseconds }) };
          rows.push({ row, run });
          continue;
        }
        preparation = run;
      }
      const install = "pip install -r training/peers/requirements.txt";
      leaveOut(`${peer.title} is left out: that Python has no ${preparation.missing}; \`${install}\`.`);
    } catch (error) {
      if (bench.signal?.aborted) throw error;
      leaveOut(`${peer.title} is left out: ${(error as Error).message}`);
    } finally {
      await rm(prepared, { recursive: true, force: true }); // gigabytes
    }
  }
  return { rows, missing };
}
