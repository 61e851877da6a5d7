import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, open, realpath, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { EmendError } from "../../src/errors/EmendError.ts";
import { convertFloats, type NetworkDtype } from "./convertFloats.ts";
import { readTensors } from "./readTensors.ts";
import { readBytes, type StoredTensor } from "./StoredTensor.ts";
import { dtypeBytes } from "./TensorInfo.ts";
import { type FloatDtype, isFloat } from "./toFloat32.ts";

/**
 * The same tensors in one safetensors file of one float type that can be mapped, written on first use. The file's name comes from
 * the places, sizes and times of the originals, so that a changed checkpoint gets a new copy; old ones may be deleted at
 * any time.
 * @param label how messages name the weights
 * @throws EmendError `engine_failed` when the copy cannot be written
 */
export async function writeWeightCopy(
  label: string,
  tensors: ReadonlyMap<string, StoredTensor>,
  dtype: NetworkDtype,
  folder = join(process.env.EMEND_HOME || "data", "weights"),
): Promise<Map<string, StoredTensor>> {
  const floats = [...tensors].filter(([, tensor]) => isFloat(tensor.dtype));
  const file = join(folder, `${await fingerprint(floats)}${dtype === "F16" ? "-f16" : ""}.safetensors`);
  if (!existsSync(file)) {
    const part = `${file}.${randomUUID()}.part`;
    try {
      await mkdir(folder, { recursive: true });
      await write(part, floats, dtype);
      await rename(part, file);
    } catch (error) {
      await rm(part, { force: true }).catch(() => undefined);
      if (error instanceof EmendError) throw error;
      const reason = (error as NodeJS.ErrnoException).code ?? String(error);
      const message = `cannot write the ${dtype === "F16" ? "float16" : "float32"} copy of ${label} to ${folder} (${reason}); free space there or set EMEND_HOME`;
      throw new EmendError("engine_failed", message, { cause: error });
    }
  }
  const resolved = await realpath(file);
  const copies = (await readTensors(resolved, file)).tensors;
  return new Map([...copies].map(([name, tensor]) => [name, { ...tensor, file: resolved, label: file }]));
}

async function fingerprint(tensors: readonly (readonly [string, StoredTensor])[]): Promise<string> {
  const hash = createHash("sha256");
  // Several parts may lie in one file.
  hash.update(JSON.stringify(tensors.map(([name, { offset, dims }]) => [name, offset, dims])));
  for (const file of new Set(tensors.map(([, tensor]) => tensor.file))) {
    const { size, mtimeMs } = await stat(file);
    hash.update(JSON.stringify([file, size, mtimeMs]));
  }
  return hash.digest("hex").slice(0, 32);
}

async function write(
  file: string,
  tensors: readonly (readonly [string, StoredTensor])[],
  dtype: NetworkDtype,
): Promise<void> {
  const header: Record<string, unknown> = { __metadata__: { format: "pt" } };
  let end = 0;
  for (const [name, { dims }] of tensors) {
    const begin = end;
    end += dims.reduce((product, dim) => product * dim, dtypeBytes[dtype]);
    header[name] = { dtype, shape: dims, data_offsets: [begin, end] };
  }
  const text = Buffer.from(JSON.stringify(header));
  const prefix = Buffer.alloc(8);
  prefix.writeBigUInt64LE(BigInt(text.length));
  const handle = await open(file, "wx");
  try {
    await handle.writeFile(Buffer.concat([prefix, text]));
    for (const [, tensor] of tensors) {
      await handle.writeFile(convertFloats(await readBytes(tensor), tensor.dtype as FloatDtype, dtype));
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}
