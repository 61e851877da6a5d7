import { existsSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { dirname, join, parse } from "node:path";
import { fileURLToPath } from "node:url";
import type { z } from "zod";
import type { Checkpoint } from "../Checkpoint.ts";
import { CheckpointPart } from "../CheckpointPart.ts";
import type { StoredTensor } from "../StoredTensor.ts";
import { LdmPart } from "./LdmPart.ts";
import { readSingleFile } from "./readSingleFile.ts";
import { schedulerConfig } from "./schedulerConfig.ts";
import { textEncoderConfig } from "./textEncoderConfig.ts";
import { textEncoderTensors } from "./textEncoderTensors.ts";
import { unetConfig } from "./unetConfig.ts";
import { unetTensors } from "./unetTensors.ts";
import { vaeConfig } from "./vaeConfig.ts";
import { vaeTensors } from "./vaeTensors.ts";

/** CLIP's vocabulary, which no single file holds and all of them were trained with. */
const bundledClip = fileURLToPath(new URL("../../../models/clip", import.meta.url));

/**
 * A checkpoint in one file, as the original Stable Diffusion and InstructPix2Pix programs save it: all networks under
 * their own names for the layers, and no configuration. The parts look as if diffusers had saved them: names are mapped
 * as its converter does, configurations follow from the shapes; the bytes stay where they are.
 */
export class SingleFileCheckpoint implements Checkpoint {
  readonly name: string;
  readonly #file: string;
  readonly #parts: ReadonlyMap<string, CheckpointPart>;

  private constructor(file: string, parts: ReadonlyMap<string, CheckpointPart>) {
    this.name = parse(file).name;
    this.#file = file;
    this.#parts = parts;
  }

  /** @param file absolute. @throws EmendError `bad_model` */
  static async open(file: string): Promise<SingleFileCheckpoint> {
    const all = await readSingleFile(await realpath(file), file);
    const part = (
      name: string,
      tensors: ReadonlyMap<string, StoredTensor>,
      configs: Readonly<Record<string, unknown>>,
    ) => [name, new LdmPart(file, name, tensors, configs)] as const;
    const [unet, vae, text] = [unetTensors(file, all), vaeTensors(file, all), textEncoderTensors(file, all)];
    const tokenizers = existsSync(join(dirname(file), "tokenizer")) ? dirname(file) : bundledClip;
    return new SingleFileCheckpoint(
      file,
      new Map<string, CheckpointPart>([
        part("scheduler", new Map(), { "scheduler_config.json": schedulerConfig }),
        part("unet", unet, { "config.json": unetConfig(file, unet) }),
        part("vae", vae, { "config.json": vaeConfig(file, vae) }),
        part("text_encoder", text, { "config.json": textEncoderConfig(file, text) }),
        ["tokenizer", new CheckpointPart(tokenizers, "tokenizer")],
      ]),
    );
  }

  async readIndex<T extends z.ZodType>(schema: T): Promise<z.output<T>> {
    return schema.parse({ _class_name: "StableDiffusionInstructPix2PixPipeline" });
  }

  has(part: string): boolean {
    return this.#parts.has(part);
  }

  part(name: string): CheckpointPart {
    return this.#parts.get(name) ?? new LdmPart(this.#file, name);
  }
}
