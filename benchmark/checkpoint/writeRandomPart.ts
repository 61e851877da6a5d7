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

let noise: Float32Array | undefined;

/** Uniform numbers from one short table: cheap, and no run of zeros that a kernel could profit from. */
function randomWeights(name: string, shape: readonly number[]): Float32Array {
  let state = 1;
  noise ??= Float32Array.from({ length: 65_521 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  });
  const isNormScale = shape.length === 1 && name.endsWith("weight");
  const scale = shape.length === 1 ? 0.02 : Math.sqrt(1 / sizeOf(shape.slice(1)));
  const weights = new Float32Array(sizeOf(shape));
  for (let i = 0; i < weights.length; i++) weights[i] = noise[i % noise.length]! * scale + (isNormScale ? 1 : 0);
  return weights;
}
