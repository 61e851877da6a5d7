import { join } from "node:path";
import { engineMemorySettings } from "../../gpu-worker/engine/engineMemorySettings.ts";
import { repository } from "../repository.ts";
import type { EngineBench } from "./EngineBench.ts";
import { type PeerRun, runPeer } from "./runPeer.ts";
import { warmUp } from "./warmUp.ts";

/** The engine as a row of a table. */
export const engineTitle = { name: "engine", title: "**engine**", exact: true } as const;

/**
 * Runs one of `children/` on a checkpoint, as the engine process runs. A full-size network's convolutions are written into
 * files on first use: with `first`, arguments for a shorter run, that is done and timed before.
 */
export async function runEngine(
  bench: EngineBench,
  child: "timeUNet" | "timeEdit" | "timeLearning",
  folder: string,
  args: readonly (string | number)[],
  first?: readonly (string | number)[],
): Promise<{ run: PeerRun; prepared?: number }> {
  const home = join(bench.scratch, "home");
  const script = join(repository, "benchmark", "engine", "children", `${child}.ts`);
  const start = async (given: readonly (string | number)[]) => {
    await warmUp(folder);
    await warmUp(home);
    return runPeer(process.execPath, ["--disable-warning=ExperimentalWarning", script, folder, ...given.map(String)], {
      cwd: repository,
      env: { ...engineMemorySettings, EMEND_HOME: home },
      signal: bench.signal,
    });
  };
  const preparation = first && (await start(first));
  const run = await start(args);
  return { run, ...(preparation && { prepared: preparation.milliseconds }) };
}
