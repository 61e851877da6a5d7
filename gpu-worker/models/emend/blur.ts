import type { Graph } from "../../graph/Graph.ts";
import { conv2d } from "../../graph/ops/conv2d.ts";
import { pad } from "../../graph/ops/pad.ts";
import { reshape } from "../../graph/ops/reshape.ts";
import { transpose } from "../../graph/ops/transpose.ts";
import type { Value } from "../../graph/Value.ts";

/** Gaussian weights for −r … r with r = ⌈2.5 σ⌉; they add up to 1. */
function gaussian(sigma: number): Float32Array {
  const radius = Math.ceil(2.5 * sigma);
  const weights = Array.from({ length: 2 * radius + 1 }, (_, i) => Math.exp(-((i - radius) ** 2) / (2 * sigma ** 2)));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return Float32Array.from(weights, (weight) => weight / sum);
}

/**
 * The picture behind a code `[N, 3·p², h, w]` (docs/checkpoints.md, SpaceToDepth), blurred by a Gaussian of `sigma` pixels
 * with its edges repeated, as a code again.
 */
export function blur(graph: Graph, code: Value, sigma: number, patch: number): Value {
  const [n, , h, w] = code.dims as [number, number, number, number];
  const kernel = gaussian(sigma);
  const size = kernel.length;
  const r = (size - 1) / 2;
  const cells = reshape(graph, code, [n, 3, patch, patch, h, w]);
  const pixels = reshape(graph, transpose(graph, cells, [0, 1, 4, 2, 5, 3]), [3 * n, 1, h * patch, w * patch]);
  const padded = pad(graph, pixels, { top: r, left: r, bottom: r, right: r, mode: "edge" });
  const across = conv2d(graph, padded, graph.constant(kernel, [1, 1, 1, size]), undefined);
  const soft = conv2d(graph, across, graph.constant(kernel, [1, 1, size, 1]), undefined);
  const back = transpose(graph, reshape(graph, soft, [n, 3, h, patch, w, patch]), [0, 1, 3, 5, 2, 4]);
  return reshape(graph, back, code.dims);
}
