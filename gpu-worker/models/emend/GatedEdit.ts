import { z } from "zod";
import type { Graph } from "../../graph/Graph.ts";
import { add, mul, sub } from "../../graph/ops/arithmetic.ts";
import { reshape } from "../../graph/ops/reshape.ts";
import { split } from "../../graph/ops/slice.ts";
import { sigmoid } from "../../graph/ops/unary.ts";
import type { Value } from "../../graph/Value.ts";

/** `edit_head/config.json`: see docs/checkpoints.md. */
export const gatedEditSchema = z.object({ _class_name: z.literal("GatedEdit"), patch_size: z.int().min(1).max(32) });

/** Channels that the U-Net must deliver. */
export const gatedEditChannels = (patch: number): number => 5 * patch * patch;

/**
 * The predicted picture from the source's code s `[N, 3·p², h, w]` and the U-Net's output, split into b (3·p² channels),
 * m (p²) and a (p²): gate·s + (1 − gate)·((1 + a)·s + b) with gate = sigmoid(m), so that zeros copy the
 * source. → `[N, 3·p², h, w]`
 */
export function gatedEdit(graph: Graph, raw: Value, source: Value, patch: number): Value {
  const [n, , h, w] = source.dims as [number, number, number, number];
  const p2 = patch * patch;
  const [b, m, a] = split(graph, raw, 1, [3 * p2, p2, p2]).map(
    (part) => reshape(graph, part, [n, part.dims[1]! / p2, p2, h, w]), // colours broadcast
  );
  const s = reshape(graph, source, [n, 3, p2, h, w]);
  // s + (1 − gate)·(a·s + b), where 1 − sigmoid(m) = sigmoid(−m)
  const open = sigmoid(graph, sub(graph, 0, m!));
  const change = add(graph, mul(graph, a!, s), b!);
  return reshape(graph, add(graph, s, mul(graph, open, change)), source.dims);
}
