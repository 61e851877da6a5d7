import type { Graph } from "../Graph.ts";
import type { Value } from "../Value.ts";
import { type Matrix, type WinogradTile, winogradMatrices } from "./winogradMatrices.ts";

/** A kernel `[out, in, 3, 3]` as the products' left side, `[(m+2)², out, in]`. */
export function winogradWeight(graph: Graph, weight: Value, tile: WinogradTile): Value {
  const [out, width] = weight.dims as [number, number];
  const { kernel } = winogradMatrices(tile);
  const rows = graph.node("Reshape", [weight, graph.ints([out * width, 9])], [out * width, 9]);
  const map = graph.constant(kernel.data, [kernel.rows, kernel.columns]);
  const product = graph.node("Gemm", [map, rows], [kernel.rows, out * width], { attributes: { transB: 1 } });
  return graph.node("Reshape", [product, graph.ints([kernel.rows, out, width])], [kernel.rows, out, width]);
}

/**
 * A 3 × 3 convolution that keeps the size, by F(m × m, 3 × 3) in plain operators: one grouped convolution takes all tiles of the
 * image, which overlap, to what is multiplied; one batched matrix product goes over the channels; a grouped transposed
 * convolution puts the results side by side.
 * @param inputs x `[N, in, H, W]`, `winogradWeight`'s `[(m+2)², out, in]`, bias `[out]`
 */
export function winogradConv(graph: Graph, inputs: readonly Value[], tile: WinogradTile): Value {
  const [x, weight, bias] = inputs as [Value, Value, Value | undefined];
  const [n, channels, height, width] = x.dims as [number, number, number, number];
  const [count, out] = weight.dims as [number, number];
  const { image, result } = winogradMatrices(tile);
  const tiles: Map2d = { matrix: image, side: tile + 2, pads: 1 };
  const pixels: Map2d = { matrix: transposedMatrix(result), side: tile, pads: 0 };
  const [rows, columns] = [height / tile, width / tile];

  const taken = graph.node("Conv", [x, kernelOf(graph, tiles, channels)], [n, channels * count, rows, columns], {
    attributes: attributesOf(tiles, tile, channels),
  });
  const factors = swapped(graph, taken, [n, channels, count, rows * columns], [count, channels, n * rows * columns]);
  const product = graph.node("MatMul", [weight, factors], [count, out, n * rows * columns]);
  const sums = swapped(graph, product, [count, out, n, rows * columns], [n, out * count, rows, columns]);
  const operands = [sums, kernelOf(graph, pixels, out), ...(bias ? [bias] : [])];
  return graph.node("ConvTranspose", operands, [n, out, height, width], {
    attributes: attributesOf(pixels, tile, out),
  });
}

/** A linear map between squares of pixels and what is multiplied, `[(m+2)², side²]`, for squares m pixels apart. */
interface Map2d {
  readonly matrix: Matrix;
  readonly side: number;
  readonly pads: number;
}

/** The map for each channel alone, as a grouped convolution's weight. */
function kernelOf(graph: Graph, { matrix, side }: Map2d, channels: number): Value {
  const data = new Float32Array(channels * matrix.data.length);
  for (let channel = 0; channel < channels; channel++) data.set(matrix.data, channel * matrix.data.length);
  return graph.constant(data, [channels * matrix.rows, 1, side, side]);
}

const attributesOf = ({ side, pads }: Map2d, tile: number, group: number) => ({
  ...{ kernel_shape: [side, side], strides: [tile, tile], pads: [pads, pads, pads, pads], group },
});

/** Takes an image's rows `[a, b, c, d]` to `[c, b, a, d]`, as `dims` says. Transpose does that, too, but on one core. */
function swapped(graph: Graph, x: Value, [a, b, c, d]: readonly number[], dims: readonly number[]): Value {
  const rows = graph.node("Reshape", [x, graph.ints([a! * b! * c!, d!])], [a! * b! * c!, d!]);
  const order: number[] = [];
  for (let k = 0; k < c!; k++)
    for (let j = 0; j < b!; j++) for (let i = 0; i < a!; i++) order.push((i * b! + j) * c! + k);
  const turned = graph.node("Gather", [rows, graph.ints(order)], rows.dims, { attributes: { axis: 0 } });
  return graph.node("Reshape", [turned, graph.ints(dims)], dims);
}

function transposedMatrix({ rows, columns, data }: Matrix): Matrix {
  const turned = Float32Array.from(
    { length: data.length },
    (_, i) => data[(i % rows) * columns + Math.floor(i / rows)]!,
  );
  return { rows: columns, columns: rows, data: turned };
}
