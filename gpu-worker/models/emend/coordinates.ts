import type { Graph } from "../../graph/Graph.ts";
import type { Value } from "../../graph/Value.ts";

/**
 * Where each cell of a code is: x from the left and y from the top, the cells' centres in (−1, 1): `[N, 2, h, w]`. A
 * convolution alone hardly knows left from right (Liu et al. 2018, CoordConv).
 */
export function coordinates(graph: Graph, [n, , h, w]: readonly [number, number, number, number]): Value {
  const data = new Float32Array(n * 2 * h * w);
  for (let i = 0; i < data.length; i++) {
    const isY = Math.floor(i / (h * w)) % 2 === 1;
    const [y, x] = [Math.floor(i / w) % h, i % w];
    data[i] = isY ? (2 * y + 1) / h - 1 : (2 * x + 1) / w - 1;
  }
  return graph.constant(data, [n, 2, h, w]);
}
