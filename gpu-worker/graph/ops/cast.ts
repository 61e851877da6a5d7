import { type DataType, onnxDataType } from "../DataType.ts";
import type { Graph } from "../Graph.ts";
import type { Op } from "../Op.ts";
import type { Value } from "../Value.ts";

export const castOp: Op<{ readonly to: DataType }> = {
  name: "cast",
  emit: (graph, [x], { to }) => graph.node("Cast", [x!], x!.dims, { type: to, attributes: { to: onnxDataType[to] } }),
  gradient: (graph, { dy, input }) => [cast(graph, dy, input(0).type)],
};

/** The same values as another element type. */
export const cast = (graph: Graph, x: Value, to: DataType): Value =>
  x.type === to ? x : graph.apply(castOp, [x], { to });
