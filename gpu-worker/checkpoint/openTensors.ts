import { badModel } from "./badModel.ts";
import type { CheckpointPart } from "./CheckpointPart.ts";
import { findWeightFiles } from "./findWeightFiles.ts";
import { readTensors } from "./readTensors.ts";
import { readBytes, type StoredTensor } from "./StoredTensor.ts";
import { TensorStore } from "./TensorStore.ts";
import { isFloat, toFloat32 } from "./toFloat32.ts";
import { writeFloat32Copy } from "./writeFloat32Copy.ts";

/**
 * Half-precision weights up to this size are converted in memory at every start (0.1 s at most); larger ones once, into a
 * file that can be mapped: converting a Stable Diffusion U-Net takes seconds, and 3.4 GB would not be shared.
 */
const maxBytesInMemory = 128 * 1024 * 1024;

export interface OpenTensorsOptions {
  /** Folder for float32 copies of large half-precision weights; default `$EMEND_HOME/weights`. */
  readonly cacheFolder?: string;
  /** For tests. */
  readonly maxBytesInMemory?: number;
}

/**
 * Opens the weights of a part, one file or shards, as float32: what the networks compute in.
 * @param stem file name without its ending: "model" (transformers), "diffusion_pytorch_model" (diffusers)
 * @throws EmendError `bad_model`
 */
export async function openTensors(
  part: CheckpointPart,
  stem: string,
  options: OpenTensorsOptions = {},
): Promise<TensorStore> {
  const files = await findWeightFiles(part, stem);
  const label = files.length === 1 ? files[0]!.label : part.label;
  const tensors = new Map<string, StoredTensor>();
  for (const { file, label: fileLabel } of files) {
    for (const [name, tensor] of (await readTensors(file, fileLabel)).tensors) {
      if (tensors.has(name)) throw badModel(fileLabel, `tensor "${name}" is also in another shard`);
      tensors.set(name, { ...tensor, file, label: fileLabel });
    }
  }
  const narrow = [...tensors].filter(([, { dtype }]) => isFloat(dtype) && dtype !== "F32");
  const bytes = narrow.reduce((sum, [, { length }]) => sum + length, 0);
  if (bytes <= (options.maxBytesInMemory ?? maxBytesInMemory)) {
    return new TensorStore(label, tensors, await widen(narrow));
  }
  return new TensorStore(label, await writeFloat32Copy(label, tensors, options.cacheFolder));
}

/** The float32 bytes of tensors of half or double precision. */
async function widen(tensors: readonly (readonly [string, StoredTensor])[]): Promise<Map<string, Uint8Array>> {
  const widened = new Map<string, Uint8Array>();
  for (const [name, tensor] of tensors) {
    if (!isFloat(tensor.dtype)) continue;
    const { buffer, byteOffset, byteLength } = toFloat32(await readBytes(tensor), tensor.dtype);
    widened.set(name, new Uint8Array(buffer, byteOffset, byteLength));
  }
  return widened;
}
