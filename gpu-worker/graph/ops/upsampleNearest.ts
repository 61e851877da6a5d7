import type { Graph } from "../Graph.ts";
import type { Op } from "../Op.ts";
import { expectRank } from "../shapes.ts";
import type { Value } from "../Value.ts";

export interface UpsampleAttributes {
  /** Height and width of the result. */
  readonly size: readonly [number, number];
}

export const upsampleNearestOp: Op<UpsampleAttributes> = {
  name: "upsampleNearest",
  emit(graph, [x], { size }) {
    expectRank("upsampleNearest", x!, 4);
    const dims = [x!.dims[0]!, x!.dims[1]!, ...size];
    return graph.node("Resize", [x!, undefined, undefined, graph.ints(dims)], dims, {
      attributes: {
        mode: "nearest",
        coordinate_transformation_mode: "asymmetric",
        nearest_mode: "floor",
      },
    });
  },
};

/** Repeats pixels: output pixel (y, x) is input pixel (⌊y·h/H⌋, ⌊x·w/W⌋), as `torch.nn.functional.interpolate` has it. */
export const upsampleNearest = (graph: Graph, x: Value, size: readonly [number, number]): Value =>
  graph.apply(upsampleNearestOp, [x], { size });
