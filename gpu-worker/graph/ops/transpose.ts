import type { Graph } from "../Graph.ts";
import type { Op } from "../Op.ts";
import { ShapeError } from "../ShapeError.ts";
import { describe, dimAt } from "../shapes.ts";
import type { Value } from "../Value.ts";

export const transposeOp: Op<{ readonly axes: readonly number[] }> = {
  name: "transpose",
  emit(graph, [x], { axes }) {
    if (axes.length !== x!.dims.length || new Set(axes).size !== axes.length) {
      throw new ShapeError("transpose", `axes [${axes.join(", ")}] do not order ${describe(x!)}`);
    }
    const dims = axes.map((axis) => dimAt("transpose", x!, axis));
    return graph.node("Transpose", [x!], dims, { attributes: { perm: axes } });
  },
  gradient: (graph, { dy, attributes: { axes } }) => [
    transpose(
      graph,
      dy,
      axes.map((_, i) => axes.indexOf(i)),
    ),
  ],
};

/** Output axis i is input axis `axes[i]`. */
export const transpose = (graph: Graph, x: Value, axes: readonly number[]): Value =>
  graph.apply(transposeOp, [x], { axes });
