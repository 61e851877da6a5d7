import { onnxDataType } from "../DataType.ts";
import type { Graph } from "../Graph.ts";
import { sizeOf } from "../shapes.ts";
import type { Value } from "../Value.ts";

/** Below this a value may wait in memory: ordering it costs a few microseconds, more than a small op. */
const smallBytes = 256 * 1024;

/**
 * `value`, but not before every gate is computed. onnxruntime runs a node as soon as its inputs are there: what a
 * gradient rule computes from forward values alone would run during the forward pass, and its result lie in memory until
 * the backward pass arrives. So the value is reshaped to its own shape by a shape to which the sum of zero elements
 * of each gate is added; that moves no data.
 */
export function ordered(graph: Graph, value: Value, gates: readonly Value[]): Value {
  const ints = { type: "int64" } as const;
  let shape = graph.ints(value.dims);
  for (const gate of gates) {
    const flat = graph.node("Reshape", [gate, graph.ints([-1])], [sizeOf(gate.dims)]);
    const none = graph.node("Slice", [flat, graph.ints([0]), graph.ints([0])], [0]);
    const noInts = graph.node("Cast", [none], [0], { ...ints, attributes: { to: onnxDataType.int64 } });
    const zero = graph.node("ReduceSum", [noInts, graph.ints([0])], [1], { ...ints, attributes: { keepdims: 1 } });
    shape = graph.node("Add", [shape, zero], shape.dims, ints);
  }
  return graph.node("Reshape", [value, shape], value.dims, { type: value.type });
}

/** `ordered` where it pays: a small value is returned as it is. */
export const after = (graph: Graph, value: Value, gate: Value): Value =>
  sizeOf(value.dims) * 4 < smallBytes ? value : ordered(graph, value, [gate]);
