import type { Graph } from "../Graph.ts";
import type { Op } from "../Op.ts";
import { ShapeError } from "../ShapeError.ts";
import { describe, sameDims, sizeOf } from "../shapes.ts";
import type { Value } from "../Value.ts";

export const reshapeOp: Op<{ readonly dims: readonly number[] }> = {
  name: "reshape",
  emit(graph, [x], { dims }) {
    if (sizeOf(dims) !== sizeOf(x!.dims))
      throw new ShapeError("reshape", `${describe(x!)} is not [${dims.join(", ")}]`);
    return graph.node("Reshape", [x!, graph.ints(dims)], dims);
  },
  gradient: (graph, { dy, dims }) => [reshape(graph, dy, dims[0]!)],
};

/** The same values in the same order under other dimensions. Costs nothing when run. */
export const reshape = (graph: Graph, x: Value, dims: readonly number[]): Value =>
  sameDims(x.dims, dims) ? x : graph.apply(reshapeOp, [x], { dims });
