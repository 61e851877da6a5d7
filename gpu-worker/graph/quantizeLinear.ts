import { floatsOf } from "./floatsOf.ts";
import type { Graph, Initializer } from "./Graph.ts";
import type { OnnxNode } from "./OnnxNode.ts";
import { sizeOf } from "./shapes.ts";
import { weightFile } from "./weightFile.ts";

export interface QuantizeOptions {
  /** Which weights, by name. */
  readonly wants: (name: string) => boolean;
  /** Where codes are kept; default `$EMEND_HOME/weights`. */
  readonly folder?: string;
}

/**
 * Turns products x · Wᵀ with a constant W `[out, in]` into int8: W once, a scale for each row, x at every run, one scale for
 * all of it (onnxruntime's DynamicQuantizeMatMul). Codes are written into a file on first use and mapped from then on; its
 * name comes from the places, sizes and times of the originals. No gradient goes through it.
 * @throws EmendError `engine_failed` when the codes cannot be written
 */
export async function quantizeLinear(graph: Graph, { wants, folder }: QuantizeOptions): Promise<void> {
  const weights = new Map(
    graph.initializers
      .filter(({ value }) => value.type === "float32" && value.dims.length === 2 && wants(value.name))
      .map((each) => [each.value.name, each]),
  );
  const products = graph.nodes.filter((node) => isProduct(node) && weights.has(node.inputs[1]!));
  const used = [...new Set(products.map(({ inputs }) => inputs[1]!))].map((name) => weights.get(name)!);
  if (used.length === 0) return;
  const file = await writeCodes(used, folder);
  let offset = 0;
  const range = (length: number) => {
    offset += length;
    return { file, offset: offset - length, length };
  };
  const constants = new Map<string, { codes: string; scale: string }>();
  for (const { value } of used) {
    const [out, width] = value.dims as [number, number];
    const codes = graph.initializer(`${value.name} (int8)`, [width, out], range(width * out), "int8");
    const scale = graph.initializer(`${value.name} (scale)`, [out], range(4 * out));
    constants.set(value.name, { codes: codes.name, scale: scale.name });
  }
  for (const node of products) {
    const { codes, scale } = constants.get(node.inputs[1]!)!;
    const [x, , bias] = node.inputs as [string, string, string | undefined];
    const quantized: OnnxNode = {
      ...{
        opType: "DynamicQuantizeMatMul",
        domain: "com.microsoft",
        outputs: node.outputs,
        type: "float32",
        dims: node.dims,
        attributes: {},
      },
      inputs: bias ? [x, codes, scale, "", bias] : [x, codes, scale],
    };
    graph.nodes[graph.nodes.indexOf(node)] = quantized;
  }
  graph.dropUnused();
}

/** What `linear` emits. */
const isProduct = ({ opType, attributes }: OnnxNode): boolean =>
  (opType === "Gemm" || opType === "FusedMatMul") && attributes.transB === 1 && attributes.transA === 0;

/** Codes `[in, out]` and scales `[out]` of each weight, one after the other. @returns where, links resolved */
function writeCodes(weights: readonly Initializer[], folder: string | undefined): Promise<string> {
  const size = weights.reduce((sum, { value }) => sum + sizeOf(value.dims) + 4 * value.dims[0]!, 0);
  return weightFile({ weights, layout: "int8", size, folder }, async (handle) => {
    for (const weight of weights) {
      const { codes, scale } = quantize(await floatsOf(weight), weight.value.dims[0]!);
      await handle.writeFile(codes);
      await handle.writeFile(new Uint8Array(scale.buffer));
    }
  });
}

/** weights `[rows, width]` ≈ codes `[width, rows]`, transposed, times the scale of each row. */
function quantize(weights: Float32Array, rows: number): { codes: Int8Array; scale: Float32Array } {
  const width = weights.length / rows;
  const codes = new Int8Array(weights.length);
  const scale = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const own = weights.subarray(row * width, (row + 1) * width);
    let most = 0;
    for (const weight of own) most = Math.max(most, Math.abs(weight));
    scale[row] = most / 127 || 1;
    for (let i = 0; i < width; i++) codes[i * rows + row] = Math.round(own[i]! / scale[row]!);
  }
  return { codes, scale };
}
