import type { Graph } from "../Graph.ts";
import type { Op } from "../Op.ts";
import { dimAt, expectDims } from "../shapes.ts";
import type { Value } from "../Value.ts";
import { after } from "./after.ts";
import { mul, sub } from "./arithmetic.ts";
import { sum, sumTo } from "./sum.ts";

/** x̂ = (x − mean) / √(variance + ε) over the last axis, and 1 / √(variance + ε) `[…, 1]`. */
function normalise(graph: Graph, x: Value, epsilon: number): [normal: Value, inverse: Value] {
  const width = x.dims.at(-1)!;
  const ones = graph.constant(new Float32Array(width).fill(1));
  const rows = x.dims.with(-1, 1);
  const [normal, , inverse] = graph.nodeOf("LayerNormalization", [x, ones], [x.dims, rows, rows], {
    attributes: { axis: -1, epsilon: { float: epsilon } },
  });
  return [normal!, inverse!];
}

/** dx = (dx̂ − mean(dx̂) − x̂ mean(dx̂ x̂)) / √(variance + ε) (Ba et al. 2016) */
function normaliseGradient(graph: Graph, dNormal: Value, normal: Value, inverse: Value, width: number): Value {
  const mean = mul(graph, sum(graph, dNormal, [-1]), 1 / width);
  const along = mul(graph, sum(graph, mul(graph, dNormal, normal), [-1]), 1 / width);
  return mul(graph, sub(graph, sub(graph, dNormal, mean), mul(graph, normal, along)), inverse);
}

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
  gradient: (graph, { dy, dims, wants, input, attributes: { epsilon } }) => {
    const [x, scale, bias] = dims as [number[], number[], number[]];
    const [normal, inverse] = normalise(graph, after(graph, input(0), dy), epsilon);
    return [
      wants[0] ? normaliseGradient(graph, mul(graph, dy, input(1)), normal, inverse, x.at(-1)!) : undefined,
      wants[1] ? sumTo(graph, mul(graph, dy, normal), scale) : undefined,
      wants[2] ? sumTo(graph, dy, bias) : undefined,
    ];
  },
};

/** Normalises the last axis: x `[…, width]`, scale and bias `[width]`. */
export const layerNorm = (graph: Graph, x: Value, scale: Value, bias: Value, epsilon: number): Value =>
  graph.apply(layerNormOp, [x, scale, bias], { epsilon });
