import { open } from "node:fs/promises";
import { badModel } from "./badModel.ts";
import { headerLength, parseHeader } from "./safetensors.ts";
import type { TensorInfo } from "./TensorInfo.ts";

export interface SafetensorsFile {
  /** The header as it stands in the file: names, types, shapes and places of all tensors. */
  readonly header: Uint8Array;
  readonly tensors: ReadonlyMap<string, TensorInfo>;
  /** In bytes. */
  readonly size: number;
}

/**
 * Reads the list of tensors of a safetensors file; the tensors themselves are not read.
 * @param label how messages name the file
 * @throws EmendError `bad_model` when the file cannot be read or is malformed
 */
export async function readTensors(file: string, label: string): Promise<SafetensorsFile> {
  let handle: Awaited<ReturnType<typeof open>>;
  try {
    handle = await open(file, "r");
  } catch (error) {
    throw badModel(
      label,
      `cannot be opened (${(error as NodeJS.ErrnoException).code}); check the checkpoint folder`,
      error,
    );
  }
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw badModel(label, "is not a file");
    const prefix = await readAt(handle, 0, 8);
    const length = headerLength(label, prefix, stat.size);
    const header = await readAt(handle, 8, length);
    if (header.length !== length) throw badModel(label, "is cut short in its header; download it again");
    return { header, tensors: parseHeader(label, header, stat.size), size: stat.size };
  } finally {
    await handle.close();
  }
}

async function readAt(handle: Awaited<ReturnType<typeof open>>, position: number, length: number): Promise<Uint8Array> {
  const { bytesRead, buffer } = await handle.read(new Uint8Array(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
