import type { Graph } from "../Graph.ts";
import { ShapeError } from "../ShapeError.ts";
import { describe, sizeOf } from "../shapes.ts";
import type { Value } from "../Value.ts";
import { matMul } from "./matMul.ts";
import { reshape } from "./reshape.ts";

/** x · Wᵀ + b over the last axis: x `[…, in]`, weight `[out, in]` as PyTorch keeps it, bias `[out]`. */
export function linear(graph: Graph, x: Value, weight: Value, bias?: Value): Value {
  const [out, width] = weight.dims;
  if (weight.dims.length !== 2 || x.dims.at(-1) !== width) {
    throw new ShapeError("linear", `${describe(x)} does not fit the weight ${describe(weight)}`);
  }
  if (!bias && x.dims.length > 2) return matMul(graph, x, weight, { transB: true });
  const rows = reshape(graph, x, [sizeOf(x.dims.slice(0, -1)), width!]);
  const result = matMul(graph, rows, weight, { transB: true, bias });
  return reshape(graph, result, [...x.dims.slice(0, -1), out!]);
}
