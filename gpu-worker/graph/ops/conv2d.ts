import type { Graph } from "../Graph.ts";
import type { Op } from "../Op.ts";
import { ShapeError } from "../ShapeError.ts";
import { describe, expectRank } from "../shapes.ts";
import type { Value } from "../Value.ts";
import { channelsFirst, channelsLast, prefersChannelsLast } from "./layout.ts";

export interface ConvAttributes {
  readonly stride: number;
  /** Zeros added above, left, below, right. */
  readonly pads: readonly [number, number, number, number];
}

export const conv2dOp: Op<ConvAttributes> = {
  name: "conv2d",
  emit(graph, inputs, { stride, pads }) {
    const [x, weight] = inputs as [Value, Value];
    expectRank("conv2d", x, 4);
    expectRank("conv2d", weight, 4);
    const [n, channels, h, w] = x.dims as [number, number, number, number];
    const [out, channelsOfWeight, kernelH, kernelW] = weight.dims as [number, number, number, number];
    if (channels !== channelsOfWeight) {
      throw new ShapeError("conv2d", `${describe(x)} does not fit the weight ${describe(weight)}`);
    }
    const height = Math.floor((h + pads[0] + pads[2] - kernelH) / stride) + 1;
    const width = Math.floor((w + pads[1] + pads[3] - kernelW) / stride) + 1;
    if (height < 1 || width < 1) throw new ShapeError("conv2d", `${describe(x)} is smaller than ${describe(weight)}`);
    const options = { attributes: { kernel_shape: [kernelH, kernelW], strides: [stride, stride], pads } };
    if (!prefersChannelsLast(graph, x)) return graph.node("Conv", inputs, [n, out, height, width], options);
    // NhwcConv wants its weight as [out, kh, kw, in]; onnxruntime folds the transposition while it loads.
    const kernel = graph.node("Transpose", [weight], [out, kernelH, kernelW, channels], {
      attributes: { perm: [0, 2, 3, 1] },
    });
    const convolved = [channelsLast(graph, x), kernel, ...inputs.slice(2)];
    const y = graph.node("NhwcConv", convolved, [n, height, width, out], { ...options, domain: "com.microsoft" });
    return channelsFirst(graph, y);
  },
  /** By x alone: weights are frozen. The transposed convolution reads the same weight, so no second copy is needed. */
  gradient: (graph, { dy, dims, wants, input, attributes: { stride, pads } }) => {
    if (wants[1] || wants[2]) throw new Error("conv2d: no gradient by weights");
    const [x, weight] = dims as [number[], number[]];
    const kernel = weight.slice(2);
    // Rows and columns that the stride left over at the end.
    const rest = kernel.map((k, i) => x[i + 2]! - ((dy.dims[i + 2]! - 1) * stride + k - pads[i]! - pads[i + 2]!));
    const attributes = { kernel_shape: kernel, strides: [stride, stride], pads, output_padding: rest };
    return [graph.node("ConvTranspose", [dy, input(1)], x, { attributes })];
  },
};

/** Cross-correlation: x `[N, in, H, W]`, weight `[out, in, kh, kw]`, bias `[out]`. */
export function conv2d(
  graph: Graph,
  x: Value,
  weight: Value,
  bias: Value | undefined,
  options: { stride?: number; padding?: number | ConvAttributes["pads"] } = {},
): Value {
  const { stride = 1, padding = 0 } = options;
  const pads = typeof padding === "number" ? ([padding, padding, padding, padding] as const) : padding;
  return graph.apply(conv2dOp, bias ? [x, weight, bias] : [x, weight], { stride, pads });
}
