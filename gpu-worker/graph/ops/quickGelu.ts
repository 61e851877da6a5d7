import type { Graph } from "../Graph.ts";
import type { Op } from "../Op.ts";
import type { Value } from "../Value.ts";

/** x · sigmoid(alpha · x), in one pass over memory (QuickGelu has kernels on CPU and CUDA). */
export const quickGeluOp: Op<{ readonly alpha: number }> = {
  name: "quickGelu",
  emit: (graph, [x], { alpha }) =>
    graph.node("QuickGelu", [x!], x!.dims, { domain: "com.microsoft", attributes: { alpha: { float: alpha } } }),
};

/** CLIP's approximation of GELU: x · sigmoid(1.702 x). */
export const quickGelu = (graph: Graph, x: Value): Value => graph.apply(quickGeluOp, [x], { alpha: 1.702 });

/** SiLU (swish): x · sigmoid(x). */
export const silu = (graph: Graph, x: Value): Value => graph.apply(quickGeluOp, [x], { alpha: 1 });
