import { add, mul } from "../../graph/ops/arithmetic.ts";
import { attention } from "../../graph/ops/attention.ts";
import { cast } from "../../graph/ops/cast.ts";
import { reshape } from "../../graph/ops/reshape.ts";
import type { Value } from "../../graph/Value.ts";
import { linearLayer } from "./layers.ts";
import type { Scope } from "./Scope.ts";

/** What an attention looks at beside its context, by keys and values of its own (IP-Adapter, Ye et al. 2023). */
export interface Adapter {
  /** `[N, S, D]` */
  readonly tokens: Value;
  readonly scale: number;
}

/**
 * diffusers' Attention: queries from x `[N·T, C]`, keys and values from context `[N, S, D]` (default: x itself)
 * → `[N·T, C]`. Tokens stand in rows, which is what the matrix products around want.
 */
export function attentionBlock(
  scope: Scope,
  x: Value,
  options: {
    readonly batch: number;
    readonly heads: number;
    readonly context?: Value | undefined;
    readonly adapter?: Adapter | undefined;
    readonly upcast?: boolean;
  },
): Value {
  const { graph } = scope;
  const [rows, width] = x.dims as [number, number];
  const tokens = reshape(graph, x, [options.batch, rows / options.batch, width]);
  const context = options.context ?? tokens;
  const q = linearLayer(scope.at("to_q"), tokens, width);
  const k = linearLayer(scope.at("to_k"), context, width);
  const v = linearLayer(scope.at("to_v"), context, width);
  const { heads, adapter, upcast } = options;
  // Some checkpoints (Stable Diffusion 2.1) have scores beyond what half precision can hold, and say so.
  const ready = (value: Value) => (upcast ? cast(graph, value, "float32") : value);
  const attend = (keys: Value, values: Value) =>
    cast(graph, attention(graph, ready(q), ready(keys), ready(values), { heads }), x.type);
  let mixed = attend(k, v);
  if (adapter) {
    const [ownK, ownV] = ["to_k_ip", "to_v_ip"].map((name) => linearLayer(scope.at(name), adapter.tokens, width));
    mixed = add(graph, mixed, mul(graph, attend(ownK!, ownV!), adapter.scale));
  }
  return linearLayer(scope.at("to_out.0"), reshape(graph, mixed, [rows, width]), width);
}
