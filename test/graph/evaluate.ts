import ort from "onnxruntime-node";
import { expect } from "vitest";
import { Graph } from "../../gpu-worker/graph/Graph.ts";
import { serialize } from "../../gpu-worker/graph/onnx/serialize.ts";
import { sizeOf } from "../../gpu-worker/graph/shapes.ts";
import type { Value } from "../../gpu-worker/graph/Value.ts";

/** A tensor written down: `tensor([2, 2], [1, 2, 3, 4])`. */
export interface Tensor {
  readonly dims: readonly number[];
  readonly data: readonly number[];
}

export const tensor = (dims: readonly number[], data: readonly number[]): Tensor => ({ dims, data });

/** Numbers that look random and are the same everywhere, in −1 … 1. */
export const wave = (dims: readonly number[], phase = 1): Tensor =>
  tensor(
    dims,
    Array.from({ length: sizeOf(dims) }, (_, i) => Math.sin(i * 1.7 + phase)),
  );

/** Runs a graph of the given inputs, and checks that onnxruntime finds the shape that the op promised. */
export async function evaluate(
  inputs: readonly Tensor[],
  build: (graph: Graph, ...values: Value[]) => Value,
): Promise<Tensor> {
  const graph = new Graph();
  const values = inputs.map(({ dims }, i) => graph.input(`x${i}`, dims));
  const result = build(graph, ...values);
  graph.output("y", result);
  const session = await ort.InferenceSession.create(serialize(graph, "/"), {
    intraOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  const feeds = inputs.map(({ dims, data }, i) => [`x${i}`, new ort.Tensor("float32", Float32Array.from(data), dims)]);
  const output = (await session.run(Object.fromEntries(feeds)))[result.name]!;
  await session.release();
  expect(output.dims).toEqual(result.dims);
  return tensor(output.dims, Array.from(output.data as Float32Array, Number));
}

/** Expects equal shapes, and numbers equal up to float32 rounding. */
export function expectClose(actual: Tensor, expected: Tensor, digits = 5): void {
  expect(actual.dims).toEqual(expected.dims);
  for (const [i, value] of expected.data.entries()) expect(actual.data[i]).toBeCloseTo(value, digits);
}
