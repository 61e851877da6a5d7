import type { z } from "zod";
import { badModel } from "../badModel.ts";
import { CheckpointPart, type PartWeights } from "../CheckpointPart.ts";
import { parseConfig } from "../parseConfig.ts";
import type { StoredTensor } from "../StoredTensor.ts";
import { saneNumbers } from "../saneNumbers.ts";

/** A part of a single-file checkpoint: tensors in that file under diffusers' names, and the configs that go with them. */
export class LdmPart extends CheckpointPart {
  readonly #file: string;
  readonly #tensors: ReadonlyMap<string, StoredTensor>;
  readonly #configs: Readonly<Record<string, unknown>>;

  /** @param configs parsed JSON by file name */
  constructor(
    file: string,
    name: string,
    tensors: ReadonlyMap<string, StoredTensor> = new Map(),
    configs: Readonly<Record<string, unknown>> = {},
  ) {
    super(file, name); // as if the file were a folder: messages say FILE/unet/config.json
    this.#file = file;
    this.#tensors = tensors;
    this.#configs = configs;
  }

  override has(file: string): boolean {
    return Object.hasOwn(this.#configs, file);
  }

  override async readJson<T extends z.ZodType>(file: string, schema: T): Promise<z.output<T>> {
    if (!this.has(file)) throw badModel(this.#file, `has no ${file}: single files hold networks only`);
    // Shapes of tensors without elements can be as absurd as a config's numbers.
    return parseConfig(`${this.label}/${file}`, this.#configs[file], saneNumbers.pipe(schema));
  }

  override async weights(): Promise<PartWeights> {
    return { label: this.#file, tensors: this.#tensors };
  }
}
