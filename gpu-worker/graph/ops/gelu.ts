import type { Graph } from "../Graph.ts";
import type { Op } from "../Op.ts";
import type { Value } from "../Value.ts";

/** The exact GELU: x · Φ(x), by the error function. */
export const geluOp: Op<null> = {
  name: "gelu",
  emit: (graph, [x]) => graph.node("Gelu", [x!], x!.dims),
};

export const gelu = (graph: Graph, x: Value): Value => graph.apply(geluOp, [x], null);
