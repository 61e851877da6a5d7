import { badModel } from "./badModel.ts";
import type { WeightFile } from "./findWeightFiles.ts";
import { readTorchFile } from "./pickle/readTorchFile.ts";
import { readTensors } from "./readTensors.ts";
import type { StoredTensor } from "./StoredTensor.ts";
import { shorten } from "./shorten.ts";

/** The tensors of one file, or of all shards, by name. @throws EmendError `bad_model` */
export async function readWeightFiles(files: readonly WeightFile[]): Promise<Map<string, StoredTensor>> {
  const tensors = new Map<string, StoredTensor>();
  for (const { file, label, isPickle } of files) {
    const found = await (isPickle ? readTorchFile(file, label) : readTensors(file, label));
    for (const [name, tensor] of found.tensors) {
      if (tensors.has(name)) throw badModel(label, `tensor "${shorten(name)}" is also in another shard`);
      tensors.set(name, { ...tensor, file, label });
    }
  }
  return tensors;
}
