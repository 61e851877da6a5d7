import type { Graph } from "../Graph.ts";
import type { Op } from "../Op.ts";
import { expectRank } from "../shapes.ts";
import type { Value } from "../Value.ts";
import { mul } from "./arithmetic.ts";
import { allChannelsLast, channelsFirst } from "./layout.ts";
import { matMul } from "./matMul.ts";

export interface UpsampleAttributes {
  /** Height and width of the result. */
  readonly size: readonly [number, number];
}

/** `[large, small]`: 1 where the large axis's element is a copy of the small one's. */
function sourceMatrix(graph: Graph, small: number, large: number): Value {
  const matrix = new Float32Array(large * small);
  for (let i = 0; i < large; i++) matrix[i * small + Math.floor((i * small) / large)] = 1;
  return graph.constant(matrix, [large, small]);
}

export const upsampleNearestOp: Op<UpsampleAttributes> = {
  name: "upsampleNearest",
  emit(graph, [x], { size }) {
    expectRank("upsampleNearest", x!, 4);
    const [n, channels] = x!.dims as [number, number];
    const resize = (value: Value, dims: readonly number[]) =>
      graph.node("Resize", [value, undefined, undefined, graph.ints(dims)], dims, {
        attributes: {
          mode: "nearest",
          coordinate_transformation_mode: "asymmetric",
          nearest_mode: "floor",
        },
      });
    const [last] = allChannelsLast(graph, [x!]) ?? [];
    return last ? channelsFirst(graph, resize(last, [n, ...size, channels])) : resize(x!, [n, channels, ...size]);
  },
  /** Sums the pixels that came from one: a pooling where the size is a multiple, else two products with 0/1 matrices. */
  gradient: (graph, { dy, dims, attributes: { size } }) => {
    const x = dims[0] as [number, number, number, number];
    const [fy, fx] = [size[0] / x[2], size[1] / x[3]];
    if (Number.isInteger(fy) && Number.isInteger(fx)) {
      const pooled = graph.node("AveragePool", [dy], x, {
        attributes: { kernel_shape: [fy, fx], strides: [fy, fx] },
      });
      return [mul(graph, pooled, fy * fx)];
    }
    const rows = matMul(graph, sourceMatrix(graph, x[2], size[0]), dy, { transA: true });
    return [matMul(graph, rows, sourceMatrix(graph, x[3], size[1]))];
  },
};

/** Repeats pixels: output pixel (y, x) is input pixel (⌊y·h/H⌋, ⌊x·w/W⌋), as `torch.nn.functional.interpolate` has it. */
export const upsampleNearest = (graph: Graph, x: Value, size: readonly [number, number]): Value =>
  graph.apply(upsampleNearestOp, [x], { size });
