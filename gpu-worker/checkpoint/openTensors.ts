import type { CheckpointPart } from "./CheckpointPart.ts";
import { convertFloats, type NetworkDtype } from "./convertFloats.ts";
import { readBytes, type StoredTensor } from "./StoredTensor.ts";
import { TensorStore } from "./TensorStore.ts";
import { isFloat } from "./toFloat32.ts";
import { writeWeightCopy } from "./writeWeightCopy.ts";

/**
 * Weights of another element type (and disordered ones) up to this size are converted in memory at every start (0.1 s at most); larger ones once, into a
 * file that can be mapped: converting a Stable Diffusion U-Net takes seconds, and 3.4 GB would not be shared.
 */
const maxBytesInMemory = 128 * 1024 * 1024;

export interface OpenTensorsOptions {
  /** Folder for copies of large weights in another element type; default `$EMEND_HOME/weights`. */
  readonly cacheFolder?: string;
  /** What the networks compute in; default F32. */
  readonly dtype?: NetworkDtype;
  /** For tests. */
  readonly maxBytesInMemory?: number;
}

/**
 * Opens the weights of a part, one file or shards, in the element type that the networks compute in.
 * @param stem file name without its ending: "model" (transformers), "diffusion_pytorch_model" (diffusers)
 * @throws EmendError `bad_model`
 */
export async function openTensors(
  part: CheckpointPart,
  stem: string,
  options: OpenTensorsOptions = {},
): Promise<TensorStore> {
  const { label, tensors } = await part.weights(stem);
  const wanted = options.dtype ?? "F32";
  const others = [...tensors].filter(([, { dtype, strides }]) => isFloat(dtype) && (dtype !== wanted || strides));
  const bytes = others.reduce((sum, [, { length }]) => sum + length, 0);
  if (bytes <= (options.maxBytesInMemory ?? maxBytesInMemory)) {
    return new TensorStore(label, tensors, await convert(others, wanted), wanted);
  }
  return new TensorStore(label, await writeWeightCopy(label, tensors, wanted, options.cacheFolder), new Map(), wanted);
}

/** The bytes of tensors in another float type, or whose elements do not lie in order. */
async function convert(
  tensors: readonly (readonly [string, StoredTensor])[],
  wanted: NetworkDtype,
): Promise<Map<string, Uint8Array>> {
  const converted = new Map<string, Uint8Array>();
  for (const [name, tensor] of tensors) {
    if (isFloat(tensor.dtype)) converted.set(name, convertFloats(await readBytes(tensor), tensor.dtype, wanted));
  }
  return converted;
}
