import type { Graph } from "../../graph/Graph.ts";
import { add } from "../../graph/ops/arithmetic.ts";
import { concat } from "../../graph/ops/concat.ts";
import { reshape } from "../../graph/ops/reshape.ts";
import { transpose } from "../../graph/ops/transpose.ts";
import type { Value } from "../../graph/Value.ts";

/**
 * What a vision transformer reads: the class token, then the patches row by row, each with its place added.
 * @param patches `[1, width, h, w]`
 * @param first the class token, `[1, 1, width]`
 * @param places `[1, 1 + h·w, width]`
 * @returns `[1, 1 + h·w, width]`
 */
export function patchTokens(graph: Graph, patches: Value, first: Value, places: Value): Value {
  const [n, width, h, w] = patches.dims as [number, number, number, number];
  const rows = transpose(graph, reshape(graph, patches, [n, width, h * w]), [0, 2, 1]);
  return add(graph, concat(graph, [first, rows], 1), places);
}
