import { realpath } from "node:fs/promises";
import { parse } from "node:path";
import type { z } from "zod";
import type { Checkpoint } from "../Checkpoint.ts";
import type { CheckpointPart } from "../CheckpointPart.ts";
import { LdmPart } from "./LdmPart.ts";
import { readSingleFile } from "./readSingleFile.ts";
import { schedulerConfig } from "./schedulerConfig.ts";
import { textEncoderConfig } from "./textEncoderConfig.ts";
import { textEncoderTensors } from "./textEncoderTensors.ts";
import { tokenizerOf } from "./tokenizerOf.ts";
import { unetConfig } from "./unetConfig.ts";
import { unetTensors } from "./unetTensors.ts";
import { vaeConfig } from "./vaeConfig.ts";
import { vaeTensors } from "./vaeTensors.ts";

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
    const [unet, vae, text] = [unetTensors(file, all), vaeTensors(file, all), textEncoderTensors(file, all)];
    const textConfig = textEncoderConfig(file, text);
    const parts = [
      new LdmPart(file, "scheduler", new Map(), { "scheduler_config.json": schedulerConfig }),
      new LdmPart(file, "unet", unet, { "config.json": unetConfig(file, unet) }),
      new LdmPart(file, "vae", vae, { "config.json": vaeConfig(file, vae) }),
      new LdmPart(file, "text_encoder", text, { "config.json": textConfig }),
      tokenizerOf(file, textConfig.vocab_size),
    ];
    return new SingleFileCheckpoint(file, new Map(parts.map((part) => [part.name, part])));
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
