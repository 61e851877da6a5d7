import type { Graph } from "../Graph.ts";
import type { Value } from "../Value.ts";

/**
 * Tensor cores want images as `[N, H, W, C]`, and CUDA's GroupNorm has no other layout, but ops speak of `[N, C, H, W]`.
 * So an op that computes with channels last promises its result with channels first, and leaves a note that the other is
 * there: the next such op takes that, and the transpositions in between are left out when the graph is serialised,
 * since nobody needs their results.
 */

/** Whether ops on this image shall compute with channels last: CUDA's half-precision kernels. */
export const prefersChannelsLast = (graph: Graph, x: Value): boolean =>
  graph.device === "cuda" && graph.precision === "float16" && x.type === "float16" && x.dims.length === 4;

/** `[N, C, H, W]` → `[N, H, W, C]`, without cost where it comes from there. */
export function channelsLast(graph: Graph, x: Value): Value {
  const known = graph.channelsLast.get(x.name);
  if (known) return known;
  const [n, c, h, w] = x.dims as [number, number, number, number];
  const last = graph.node("Transpose", [x], [n, h, w, c], { attributes: { perm: [0, 2, 3, 1] } });
  graph.channelsLast.set(x.name, last);
  return last;
}

/** `[N, H, W, C]` → `[N, C, H, W]`. */
export function channelsFirst(graph: Graph, y: Value): Value {
  const [n, h, w, c] = y.dims as [number, number, number, number];
  const first = graph.node("Transpose", [y], [n, c, h, w], { attributes: { perm: [0, 3, 1, 2] } });
  graph.channelsLast.set(first.name, y);
  return first;
}

/** The images with channels last, if all are there already. */
export function allChannelsLast(graph: Graph, images: readonly Value[]): Value[] | undefined {
  const found = images.flatMap(({ name }) => graph.channelsLast.get(name) ?? []);
  return found.length === images.length ? found : undefined;
}
