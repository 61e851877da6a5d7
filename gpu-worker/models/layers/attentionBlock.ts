import { attention } from "../../graph/ops/attention.ts";
import type { Value } from "../../graph/Value.ts";
import { linearLayer } from "./layers.ts";
import type { Scope } from "./Scope.ts";

/** diffusers' Attention: queries from x `[N, T, C]`, keys and values from context `[N, S, D]` → `[N, T, C]`. */
export function attentionBlock(scope: Scope, x: Value, context: Value, heads: number): Value {
  const width = x.dims.at(-1)!;
  const q = linearLayer(scope.at("to_q"), x, width);
  const k = linearLayer(scope.at("to_k"), context, width);
  const v = linearLayer(scope.at("to_v"), context, width);
  return linearLayer(scope.at("to_out.0"), attention(scope.graph, q, k, v, { heads }), width);
}
