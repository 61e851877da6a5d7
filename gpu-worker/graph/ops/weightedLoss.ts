import type { Graph } from "../Graph.ts";
import { sizeOf } from "../shapes.ts";
import type { Value } from "../Value.ts";
import { add, mul, sub } from "./arithmetic.ts";
import { reshape } from "./reshape.ts";
import { sum } from "./sum.ts";
import { sqrt } from "./unary.ts";

/**
 * Σ w ρ(a − b) as a scalar, all of one shape. ρ(d) = d², or the pseudo-Huber distance √(d² + δ²) − δ, which is nearly
 * |d| and counts outliers less.
 */
export function weightedLoss(graph: Graph, a: Value, b: Value, weights: Value, huber?: number): Value {
  const difference = sub(graph, a, b);
  const square = mul(graph, difference, difference);
  const distance = huber ? sub(graph, sqrt(graph, add(graph, square, huber ** 2)), huber) : square;
  const weighted = reshape(graph, mul(graph, distance, weights), [sizeOf(a.dims)]);
  return reshape(graph, sum(graph, weighted, [0]), []);
}
