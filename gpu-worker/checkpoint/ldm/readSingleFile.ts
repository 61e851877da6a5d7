import { readTorchFile } from "../pickle/readTorchFile.ts";
import { trainingGlobals } from "../pickle/trainingGlobals.ts";
import { readTensors } from "../readTensors.ts";
import type { StoredTensor } from "../StoredTensor.ts";

/**
 * All tensors of a single-file checkpoint, by its own names.
 * @param file absolute, links resolved
 * @param label how messages name the file; its ending tells the format
 * @throws EmendError `bad_model`
 */
export async function readSingleFile(file: string, label: string): Promise<Map<string, StoredTensor>> {
  const { tensors } = await (label.endsWith(".safetensors")
    ? readTensors(file, label)
    : readTorchFile(file, label, trainingGlobals));
  return new Map([...tensors].map(([name, tensor]) => [name, { ...tensor, file, label }]));
}
