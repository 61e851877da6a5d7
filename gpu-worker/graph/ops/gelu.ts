import type { Graph } from "../Graph.ts";
import type { Op } from "../Op.ts";
import type { Value } from "../Value.ts";
import { after } from "./after.ts";
import { add, mul } from "./arithmetic.ts";

/** The exact GELU: x · Φ(x), by the error function. */
export const geluOp: Op<null> = {
  name: "gelu",
  emit: (graph, [x]) => graph.node("Gelu", [x!], x!.dims),
  /** y' = Φ(x) + x φ(x), with Φ(x) = (1 + erf(x / √2)) / 2 and φ(x) = e^(−x² / 2) / √(2π). */
  gradient: (graph, { dy, input }) => {
    const x = after(graph, input(0), dy);
    const erf = graph.node("Erf", [mul(graph, x, Math.SQRT1_2)], x.dims);
    const bell = graph.node("Exp", [mul(graph, mul(graph, x, x), -0.5)], x.dims);
    const share = add(graph, mul(graph, erf, 0.5), 0.5);
    return [mul(graph, dy, add(graph, share, mul(graph, mul(graph, x, 1 / Math.sqrt(2 * Math.PI)), bell)))];
  },
};

export const gelu = (graph: Graph, x: Value): Value => graph.apply(geluOp, [x], null);
