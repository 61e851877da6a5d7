import type { Graph } from "../Graph.ts";
import type { Op } from "../Op.ts";
import { ShapeError } from "../ShapeError.ts";
import { describe, dimAt, normalAxis } from "../shapes.ts";
import type { Value } from "../Value.ts";
import { allChannelsLast, channelsFirst } from "./layout.ts";
import { slice } from "./slice.ts";

export const concatOp: Op<{ readonly axis: number }> = {
  name: "concat",
  emit(graph, inputs, { axis }) {
    const first = inputs[0]!;
    for (const other of inputs) {
      if (other.dims.length !== first.dims.length || other.dims.some((dim, i) => i !== axis && dim !== first.dims[i])) {
        throw new ShapeError("concat", `${describe(first)} and ${describe(other)} differ outside axis ${axis}`);
      }
    }
    const total = inputs.reduce((sum, input) => sum + dimAt("concat", input, axis), 0);
    const last = axis === 1 && allChannelsLast(graph, inputs);
    if (last) {
      const dims = last[0]!.dims.with(3, total);
      return channelsFirst(graph, graph.node("Concat", last, dims, { attributes: { axis: 3 } }));
    }
    return graph.node("Concat", inputs, first.dims.with(axis, total), { attributes: { axis } });
  },
  gradient: (graph, { dy, dims, wants, attributes: { axis } }) => {
    let end = 0;
    return dims.map((own, i) => {
      const start = end;
      end += own[axis]!;
      return wants[i] ? slice(graph, dy, axis, start, end) : undefined;
    });
  },
};

/** Joins values along one axis; all other dimensions must agree. */
export const concat = (graph: Graph, inputs: readonly [Value, ...Value[]], axis: number): Value =>
  graph.apply(concatOp, inputs, { axis: normalAxis("concat", inputs[0], axis) });
