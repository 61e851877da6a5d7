import type { Graph } from "../Graph.ts";
import type { Op } from "../Op.ts";
import type { Value } from "../Value.ts";
import { after } from "./after.ts";
import { div, mul, sub } from "./arithmetic.ts";

/** Elementwise op of one value that ONNX has under this name. */
const unary = (opType: string, gradient: NonNullable<Op<null>["gradient"]>): Op<null> => ({
  name: opType.toLowerCase(),
  emit: (graph, [x]) => graph.node(opType, [x!], x!.dims),
  gradient,
});

/** y' = y − y² */
export const sigmoidOp = unary("Sigmoid", (graph, { dy, output }) => {
  const first = mul(graph, dy, output());
  return [sub(graph, first, mul(graph, first, output()))];
});
export const sinOp = unary("Sin", (graph, { dy, input }) => [mul(graph, dy, cos(graph, after(graph, input(0), dy)))]);
/** y' = 1 / (2 y) */
export const sqrtOp = unary("Sqrt", (graph, { dy, output }) => [div(graph, mul(graph, dy, 0.5), output())]);
/** y' = 1 − y² */
export const tanhOp = unary("Tanh", (graph, { dy, output }) => [
  sub(graph, dy, mul(graph, dy, mul(graph, output(), output()))),
]);
/** y' = 1 where y > 0, else 0 */
export const reluOp = unary("Relu", (graph, { dy, output }) => [
  mul(graph, dy, graph.node("Sign", [output()], dy.dims)),
]);
export const cosOp = unary("Cos", (graph, { dy, input }) => [
  sub(graph, 0, mul(graph, dy, sin(graph, after(graph, input(0), dy)))),
]);

const applied =
  (op: Op<null>) =>
  (graph: Graph, x: Value): Value =>
    graph.apply(op, [x], null);

/** 1 / (1 + e^−x) */
export const sigmoid = applied(sigmoidOp);
export const sin = applied(sinOp);
export const cos = applied(cosOp);
export const sqrt = applied(sqrtOp);
export const tanh = applied(tanhOp);
/** max(x, 0) */
export const relu = applied(reluOp);
