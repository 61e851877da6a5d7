import type { Graph } from "../Graph.ts";
import type { Op } from "../Op.ts";
import { ShapeError } from "../ShapeError.ts";
import { describe, dimAt, normalAxis } from "../shapes.ts";
import type { Value } from "../Value.ts";

export const sliceOp: Op<{ readonly axis: number; readonly start: number; readonly end: number }> = {
  name: "slice",
  emit(graph, [x], { axis, start, end }) {
    if (start < 0 || end <= start || end > dimAt("slice", x!, axis)) {
      throw new ShapeError("slice", `${start} … ${end} is outside axis ${axis} of ${describe(x!)}`);
    }
    const bounds = [start, end, axis].map((bound) => graph.ints([bound]));
    return graph.node("Slice", [x!, ...bounds], x!.dims.with(axis, end - start));
  },
  /** Zeros around. */
  gradient: (graph, { dy, dims, attributes: { axis, start, end } }) => {
    const [x] = dims as [readonly number[]];
    const before = x.map((_, i) => (i === axis ? start : 0));
    const behind = x.map((dim, i) => (i === axis ? dim - end : 0));
    return [graph.node("Pad", [dy, graph.ints([...before, ...behind])], x)];
  },
};

/** Positions start … end − 1 of one axis. */
export const slice = (graph: Graph, x: Value, axis: number, start: number, end: number): Value =>
  graph.apply(sliceOp, [x], { axis: normalAxis("slice", x, axis), start, end });

/** Cuts an axis into parts of the given sizes, which must add up to the axis. */
export function split(graph: Graph, x: Value, axis: number, sizes: readonly number[]): Value[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total !== dimAt("split", x, axis)) {
    throw new ShapeError("split", `parts of ${sizes.join(" + ")} do not make axis ${axis} of ${describe(x)}`);
  }
  const ends = sizes.map((_, i) => sizes.slice(0, i + 1).reduce((sum, size) => sum + size, 0));
  return sizes.map((size, i) => slice(graph, x, axis, ends[i]! - size, ends[i]!));
}
