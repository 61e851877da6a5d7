import { z } from "zod";
import { badModel } from "./badModel.ts";
import type { CheckpointPart } from "./CheckpointPart.ts";

export interface WeightFile {
  /** Absolute, links resolved. */
  readonly file: string;
  /** How messages name it. */
  readonly label: string;
  /** What `torch.save` wrote, rather than safetensors. */
  readonly isPickle: boolean;
}

const maxShards = 1000;
/** A shard is a plain file name in the same folder: no separators, no "..", no drive. */
const shardName = (ending: string) =>
  z.string().regex(new RegExp(`^[\\w-][\\w.-]*\\.${ending}$`), `is not a plain .${ending} file name`);
const indexSchema = (ending: string) => z.object({ weight_map: z.record(z.string(), shardName(ending)) });

/**
 * The weight files of a part: one file, or the shards that an index lists. Safetensors before pickles (.bin), and the
 * full-precision ones before the "fp16" variant.
 * @throws EmendError `bad_model`
 */
export async function findWeightFiles(part: CheckpointPart, stem: string): Promise<WeightFile[]> {
  // transformers' pickles are called pytorch_model.bin, its safetensors model.safetensors.
  const kinds = [
    [stem, "safetensors"],
    [stem === "model" ? "pytorch_model" : stem, "bin"],
  ] as const;
  for (const [name, ending] of kinds) {
    for (const variant of ["", ".fp16"]) {
      const single = `${name}${variant}.${ending}`;
      if (part.has(single)) return [await resolve(part, single)];
      const indexes = [`${name}.${ending}.index${variant}.json`, `${name}${variant}.${ending}.index.json`];
      const index = indexes.find((file) => part.has(file));
      if (index) return resolveShards(part, index, ending);
    }
  }
  throw badModel(`${part.label}/${stem}.safetensors`, "is missing from the checkpoint folder");
}

async function resolveShards(part: CheckpointPart, index: string, ending: string): Promise<WeightFile[]> {
  const { weight_map } = await part.readJson(index, indexSchema(ending));
  const shards = [...new Set(Object.values(weight_map))].sort();
  if (shards.length === 0 || shards.length > maxShards) {
    throw badModel(`${part.label}/${index}`, `lists ${shards.length} files; 1 … ${maxShards} are possible`);
  }
  return Promise.all(shards.map((shard) => resolve(part, shard)));
}

const resolve = async (part: CheckpointPart, name: string): Promise<WeightFile> => ({
  file: await part.resolve(name),
  label: `${part.label}/${name}`,
  isPickle: name.endsWith(".bin"),
});
