import type { Graph } from "../Graph.ts";
import type { Op } from "../Op.ts";
import { ShapeError } from "../ShapeError.ts";
import { describe, expectRank } from "../shapes.ts";
import type { Value } from "../Value.ts";

export const gatherOp: Op<null> = {
  name: "gather",
  emit(graph, [table, indices]) {
    expectRank("gather", table!, 2);
    if (indices!.type !== "int64") throw new ShapeError("gather", `${describe(indices!)} must be int64`);
    return graph.node("Gather", [table!, indices!], [...indices!.dims, table!.dims[1]!], { type: table!.type });
  },
};

/** Rows of a table: `[rows, width]` and int64 indices `[…]` → `[…, width]`. */
export const gather = (graph: Graph, table: Value, indices: Value): Value =>
  graph.apply(gatherOp, [table, indices], null);
