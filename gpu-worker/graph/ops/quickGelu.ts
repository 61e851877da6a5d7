import type { Graph } from "../Graph.ts";
import type { Op } from "../Op.ts";
import type { Value } from "../Value.ts";
import { after } from "./after.ts";
import { add, mul, sub } from "./arithmetic.ts";
import { sigmoid } from "./unary.ts";

/** x · sigmoid(alpha · x), in one pass over memory (QuickGelu has kernels on CPU and CUDA). */
export const quickGeluOp: Op<{ readonly alpha: number }> = {
  name: "quickGelu",
  emit: (graph, [x], { alpha }) =>
    graph.node("QuickGelu", [x!], x!.dims, { domain: "com.microsoft", attributes: { alpha: { float: alpha } } }),
  /** With s = sigmoid(α x): y' = s + α y (1 − s). */
  gradient: (graph, { dy, input, output, attributes: { alpha } }) => {
    const scaled = alpha === 1 ? input(0) : mul(graph, input(0), alpha);
    const s = sigmoid(graph, after(graph, scaled, dy));
    const y = after(graph, output(), dy);
    const slope = add(graph, s, mul(graph, alpha === 1 ? y : mul(graph, y, alpha), sub(graph, 1, s)));
    return [mul(graph, dy, slope)];
  },
};

/** CLIP's approximation of GELU: x · sigmoid(1.702 x). */
export const quickGelu = (graph: Graph, x: Value): Value => graph.apply(quickGeluOp, [x], { alpha: 1.702 });

/** SiLU (swish): x · sigmoid(x). */
export const silu = (graph: Graph, x: Value): Value => graph.apply(quickGeluOp, [x], { alpha: 1 });
