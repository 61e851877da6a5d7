import type { Graph } from "../Graph.ts";
import type { Op } from "../Op.ts";
import { ShapeError } from "../ShapeError.ts";
import { describe, expectDims, expectRank } from "../shapes.ts";
import type { Value } from "../Value.ts";
import { after } from "./after.ts";
import { add, mul, sub } from "./arithmetic.ts";
import { cast } from "./cast.ts";
import { channelsFirst, channelsLast, prefersChannelsLast } from "./layout.ts";
import { reshape } from "./reshape.ts";
import { sum, sumTo } from "./sum.ts";

export interface GroupNormAttributes {
  readonly groups: number;
  readonly epsilon: number;
  /** Applied to the result in the same pass; only where `prefersChannelsLast`. */
  readonly activation?: "silu" | undefined;
}

/**
 * There is no GroupNorm kernel on CPU. LayerNormalization over `[N, groups, rest]` and an affine step take 3.0 ms for
 * 320 × 64 × 64 on two cores; InstanceNormalization, which uses one, 4.6, and the expansion of GroupNormalization 5.5.
 * In half precision CUDA's kernel is used, or else the same as on CPU, in float32.
 */
export const groupNormOp: Op<GroupNormAttributes> = {
  name: "groupNorm",
  emit(graph, [x, scale, bias], { groups, epsilon, activation }) {
    expectRank("groupNorm", x!, 4);
    const [n, channels, h, w] = x!.dims as [number, number, number, number];
    if (channels % groups !== 0)
      throw new ShapeError("groupNorm", `${describe(x!)} does not divide into ${groups} groups`);
    for (const value of [scale!, bias!])
      expectDims("groupNorm", value, value.dims.length === 1 ? [channels] : [n, channels]);
    const wide = (value: Value) => cast(graph, value, "float32");
    if (prefersChannelsLast(graph, x!) && scale!.dims.length === 1 && bias!.dims.length === 1) {
      const last = channelsLast(graph, x!);
      const y = graph.node("GroupNorm", [last, wide(scale!), wide(bias!)], last.dims, {
        domain: "com.microsoft",
        attributes: {
          epsilon: { float: epsilon },
          groups,
          activation: activation === "silu" ? 1 : 0,
          channels_last: 1,
        },
      });
      return channelsFirst(graph, y);
    }
    if (activation) throw new Error("groupNorm: the activation is an op of its own here");
    const rest = (channels / groups) * h * w;
    const rows = graph.node("Reshape", [wide(x!), graph.ints([n, groups, rest])], [n, groups, rest]);
    const ones = graph.constant(new Float32Array(rest).fill(1));
    const normal = graph.node("LayerNormalization", [rows, ones], rows.dims, {
      attributes: { axis: -1, epsilon: { float: epsilon } },
    });
    const image = graph.node("Reshape", [normal, graph.ints(x!.dims)], x!.dims);
    const perChannel = (value: Value) => {
      const dims = [value.dims.length === 1 ? 1 : n, channels, 1, 1];
      return graph.node("Reshape", [wide(value), graph.ints(dims)], dims);
    };
    const scaled = graph.node("Mul", [image, perChannel(scale!)], x!.dims);
    return cast(graph, graph.node("Add", [scaled, perChannel(bias!)], x!.dims), x!.type);
  },
  /**
   * As for layer norm, but the sums over pixels come first, `[N, C]`: they are the gradients of scale and bias, and
   * all that the two means over a group need. So few passes go over the whole image.
   */
  gradient: (graph, { dy, dims, wants, input, attributes: { groups, epsilon } }) => {
    const [x, scale, bias] = dims as [[number, number, number, number], number[], number[]];
    const [n, channels, h, w] = x;
    const per = channels / groups;
    const count = per * h * w;
    const rows = reshape(graph, after(graph, input(0), dy), [n, groups, count]);
    const ones = graph.constant(new Float32Array(count).fill(1));
    const [normalRows, , inverse] = graph.nodeOf(
      "LayerNormalization",
      [rows, ones],
      [...[rows.dims, [n, groups, 1], [n, groups, 1]]],
      { attributes: { axis: -1, epsilon: { float: epsilon } } },
    );
    const normal = reshape(graph, normalRows!, x);
    const dBias = reshape(graph, sum(graph, dy, [2, 3]), [n, channels]);
    const dScale = reshape(graph, sum(graph, mul(graph, dy, normal), [2, 3]), [n, channels]);
    const ownScale = reshape(graph, input(1), scale.length === 1 ? [1, channels] : [n, channels]);
    const dx = () => {
      const meanOf = (sums: Value) => {
        const weighted = reshape(graph, mul(graph, sums, ownScale), [n, groups, per]);
        return mul(graph, mul(graph, sum(graph, weighted, [2]), inverse!), 1 / count); // [N, groups, 1]
      };
      const spread = (value: Value) => {
        const whole = add(graph, value, graph.constant(new Float32Array(per), [1, 1, per]));
        return reshape(graph, whole, [n, channels, 1, 1]);
      };
      const gain = mul(graph, reshape(graph, ownScale, [ownScale.dims[0]!, groups, per]), inverse!);
      const direct = mul(graph, dy, reshape(graph, gain, [n, channels, 1, 1]));
      const along = mul(graph, normal, spread(meanOf(dScale)));
      return sub(graph, sub(graph, direct, along), spread(meanOf(dBias)));
    };
    return [
      wants[0] ? dx() : undefined,
      wants[1] ? sumTo(graph, dScale, scale) : undefined,
      wants[2] ? sumTo(graph, dBias, bias) : undefined,
    ];
  },
};

/**
 * Normalises each group of channels over its pixels, then scales and shifts channels: x `[N, C, H, W]`, scale and bias
 * `[C]`, or `[N, C]` when they depend on the sample.
 */
export const groupNorm = (graph: Graph, x: Value, scale: Value, bias: Value, attributes: GroupNormAttributes): Value =>
  graph.apply(groupNormOp, [x, scale, bias], attributes);
