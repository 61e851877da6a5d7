import type { EngineBench } from "./EngineBench.ts";
import type { EngineSection } from "./EngineSection.ts";
import { rowOf } from "./rowOf.ts";
import { engineTitle, runEngine } from "./runEngine.ts";

/** Steps of `emend task learn` as it runs at this size of checkpoint; no peer learns a task. */
export async function measureLearning(
  bench: EngineBench,
  size: number,
  folder: string,
): Promise<Pick<EngineSection, "rows" | "missing">> {
  bench.show(`engine, learning at ${size} px`);
  const { run } = await runEngine(bench, "timeLearning", folder, [bench.rounds + 3, size], [1, size]);
  return { rows: [rowOf(engineTitle, run)], missing: [] };
}
