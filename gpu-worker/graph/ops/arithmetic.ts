import type { Graph } from "../Graph.ts";
import type { Op } from "../Op.ts";
import { broadcastDims } from "../shapes.ts";
import type { Value } from "../Value.ts";
import { sumTo } from "./sum.ts";

type Rule = NonNullable<Op<null>["gradient"]>;

/** Elementwise op of two values, with broadcasting. `rule` gives the gradients in the shape of the result. */
function binary(opType: "Add" | "Sub" | "Mul" | "Div", rule: Rule): Op<null> {
  const name = opType.toLowerCase();
  return {
    name,
    emit: (graph, [a, b]) => graph.node(opType, [a!, b!], broadcastDims(name, a!, b!)),
    gradient: (graph, use) => rule(graph, use).map((value, i) => value && sumTo(graph, value, use.dims[i]!)),
  };
}

export const addOp = binary("Add", (_, { dy }) => [dy, dy]);
export const subOp = binary("Sub", (graph, { dy, wants }) => [dy, wants[1] ? sub(graph, 0, dy) : undefined]);
export const mulOp = binary("Mul", (graph, { dy, wants, input }) => [
  wants[0] ? mul(graph, dy, input(1)) : undefined,
  wants[1] ? mul(graph, dy, input(0)) : undefined,
]);
export const divOp = binary("Div", (graph, { dy, wants, input, output }) => [
  wants[0] ? div(graph, dy, input(1)) : undefined,
  wants[1] ? sub(graph, 0, div(graph, mul(graph, dy, output()), input(1))) : undefined,
]);

type Operand = Value | number;

const asValue = (graph: Graph, operand: Operand): Value =>
  typeof operand === "number" ? graph.constant(operand) : operand;

const applied =
  (op: Op<null>) =>
  (graph: Graph, a: Operand, b: Operand): Value =>
    graph.apply(op, [asValue(graph, a), asValue(graph, b)], null);

/** a + b */
export const add = applied(addOp);
/** a − b */
export const sub = applied(subOp);
/** a · b, elementwise */
export const mul = applied(mulOp);
/** a / b, elementwise */
export const div = applied(divOp);
