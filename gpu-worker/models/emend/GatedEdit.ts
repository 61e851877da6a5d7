import { z } from "zod";
import type { Graph } from "../../graph/Graph.ts";
import { add, mul, sub } from "../../graph/ops/arithmetic.ts";
import { reshape } from "../../graph/ops/reshape.ts";
import { slice, split } from "../../graph/ops/slice.ts";
import { sigmoid } from "../../graph/ops/unary.ts";
import type { Value } from "../../graph/Value.ts";
import { blur } from "./blur.ts";

/** `edit_head/config.json`: see docs/checkpoints.md. */
export const gatedEditSchema = z.object({
  _class_name: z.literal("GatedEdit"),
  patch_size: z.int().min(1).max(32),
  blur_sigmas: z.array(z.number().positive().max(16)).max(8),
});
export type GatedEditConfig = z.infer<typeof gatedEditSchema>;

/** Channels that the U-Net must deliver. */
export const gatedEditChannels = ({ patch_size, blur_sigmas }: GatedEditConfig): number =>
  5 * patch_size ** 2 + 9 + blur_sigmas.length;

/**
 * The predicted picture from the source's code s `[N, 3·p², h, w]` and the U-Net's output, split into b (3·p² channels),
 * m (p²), a (p²), a 3 × 3 colour matrix M for each cell, and a share k of each blur:
 * s + (1 − sigmoid(m))·(a·s + b + M·s + Σ kᵢ·(blurᵢ(s) − s)), so that zeros copy the source. → `[N, 3·p², h, w]`
 */
export function gatedEdit(graph: Graph, raw: Value, source: Value, config: GatedEditConfig): Value {
  const [n, , h, w] = source.dims as [number, number, number, number];
  const { patch_size, blur_sigmas } = config;
  const p2 = patch_size ** 2;
  const sizes = [3 * p2, p2, p2, 9, ...blur_sigmas.map(() => 1)];
  const [b, m, a, matrix, ...shares] = split(graph, raw, 1, sizes) as [Value, Value, Value, Value, ...Value[]];
  const grouped = (value: Value, colours: number, cells: number) => reshape(graph, value, [n, colours, cells, h, w]);
  const s = grouped(source, 3, p2);
  let change = add(graph, mul(graph, grouped(a, 1, p2), s), grouped(b, 3, p2));
  for (let colour = 0; colour < 3; colour++) {
    // The matrix's column for this colour of the source, `[N, 3, 1, h, w]`.
    const column = slice(graph, reshape(graph, matrix, [n, 3, 3, h, w]), 2, colour, colour + 1);
    change = add(graph, change, mul(graph, column, slice(graph, s, 1, colour, colour + 1)));
  }
  blur_sigmas.forEach((sigma, i) => {
    const detail = sub(graph, grouped(blur(graph, source, sigma, patch_size), 3, p2), s);
    change = add(graph, change, mul(graph, grouped(shares[i]!, 1, 1), detail));
  });
  const open = sigmoid(graph, sub(graph, 0, grouped(m, 1, p2))); // 1 − sigmoid(m) = sigmoid(−m)
  return reshape(graph, add(graph, s, mul(graph, open, change)), source.dims);
}
