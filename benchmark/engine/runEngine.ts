import { join } from "node:path";
import { engineMemorySettings } from "../../gpu-worker/engine/engineMemorySettings.ts";
import { repository } from "../repository.ts";
import type { EngineBench } from "./EngineBench.ts";
import { type PeerRun, runPeer } from "./runPeer.ts";
import { warmUp } from "./warmUp.ts";

/** The engine as a row of a table. */
export const engineTitle = { name: "engine", title: "**engine**", exact: true } as const;

/** Runs one of `children/` on a checkpoint, as the engine process runs. */
export async function runEngine(
  bench: EngineBench,
  child: "timeUNet" | "timeEdit" | "timeLearning",
  folder: string,
  args: readonly (string | number)[],
): Promise<PeerRun> {
  await warmUp(folder);
  const script = join(repository, "benchmark", "engine", "children", `${child}.ts`);
  return runPeer(process.execPath, ["--disable-warning=ExperimentalWarning", script, folder, ...args.map(String)], {
    cwd: repository,
    env: engineMemorySettings,
    signal: bench.signal,
  });
}
