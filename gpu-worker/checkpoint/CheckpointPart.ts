import { join } from "node:path";
import type { z } from "zod";
import { readJson } from "./readJson.ts";

/** One folder of a checkpoint, such as `unet`. */
export class CheckpointPart {
  readonly folder: string;
  /** How messages name the folder. */
  readonly label: string;

  constructor(checkpoint: string, name: string) {
    this.folder = join(checkpoint, name);
    this.label = this.folder;
  }

  /** Reads a JSON file of the part. @throws EmendError `bad_model` */
  readJson<T extends z.ZodType>(name: string, schema: T): Promise<z.output<T>> {
    return readJson(join(this.folder, name), `${this.label}/${name}`, schema);
  }
}
