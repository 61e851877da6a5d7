import type { Graph } from "../Graph.ts";
import type { Op } from "../Op.ts";
import { dimAt, expectDims } from "../shapes.ts";
import type { Value } from "../Value.ts";

export const rmsNormOp: Op<{ readonly epsilon: number }> = {
  name: "rmsNorm",
  emit(graph, [x, scale], { epsilon }) {
    expectDims("rmsNorm", scale!, [dimAt("rmsNorm", x!, -1)]);
    return graph.node("SimplifiedLayerNormalization", [x!, scale!], x!.dims, {
      attributes: { axis: -1, epsilon: { float: epsilon } },
    });
  },
};

/** x / √(mean(x²) + ε) · scale over the last axis (Zhang & Sennrich 2019): x `[…, width]`, scale `[width]`. */
export const rmsNorm = (graph: Graph, x: Value, scale: Value, epsilon: number): Value =>
  graph.apply(rmsNormOp, [x, scale], { epsilon });
