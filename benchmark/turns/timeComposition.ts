import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { composeEdit } from "../../gpu-worker/image/composeEdit.ts";
import type { Picture } from "../../gpu-worker/image/Picture.ts";
import { resizePicture } from "../../gpu-worker/image/resizePicture.ts";
import { Random, renderScene, sampleScene } from "../../world/index.ts";

export interface CompositionTime {
  readonly width: number;
  readonly height: number;
  /** The model's picture. */
  readonly model: readonly [width: number, height: number];
  /** Share of the picture that the edit touched. */
  readonly touched: number;
  /** Median over the runs, milliseconds of processor time (garbage collection on other threads included) and of wall time. */
  readonly processor: number;
  /** The least processor time: what the median has more is mostly other work on the machine. */
  readonly least: number;
  readonly wall: number;
  /** What the process grew by, at most, in sizes of the picture, the source itself included. */
  readonly memory: number;
}

const runs = 7;

/** Times the composition of 4,000 × 3,000 pixels: a third of them touched, and all of them. */
export async function timeComposition(): Promise<CompositionTime[]> {
  const [width, height] = [4000, 3000];
  const source = renderScene(sampleScene(new Random(1)), width, height);
  const input = await resizePicture(source, { width: 72, height: 56 });
  const collect = garbageCollector();
  const times: CompositionTime[] = [];
  for (const share of [1 / 3, 1]) {
    const output: Picture = {
      ...input,
      data: input.data.map((value, i) => (Math.floor(i / 3) % 72 < share * 72 ? 255 - value : value)),
    };
    const measured = Array.from({ length: runs + 1 }, () => {
      collect();
      const before = process.memoryUsage();
      const [cpu, start] = [process.cpuUsage(), performance.now()];
      const { keptShare } = composeEdit(source, input, output);
      const wall = performance.now() - start;
      const { user, system } = process.cpuUsage(cpu);
      const after = process.memoryUsage();
      const grown = after.arrayBuffers + after.heapTotal - before.arrayBuffers - before.heapTotal;
      return { keptShare, wall, processor: (user + system) / 1000, grown };
    });
    const timed = measured.slice(1); // the first run is compiled while it runs
    const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
    times.push({
      ...{ width, height, model: [input.width, input.height] as const },
      touched: 1 - measured[0]!.keptShare,
      processor: median(timed.map((each) => each.processor)),
      least: Math.min(...timed.map((each) => each.processor)),
      wall: median(timed.map((each) => each.wall)),
      memory: 1 + Math.max(...measured.map((each) => each.grown)) / source.data.length,
    });
  }
  return times;
}

/** V8's own, so that what earlier runs left behind is neither counted nor timed. */
function garbageCollector(): () => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc");
}
