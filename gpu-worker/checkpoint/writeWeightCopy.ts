import { createHash } from "node:crypto";
import { derivedFile } from "../derived/derivedFile.ts";
import { convertFloats, type NetworkDtype } from "./convertFloats.ts";
import { readTensors } from "./readTensors.ts";
import { readBytes, type StoredTensor } from "./StoredTensor.ts";
import { dtypeBytes } from "./TensorInfo.ts";
import { type FloatDtype, isFloat } from "./toFloat32.ts";

/**
 * The same tensors in one safetensors file of one float type that can be mapped (`derivedFile`).
 * @param label how messages name the weights
 * @throws EmendError `engine_failed` when the copy cannot be written
 */
export async function writeWeightCopy(
  label: string,
  tensors: ReadonlyMap<string, StoredTensor>,
  dtype: NetworkDtype,
  folder?: string,
): Promise<Map<string, StoredTensor>> {
  const floats = [...tensors].filter(([, tensor]) => isFloat(tensor.dtype));
  const { prefix, size } = headerOf(floats, dtype);
  const copy = {
    sources: floats.map(([, { file }]) => file),
    name: `${nameOf(floats)}${dtype === "F16" ? "-f16" : ""}.safetensors`,
    label: `the ${dtype === "F16" ? "float16" : "float32"} copy of ${label}`,
    ...{ size, folder },
  };
  const file = await derivedFile(copy, async (handle) => {
    await handle.writeFile(prefix);
    for (const [, tensor] of floats) {
      await handle.writeFile(convertFloats(await readBytes(tensor), tensor.dtype as FloatDtype, dtype));
    }
  });
  const copies = (await readTensors(file, file)).tensors;
  return new Map([...copies].map(([name, tensor]) => [name, { ...tensor, file, label: file }]));
}

/** Of which tensors, and in what order: several parts may lie in one file. */
const nameOf = (tensors: readonly (readonly [string, StoredTensor])[]): string =>
  createHash("sha256")
    .update(JSON.stringify(tensors.map(([name, { file, offset, dims }]) => [name, file, offset, dims])))
    .digest("hex")
    .slice(0, 32);

/** What stands before the tensors' bytes, and the size of the whole file. */
function headerOf(tensors: readonly (readonly [string, StoredTensor])[], dtype: NetworkDtype) {
  const header: Record<string, unknown> = { __metadata__: { format: "pt" } };
  let end = 0;
  for (const [name, { dims }] of tensors) {
    const begin = end;
    end += dims.reduce((product, dim) => product * dim, dtypeBytes[dtype]);
    header[name] = { dtype, shape: dims, data_offsets: [begin, end] };
  }
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  const prefix = Buffer.concat([length, text]);
  return { prefix, size: prefix.length + end };
}
