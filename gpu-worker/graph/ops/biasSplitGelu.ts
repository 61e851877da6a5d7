import type { Graph } from "../Graph.ts";
import type { Op } from "../Op.ts";
import { ShapeError } from "../ShapeError.ts";
import { describe, expectDims, sizeOf } from "../shapes.ts";
import type { Value } from "../Value.ts";
import { reshape } from "./reshape.ts";

/** The widths that the kernel was compiled for: Stable Diffusion's feed-forward layers. */
const widths = [2560, 5120, 10240];

/** Whether there is a kernel for rows of this width. */
export const hasBiasSplitGelu = (graph: Graph, width: number): boolean =>
  graph.device === "cuda" && graph.precision === "float16" && widths.includes(width);

/** No gradient: networks that learn are built without it. */
export const biasSplitGeluOp: Op<null> = {
  name: "biasSplitGelu",
  emit(graph, [x, bias]) {
    const [n, tokens, width] = x!.dims as [number, number, number];
    if (x!.dims.length !== 3 || !widths.includes(width)) {
      throw new ShapeError("biasSplitGelu", `${describe(x!)} must be three-dimensional, of width ${widths.join(", ")}`);
    }
    expectDims("biasSplitGelu", bias!, [width]);
    return graph.node("BiasSplitGelu", [x!, bias!], [n, tokens, width / 2], { domain: "com.microsoft" });
  },
};

/** GEGLU's second half: with x + bias cut in two along the last axis, left · gelu(right). x `[…, 2w]` → `[…, w]`. */
export function biasSplitGelu(graph: Graph, x: Value, bias: Value): Value {
  const width = x.dims.at(-1)!;
  const rows = reshape(graph, x, [1, sizeOf(x.dims) / width, width]);
  return reshape(graph, graph.apply(biasSplitGeluOp, [rows, bias], null), x.dims.with(-1, width / 2));
}
