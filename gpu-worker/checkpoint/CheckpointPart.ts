import { existsSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { z } from "zod";
import { badModel } from "./badModel.ts";
import { findWeightFiles } from "./findWeightFiles.ts";
import { readJson } from "./readJson.ts";
import { readWeightFiles } from "./readWeightFiles.ts";
import { resolveInside } from "./resolveInside.ts";
import type { StoredTensor } from "./StoredTensor.ts";
import { saneNumbers } from "./saneNumbers.ts";

/** Files that say how large something is to be made. */
const configs = new Set(["config.json", "scheduler_config.json"]);
/** CLIP's merges.txt has 0.5 MB. */
const maxTextBytes = 64 * 1024 * 1024;

/** The tensors of a part, wherever they lie. */
export interface PartWeights {
  /** How messages name the file or folder. */
  readonly label: string;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

/** One part of a checkpoint, such as `unet`: here a folder, in single-file checkpoints a share of the file. */
export class CheckpointPart {
  readonly folder: string;
  /** How messages name the folder. */
  readonly label: string;
  readonly name: string;
  readonly #checkpoint: string;

  constructor(checkpoint: string, name: string) {
    this.folder = join(checkpoint, name);
    this.label = this.folder;
    this.#checkpoint = checkpoint;
    this.name = name;
  }

  has(file: string): boolean {
    return existsSync(join(this.folder, file));
  }

  /** A file of the part, absolute, links resolved. @throws EmendError `bad_model` when it is missing or leads elsewhere */
  resolve(file: string): Promise<string> {
    return resolveInside(this.#checkpoint, join(this.name, file), `${this.label}/${file}`);
  }

  /** Reads a JSON file of the part. @throws EmendError `bad_model` */
  async readJson<T extends z.ZodType>(file: string, schema: T): Promise<z.output<T>> {
    const checked = configs.has(file) ? saneNumbers.pipe(schema) : schema;
    return readJson(await this.resolve(file), `${this.label}/${file}`, checked);
  }

  /** Reads a text file of the part. @throws EmendError `bad_model` */
  async readText(file: string): Promise<string> {
    const path = await this.resolve(file);
    const { size } = await stat(path);
    if (size > maxTextBytes) throw badModel(`${this.label}/${file}`, `is larger than ${maxTextBytes} bytes`);
    return readFile(path, "utf8");
  }

  /**
   * Where the part's tensors are.
   * @param stem file name without its ending: "model" (transformers), "diffusion_pytorch_model" (diffusers)
   * @throws EmendError `bad_model`
   */
  async weights(stem: string): Promise<PartWeights> {
    const files = await findWeightFiles(this, stem);
    return { label: files.length === 1 ? files[0]!.label : this.label, tensors: await readWeightFiles(files) };
  }
}
