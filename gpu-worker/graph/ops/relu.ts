import type { Graph } from "../Graph.ts";
import type { Op } from "../Op.ts";
import type { Value } from "../Value.ts";

export const reluOp: Op<null> = {
  name: "relu",
  emit: (graph, [x]) => graph.node("Relu", [x!], x!.dims),
};

/** max(x, 0) */
export const relu = (graph: Graph, x: Value): Value => graph.apply(reluOp, [x], null);
