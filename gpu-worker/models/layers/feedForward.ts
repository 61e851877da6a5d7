import { mul } from "../../graph/ops/arithmetic.ts";
import { biasSplitGelu, hasBiasSplitGelu } from "../../graph/ops/biasSplitGelu.ts";
import { gelu } from "../../graph/ops/gelu.ts";
import { linear } from "../../graph/ops/linear.ts";
import type { Value } from "../../graph/Value.ts";
import { linearLayer } from "./layers.ts";
import type { Scope } from "./Scope.ts";

/** diffusers' FeedForward with GEGLU (arXiv 2002.05202): (W₁x + b₁) · GELU(W₂x + b₂), then back to the width of x. */
export function feedForward(scope: Scope, x: Value): Value {
  const width = x.dims.at(-1)!;
  const inner = 4 * width;
  const projection = scope.at("net.0.proj");
  if (hasBiasSplitGelu(scope.graph, 2 * inner)) {
    const both = linear(scope.graph, x, projection.weight("weight", [2 * inner, width]));
    const gated = biasSplitGelu(scope.graph, both, projection.weight("bias", [2 * inner]));
    return linearLayer(scope.at("net.2"), gated, width);
  }
  const half = (start: number) =>
    linear(
      scope.graph,
      x,
      projection.rows("weight", [2 * inner, width], start, start + inner),
      projection.rows("bias", [2 * inner], start, start + inner),
    );
  const gated = mul(scope.graph, half(0), gelu(scope.graph, half(inner)));
  return linearLayer(scope.at("net.2"), gated, width);
}
