import { countWork } from "./countWork.ts";
import { Graph } from "./Graph.ts";
import { conv2d } from "./ops/conv2d.ts";
import { Session, type SessionOptions } from "./Session.ts";

const [channels, side, rounds] = [320, 32, 5];

/**
 * Multiplications per second (`countWork`) that this machine does now, by a convolution of the kind that fills a Stable
 * Diffusion U-Net: the best of five, some 50 ms in all. Its U-Net as a whole reaches 0.9 to 1.1 times that.
 */
export async function measureSpeed(options: SessionOptions): Promise<number> {
  const graph = new Graph(options.device);
  const dims = [channels, channels, 3, 3];
  const weights = Float32Array.from({ length: channels * channels * 9 }, (_, i) => Math.sin(i));
  const weight = graph.initializer("weight", dims, new Uint8Array(weights.buffer));
  graph.output("y", conv2d(graph, graph.input("x", [1, channels, side, side]), weight, undefined, { padding: 1 }));
  const session = await Session.create(graph, options);
  try {
    const x = new Float32Array(channels * side * side).fill(0.5);
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round <= rounds; round++) {
      const start = performance.now();
      await session.run({ x });
      if (round > 0) best = Math.min(best, performance.now() - start); // the first one fetches memory
    }
    return (1000 * countWork(graph)) / best;
  } finally {
    await session.release();
  }
}
