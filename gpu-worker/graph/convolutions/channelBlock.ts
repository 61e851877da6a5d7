import { Graph } from "../Graph.ts";
import { Session } from "../Session.ts";
import { blockedConv, blockedWeight } from "./blockedConv.ts";

const channels = 16;
const side = 4;
const kernel = [channels, channels, 3, 3] as const;

let found: Promise<number | undefined> | undefined;

/**
 * Channels in a block of onnxruntime's own layout for convolutions: 16 with AVX-512, 8 with AVX2, undefined where it has none.
 * It tells nobody, and reads weights of the wrong layout as if they were right; so a small convolution is tried both ways.
 */
export const channelBlock = (): Promise<number | undefined> => {
  found ??= tryBlocks();
  return found;
};

async function tryBlocks(): Promise<number | undefined> {
  const numbers = (length: number) => Float32Array.from({ length }, (_, i) => Math.sin(i + 1));
  const x = numbers(channels * side ** 2);
  const weight = numbers(channels * channels * 9);
  const bytes = new Uint8Array(weight.buffer);
  const convolve = async (block: number | undefined): Promise<Float32Array> => {
    const graph = new Graph();
    const input = graph.input("x", [1, channels, side, side]);
    const attributes = { kernel_shape: [3, 3], strides: [1, 1], pads: [1, 1, 1, 1] };
    const constant = graph.initializer("weight", kernel, bytes);
    const own = block === undefined ? constant : blockedWeight(graph, constant, block);
    const result = block === undefined ? graph.node("Conv", [input, own], input.dims, { attributes }) : undefined;
    graph.output("y", result ?? blockedConv(graph, [input, own], { attributes, dims: input.dims }));
    const session = await Session.create(graph, { device: "cpu" });
    try {
      return (await session.run({ x })).y!.data;
    } finally {
      await session.release();
    }
  };
  const right = await convolve(undefined);
  for (const block of [16, 8, 4]) {
    // Where the operator is unknown, the session is refused.
    const result = await convolve(block).catch(() => undefined);
    if (result?.every((value, i) => Math.abs(value - right[i]!) < 1e-3)) return block;
  }
  return undefined;
}
