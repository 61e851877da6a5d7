import type { Graph } from "../Graph.ts";
import type { Op } from "../Op.ts";
import { normalAxis, sameDims } from "../shapes.ts";
import type { Value } from "../Value.ts";
import { reshape } from "./reshape.ts";

/** The axes stay, with length 1. */
export const sumOp: Op<{ readonly axes: readonly number[] }> = {
  name: "sum",
  emit: (graph, [x], { axes }) =>
    graph.node(
      "ReduceSum",
      [x!, graph.ints(axes)],
      x!.dims.map((dim, i) => (axes.includes(i) ? 1 : dim)),
      { attributes: { keepdims: 1 } },
    ),
  gradient: (graph, { dy, dims }) => [graph.node("Expand", [dy, graph.ints(dims[0]!)], dims[0]!)],
};

/** Σ over some axes, which stay with length 1. Negative axes count from the end. */
export const sum = (graph: Graph, x: Value, axes: readonly number[]): Value =>
  axes.length === 0 ? x : graph.apply(sumOp, [x], { axes: axes.map((axis) => normalAxis("sum", x, axis)) });

/** The gradient of a value of shape `dims` that was broadcast to the shape of `dy`: the sum over what was repeated. */
export function sumTo(graph: Graph, dy: Value, dims: readonly number[]): Value {
  if (sameDims(dy.dims, dims)) return dy;
  const extra = dy.dims.length - dims.length;
  const axes = dy.dims.flatMap((dim, i) => (i < extra || (dims[i - extra] === 1 && dim !== 1) ? [i] : []));
  return reshape(graph, sum(graph, dy, axes), dims);
}
