import type { FileHandle } from "node:fs/promises";
import { badModel } from "./badModel.ts";
import { openFile } from "./openFile.ts";
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
  const { handle, size } = await openFile(file, label);
  try {
    const prefix = await readAt(handle, 0, 8);
    const length = headerLength(label, prefix, size);
    const header = await readAt(handle, 8, length);
    if (header.length !== length) throw badModel(label, "is cut short in its header; download it again");
    return { header, tensors: parseHeader(label, header, size), size };
  } finally {
    await handle.close();
  }
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const { bytesRead, buffer } = await handle.read(new Uint8Array(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
