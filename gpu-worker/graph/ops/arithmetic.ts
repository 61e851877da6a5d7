import type { Graph } from "../Graph.ts";
import type { Op } from "../Op.ts";
import { broadcastDims, sameDims } from "../shapes.ts";
import type { Value } from "../Value.ts";
import { allChannelsLast, channelsFirst } from "./layout.ts";
import { sumTo } from "./sum.ts";

type Rule = NonNullable<Op<null>["gradient"]>;

/** Elementwise op of two values, with broadcasting. `rule` gives the gradients in the shape of the result. */
function binary(opType: "Add" | "Sub" | "Mul" | "Div", rule: Rule): Op<null> {
  const name = opType.toLowerCase();
  return {
    name,
    emit(graph, [a, b]) {
      const dims = broadcastDims(name, a!, b!);
      const last = sameDims(a!.dims, b!.dims) && allChannelsLast(graph, [a!, b!]);
      if (last) return channelsFirst(graph, graph.node(opType, last, last[0]!.dims));
      return graph.node(opType, [a!, b!], dims);
    },
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

/** A number as a constant of the other operand's type. */
const asValue = (graph: Graph, operand: Operand, other: Operand): Value => {
  if (typeof operand !== "number") return operand;
  const isHalf = typeof other !== "number" && other.type === "float16";
  return graph.constant(operand, [], isHalf ? "float16" : "float32");
};

const applied =
  (op: Op<null>) =>
  (graph: Graph, a: Operand, b: Operand): Value =>
    graph.apply(op, [asValue(graph, a, b), asValue(graph, b, a)], null);

/** a + b */
export const add = applied(addOp);
/** a − b */
export const sub = applied(subOp);
/** a · b, elementwise */
export const mul = applied(mulOp);
/** a / b, elementwise */
export const div = applied(divOp);
