import { existsSync } from "node:fs";
import { readdir, realpath } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { badModel } from "./badModel.ts";
import type { CheckpointPart } from "./CheckpointPart.ts";
import { readJson } from "./readJson.ts";

export interface WeightFile {
  /** Absolute, links resolved. */
  readonly file: string;
  /** How messages name it. */
  readonly label: string;
}

const maxShards = 1000;
/** A shard is a plain file name in the same folder: no separators, no "..", no drive. */
const shardName = z.string().regex(/^[\w-][\w.-]*\.safetensors$/, "is not a plain .safetensors file name");
const indexSchema = z.object({ weight_map: z.record(z.string(), shardName) });

/**
 * The safetensors files of a part: one file, or the shards that an index lists; the full-precision ones if there are
 * both, else the "fp16" variant.
 * @throws EmendError `bad_model`
 */
export async function findWeightFiles(part: CheckpointPart, stem: string): Promise<WeightFile[]> {
  for (const variant of ["", ".fp16"]) {
    const single = `${stem}${variant}.safetensors`;
    if (existsSync(join(part.folder, single))) return [await resolve(part, single)];
    const indexes = [`${stem}.safetensors.index${variant}.json`, `${stem}${variant}.safetensors.index.json`];
    const index = indexes.find((name) => existsSync(join(part.folder, name)));
    if (index) return resolveShards(part, index);
  }
  const names = await readdir(part.folder).catch(() => []);
  const pickle = names.find((name) => name.startsWith(stem) && name.endsWith(".bin"));
  throw badModel(
    `${part.label}/${stem}.safetensors`,
    pickle
      ? `is missing; ${pickle} is a pickle, which is not read: save the model again as safetensors`
      : "is missing from the checkpoint folder",
  );
}

async function resolveShards(part: CheckpointPart, index: string): Promise<WeightFile[]> {
  const { weight_map } = await readJson(join(part.folder, index), `${part.label}/${index}`, indexSchema);
  const shards = [...new Set(Object.values(weight_map))].sort();
  if (shards.length === 0 || shards.length > maxShards) {
    throw badModel(`${part.label}/${index}`, `lists ${shards.length} files; 1 … ${maxShards} are possible`);
  }
  return Promise.all(shards.map((shard) => resolve(part, shard)));
}

async function resolve(part: CheckpointPart, name: string): Promise<WeightFile> {
  const label = `${part.label}/${name}`;
  try {
    return { file: await realpath(join(part.folder, name)), label };
  } catch (error) {
    throw badModel(label, "is missing from the checkpoint folder", error);
  }
}
