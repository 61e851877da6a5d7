import type { Graph } from "../Graph.ts";
import type { Op } from "../Op.ts";
import { broadcastDims } from "../shapes.ts";
import type { Value } from "../Value.ts";

/** Elementwise op of two values, with broadcasting. */
function binary(opType: "Add" | "Sub" | "Mul" | "Div"): Op<null> {
  const name = opType.toLowerCase();
  return {
    name,
    emit: (graph, [a, b]) => graph.node(opType, [a!, b!], broadcastDims(name, a!, b!)),
  };
}

export const addOp = binary("Add");
export const subOp = binary("Sub");
export const mulOp = binary("Mul");
export const divOp = binary("Div");

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
