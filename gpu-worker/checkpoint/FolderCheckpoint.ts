import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import type { z } from "zod";
import type { Checkpoint } from "./Checkpoint.ts";
import { CheckpointPart } from "./CheckpointPart.ts";

/** A checkpoint as diffusers saves it: a folder with a folder for each part. */
export class FolderCheckpoint implements Checkpoint {
  readonly name: string;
  readonly #root: string;

  /** @param root absolute */
  constructor(root: string) {
    this.name = basename(root);
    this.#root = root;
  }

  readIndex<T extends z.ZodType>(schema: T): Promise<z.output<T>> {
    return this.part("").readJson("model_index.json", schema);
  }

  has(part: string): boolean {
    return existsSync(join(this.#root, part));
  }

  part(name: string): CheckpointPart {
    return new CheckpointPart(this.#root, name);
  }
}
