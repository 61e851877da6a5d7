import type { Graph } from "../Graph.ts";
import { sizeOf } from "../shapes.ts";
import type { Value } from "../Value.ts";
import { mul, sub } from "./arithmetic.ts";
import { reshape } from "./reshape.ts";
import { sum } from "./sum.ts";

/** Mean squared difference, as a scalar. */
export function mse(graph: Graph, a: Value, b: Value): Value {
  const difference = reshape(graph, sub(graph, a, b), [sizeOf(a.dims)]);
  const total = sum(graph, mul(graph, difference, difference), [0]);
  return reshape(graph, mul(graph, total, 1 / sizeOf(a.dims)), []);
}
