import type { EditEngine } from "../../gpu-worker/engine/EditEngine.ts";
import type { Picture } from "../../gpu-worker/image/Picture.ts";

/** What so many edits at once cost. */
export interface EditsRow {
  readonly concurrent: number;
  readonly batched: boolean;
  readonly editsPerSecond: number;
  /** From the call to the result, in seconds. */
  readonly median: number;
  readonly p95: number;
}

export interface EditsOptions {
  readonly concurrent: number;
  readonly batched: boolean;
  /** How often so many edits are asked for at once. */
  readonly rounds: number;
  readonly steps: number;
  readonly picture: Picture;
  readonly signal?: AbortSignal | undefined;
}

/** Asks for `concurrent` edits at the same moment, again and again. The first time, with two steps, is not counted. */
export async function measureEdits(engine: EditEngine, options: EditsOptions): Promise<EditsRow> {
  const { concurrent, batched, rounds, steps, picture, signal } = options;
  const latencies: number[] = [];
  const together = async (stepsOfEach: number) => {
    const start = performance.now();
    const edit = async (seed: number) => {
      const task = engine.info.tasks[seed % engine.info.tasks.length] ?? "auto";
      const request = { picture, instruction: `make the boat red, number ${seed}`, task, seed, steps: stepsOfEach };
      await engine.edit(request, { previews: false, ...(signal && { signal }) });
      latencies.push((performance.now() - start) / 1000);
    };
    await Promise.all(Array.from({ length: concurrent }, (_, seed) => edit(seed)));
    return (performance.now() - start) / 1000;
  };
  await together(2);
  latencies.length = 0;
  let seconds = 0;
  for (let round = 0; round < rounds; round++) seconds += await together(steps);
  latencies.sort((a, b) => a - b);
  const quantile = (share: number) => latencies[Math.min(Math.floor(share * latencies.length), latencies.length - 1)]!;
  return {
    concurrent,
    batched,
    editsPerSecond: (rounds * concurrent) / seconds,
    median: quantile(0.5),
    p95: quantile(0.95),
  };
}
