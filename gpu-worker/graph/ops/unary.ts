import type { Graph } from "../Graph.ts";
import type { Op } from "../Op.ts";
import type { Value } from "../Value.ts";

/** Elementwise op of one value that ONNX has under this name. */
const unary = (opType: string): Op<null> => ({
  name: opType.toLowerCase(),
  emit: (graph, [x]) => graph.node(opType, [x!], x!.dims),
});

export const sigmoidOp = unary("Sigmoid");
export const sinOp = unary("Sin");
export const cosOp = unary("Cos");

const applied =
  (op: Op<null>) =>
  (graph: Graph, x: Value): Value =>
    graph.apply(op, [x], null);

/** 1 / (1 + e^−x) */
export const sigmoid = applied(sigmoidOp);
export const sin = applied(sinOp);
export const cos = applied(cosOp);
