import type { Graph } from "../../graph/Graph.ts";
import { gelu } from "../../graph/ops/gelu.ts";
import { quickGelu, silu } from "../../graph/ops/quickGelu.ts";
import { relu } from "../../graph/ops/unary.ts";
import type { Value } from "../../graph/Value.ts";

export const activations = { silu, swish: silu, gelu, quick_gelu: quickGelu, relu } as const satisfies Record<
  string,
  (graph: Graph, x: Value) => Value
>;

/** Names as diffusers and transformers write them into configs. */
export type ActivationName = keyof typeof activations;
