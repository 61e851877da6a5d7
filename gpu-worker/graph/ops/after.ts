import type { Graph } from "../Graph.ts";
import { sizeOf } from "../shapes.ts";
import type { Value } from "../Value.ts";

/** Below this a value may wait in memory: ordering it costs a few microseconds, more than a small op. */
const smallBytes = 256 * 1024;

/**
 * `value`, but not before every gate is computed. onnxruntime runs a node as soon as its inputs are there: what a
 * gradient rule computes from forward values alone would run during the forward pass, and its result lie in memory until
 * the backward pass arrives. So the value is reshaped to its own shape by a shape that ends with zero elements of each
 * gate; that moves no data.
 */
export function ordered(graph: Graph, value: Value, gates: readonly Value[]): Value {
  const nothings = gates.map((gate) => {
    const flat = graph.node("Reshape", [gate, graph.ints([-1])], [sizeOf(gate.dims)]);
    const none = graph.node("Slice", [flat, graph.ints([0]), graph.ints([0])], [0]);
    return graph.node("Cast", [none], [0], { type: "int64", attributes: { to: 7 } });
  });
  const shape = graph.node("Concat", [graph.ints(value.dims), ...nothings], [value.dims.length], {
    type: "int64",
    attributes: { axis: 0 },
  });
  return graph.node("Reshape", [value, shape], value.dims, { type: value.type });
}

/** `ordered` where it pays: a small value is returned as it is. */
export const after = (graph: Graph, value: Value, gate: Value): Value =>
  sizeOf(value.dims) * 4 < smallBytes ? value : ordered(graph, value, [gate]);
