import type { Graph } from "../Graph.ts";
import type { Op } from "../Op.ts";
import { expectDims, expectRank } from "../shapes.ts";
import type { Value } from "../Value.ts";
import { cast } from "./cast.ts";
import type { GroupNormAttributes } from "./groupNorm.ts";
import { channelsFirst, channelsLast } from "./layout.ts";

/** One pass over the image for what are three elsewhere. CUDA only; no gradient. */
export const skipGroupNormOp: Op<GroupNormAttributes> = {
  name: "skipGroupNorm",
  emit(graph, [x, scale, bias, shift], { groups, epsilon, activation }) {
    expectRank("skipGroupNorm", x!, 4);
    const [n, channels] = x!.dims as [number, number];
    for (const value of [scale!, bias!]) expectDims("skipGroupNorm", value, [channels]);
    expectDims("skipGroupNorm", shift!, [n, channels]);
    const [gamma, beta] = [scale!, bias!].map((value) => cast(graph, value, "float32"));
    const last = channelsLast(graph, x!);
    const y = graph.node("SkipGroupNorm", [last, gamma, beta, shift], last.dims, {
      domain: "com.microsoft",
      attributes: { epsilon: { float: epsilon }, groups, activation: activation === "silu" ? 1 : 0, channels_last: 1 },
    });
    return channelsFirst(graph, y);
  },
};

/** Group norm of x + shift: x `[N, C, H, W]`, scale and bias `[C]`, shift `[N, C]`. For `prefersChannelsLast` images. */
export const skipGroupNorm = (
  graph: Graph,
  x: Value,
  [scale, bias, shift]: readonly [Value, Value, Value],
  attributes: GroupNormAttributes,
): Value => graph.apply(skipGroupNormOp, [x, scale, bias, shift], attributes);
