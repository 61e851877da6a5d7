import type { Graph } from "../Graph.ts";
import type { Op } from "../Op.ts";
import type { Value } from "../Value.ts";
import { mul, sub } from "./arithmetic.ts";
import { sum } from "./sum.ts";

/** Over the last axis. */
export const softmaxOp: Op<null> = {
  name: "softmax",
  emit: (graph, [x]) => graph.node("Softmax", [x!], x!.dims, { attributes: { axis: -1 } }),
  /** p (dp − Σ p dp) */
  gradient: (graph, { dy, output }) => {
    const weighted = mul(graph, dy, output());
    return [sub(graph, weighted, mul(graph, output(), sum(graph, weighted, [-1])))];
  },
};

/** e^x / Σ e^x over the last axis. */
export const softmax = (graph: Graph, x: Value): Value => graph.apply(softmaxOp, [x], null);
