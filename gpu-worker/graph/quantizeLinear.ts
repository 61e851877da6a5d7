import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, realpath, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { EmendError } from "../../src/errors/EmendError.ts";
import type { Graph, Initializer } from "./Graph.ts";
import { isFileRange } from "./Initializer.ts";
import type { OnnxNode } from "./OnnxNode.ts";
import { readRange } from "./readRange.ts";
import { sizeOf } from "./shapes.ts";

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
export async function quantizeLinear(
  graph: Graph,
  { wants, folder = defaultFolder() }: QuantizeOptions,
): Promise<void> {
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
      ...{ opType: "DynamicQuantizeMatMul", domain: "com.microsoft", outputs: node.outputs, attributes: {} },
      inputs: bias ? [x, codes, scale, "", bias] : [x, codes, scale],
    };
    graph.nodes[graph.nodes.indexOf(node)] = quantized;
  }
  const left = new Set(graph.nodes.flatMap(({ inputs }) => inputs));
  const kept = graph.initializers.filter(({ value }) => left.has(value.name));
  graph.initializers.splice(0, graph.initializers.length, ...kept);
}

const defaultFolder = () => join(process.env.EMEND_HOME || "data", "weights");

/** What `linear` emits. */
const isProduct = ({ opType, attributes }: OnnxNode): boolean =>
  (opType === "Gemm" || opType === "FusedMatMul") && attributes.transB === 1 && attributes.transA === 0;

/** Codes `[in, out]` and scales `[out]` of each weight, one after the other. @returns where, links resolved */
async function writeCodes(weights: readonly Initializer[], folder: string): Promise<string> {
  const file = join(folder, `${await fingerprint(weights)}.int8`);
  const size = weights.reduce((sum, { value }) => sum + sizeOf(value.dims) + 4 * value.dims[0]!, 0);
  if ((await stat(file).catch(() => undefined))?.size === size) return realpath(file);
  const part = `${file}.${randomUUID()}.part`;
  try {
    await mkdir(folder, { recursive: true });
    const handle = await open(part, "wx");
    try {
      for (const weight of weights) {
        const { codes, scale } = quantize(await floatsOf(weight), weight.value.dims[0]!);
        await handle.writeFile(codes);
        await handle.writeFile(new Uint8Array(scale.buffer));
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    const message = `cannot write int8 weights to ${folder} (${reason}); free space there or set EMEND_HOME`;
    throw new EmendError("engine_failed", message, { cause: error });
  }
  return realpath(file);
}

async function fingerprint(weights: readonly Initializer[]): Promise<string> {
  const hash = createHash("sha256");
  const times = new Map<string, number[]>();
  for (const { value, source } of weights) {
    hash.update(JSON.stringify([value.name, value.dims]));
    if (!isFileRange(source)) {
      hash.update(source);
      continue;
    }
    if (!times.has(source.file)) {
      const { size, mtimeMs } = await stat(source.file);
      times.set(source.file, [size, mtimeMs]);
    }
    hash.update(JSON.stringify([source, times.get(source.file)]));
  }
  return hash.digest("hex").slice(0, 32);
}

async function floatsOf({ source }: Initializer): Promise<Float32Array> {
  const bytes = isFileRange(source) ? await readRange(source) : source;
  // A copy where the bytes do not stand at a multiple of four.
  const whole = bytes.byteOffset % 4 === 0 ? bytes : Uint8Array.from(bytes);
  return new Float32Array(whole.buffer, whole.byteOffset, whole.byteLength / 4);
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
