import type { Graph } from "../Graph.ts";
import type { Op } from "../Op.ts";
import { expectRank } from "../shapes.ts";
import type { Value } from "../Value.ts";
import { slice } from "./slice.ts";

export interface Padding {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  /** What is put around: zeros (default), or the pixels of the border repeated. */
  readonly mode?: "constant" | "edge";
}

export const padOp: Op<Padding> = {
  name: "pad",
  emit(graph, [x], { top, left, bottom, right, mode }) {
    expectRank("pad", x!, 4);
    const [n, c, h, w] = x!.dims as [number, number, number, number];
    const amounts = graph.ints([0, 0, top, left, 0, 0, bottom, right]);
    return graph.node("Pad", [x!, amounts], [n, c, h + top + bottom, w + left + right], {
      attributes: { mode: mode ?? "constant" },
    });
  },
  gradient: (graph, { dy, dims, attributes: { top, left, mode } }) => {
    if (mode === "edge") throw new Error("pad: no gradient for mode edge");
    const [, , h, w] = dims[0] as [number, number, number, number];
    return [slice(graph, slice(graph, dy, 2, top, top + h), 3, left, left + w)];
  },
};

/** A border around an image `[N, C, H, W]`. */
export const pad = (graph: Graph, x: Value, padding: Padding): Value => graph.apply(padOp, [x], padding);
