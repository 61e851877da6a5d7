import type { Graph } from "../Graph.ts";
import type { Op } from "../Op.ts";
import { dimAt, expectDims } from "../shapes.ts";
import type { Value } from "../Value.ts";

export const layerNormOp: Op<{ readonly epsilon: number }> = {
  name: "layerNorm",
  emit(graph, [x, scale, bias], { epsilon }) {
    const width = dimAt("layerNorm", x!, -1);
    expectDims("layerNorm", scale!, [width]);
    expectDims("layerNorm", bias!, [width]);
    return graph.node("LayerNormalization", [x!, scale!, bias!], x!.dims, {
      attributes: { axis: -1, epsilon: { float: epsilon } },
    });
  },
};

/** Normalises the last axis: x `[…, width]`, scale and bias `[width]`. */
export const layerNorm = (graph: Graph, x: Value, scale: Value, bias: Value, epsilon: number): Value =>
  graph.apply(layerNormOp, [x, scale, bias], { epsilon });
