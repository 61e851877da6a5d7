import { mkdir, open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sizeOf } from "../../gpu-worker/graph/shapes.ts";

/**
 * Writes one part of a checkpoint, `config.json` and float32 weights, as diffusers and transformers lay it out. The
 * weights are as large as a fresh network's, and the same at every call.
 * @param file the weights' name without ".safetensors"
 */
export async function writeRandomPart(
  folder: string,
  config: Readonly<Record<string, unknown>>,
  file: string,
  shapes: ReadonlyMap<string, readonly number[]>,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "config.json"), `${JSON.stringify(config, null, 2)}\n`);
  const header: Record<string, unknown> = { __metadata__: { format: "pt" } };
  let end = 0;
  for (const [name, shape] of shapes) {
    const begin = end;
    end += 4 * sizeOf(shape);
    header[name] = { dtype: "F32", shape, data_offsets: [begin, end] };
  }
  const text = Buffer.from(JSON.stringify(header));
  const prefix = Buffer.alloc(8);
  prefix.writeBigUInt64LE(BigInt(text.length));
  const handle = await open(join(folder, `${file}.safetensors`), "w");
  try {
    await handle.write(Buffer.concat([prefix, text]));
    for (const [name, shape] of shapes) await handle.writeFile(Buffer.from(randomWeights(name, shape).buffer));
  } finally {
    await handle.close();
  }
}

/** More numbers than a page of memory holds, and a prime, so that no two pages of a file are alike. */
const tableSize = 1_000_003;
let table: Float32Array | undefined;

/**
 * Uniform numbers from one table: cheap, and no run of zeros that a kernel could profit from. Every weight begins at
 * another place, since runtimes keep equal weights only once, and then seem to need less memory than they do.
 */
function randomWeights(name: string, shape: readonly number[]): Float32Array {
  table ??= randomTable();
  let start = 0;
  for (const letter of name) start = (start * 31 + letter.charCodeAt(0)) % tableSize;
  const isNormScale = shape.length === 1 && name.endsWith("weight");
  const scale = shape.length === 1 ? 0.02 : Math.sqrt(1 / sizeOf(shape.slice(1)));
  const weights = new Float32Array(sizeOf(shape));
  for (let i = 0, at = start; i < weights.length; i++) {
    weights[i] = table[at]! * scale + (isNormScale ? 1 : 0);
    if (++at === tableSize) at = 0;
  }
  return weights;
}

/** Uniform in −1 … 1. */
function randomTable(): Float32Array {
  let state = 1;
  return Float32Array.from({ length: tableSize }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}
