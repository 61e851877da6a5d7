import type { Graph } from "../Graph.ts";
import type { Op } from "../Op.ts";
import type { Value } from "../Value.ts";

export const geluTanhOp: Op<null> = {
  name: "geluTanh",
  emit: (graph, [x]) => graph.node("FastGelu", [x!], x!.dims, { domain: "com.microsoft" }),
};

/** GELU by its first approximation (Hendrycks & Gimpel 2016): x/2 · (1 + tanh(√(2/π) · (x + 0.044715 x³))). */
export const geluTanh = (graph: Graph, x: Value): Value => graph.apply(geluTanhOp, [x], null);
