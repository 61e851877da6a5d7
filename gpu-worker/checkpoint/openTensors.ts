import type { CheckpointPart } from "./CheckpointPart.ts";
import { readBytes, type StoredTensor } from "./StoredTensor.ts";
import { TensorStore } from "./TensorStore.ts";
import { isFloat, toFloat32 } from "./toFloat32.ts";
import { writeFloat32Copy } from "./writeFloat32Copy.ts";

/**
 * Half-precision (and disordered) weights up to this size are converted in memory at every start (0.1 s at most); larger ones once, into a
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
  const { label, tensors } = await part.weights(stem);
  const narrow = [...tensors].filter(([, { dtype, strides }]) => isFloat(dtype) && (dtype !== "F32" || strides));
  const bytes = narrow.reduce((sum, [, { length }]) => sum + length, 0);
  if (bytes <= (options.maxBytesInMemory ?? maxBytesInMemory)) {
    return new TensorStore(label, tensors, await widen(narrow));
  }
  return new TensorStore(label, await writeFloat32Copy(label, tensors, options.cacheFolder));
}

/** The float32 bytes of tensors that have another precision, or whose elements do not lie in order. */
async function widen(tensors: readonly (readonly [string, StoredTensor])[]): Promise<Map<string, Uint8Array>> {
  const widened = new Map<string, Uint8Array>();
  for (const [name, tensor] of tensors) {
    if (!isFloat(tensor.dtype)) continue;
    const { buffer, byteOffset, byteLength } = toFloat32(await readBytes(tensor), tensor.dtype);
    widened.set(name, new Uint8Array(buffer, byteOffset, byteLength));
  }
  return widened;
}
