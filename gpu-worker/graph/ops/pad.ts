import type { Graph } from "../Graph.ts";
import type { Op } from "../Op.ts";
import { expectRank } from "../shapes.ts";
import type { Value } from "../Value.ts";

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
};

/** A border around an image `[N, C, H, W]`. */
export const pad = (graph: Graph, x: Value, padding: Padding): Value => graph.apply(padOp, [x], padding);
