import { existsSync } from "node:fs";
import { readdir, realpath } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { readJson } from "../readJson.ts";
import { readTensors } from "../readTensors.ts";
import { ldmChannels } from "./ldmChannels.ts";
import { type Recognised, recognise } from "./recognise.ts";

export interface RecognisedFolder extends Recognised {
  /** The checkpoint in one file; absent for a folder of parts. */
  readonly file?: string;
}

/**
 * What model a folder holds.
 * @returns why it is no editing model, as the end of "… is no editing model: "
 * @throws EmendError `bad_model` when a configuration or a header cannot be read
 */
export async function recogniseFolder(folder: string): Promise<RecognisedFolder | string> {
  const read = (name: string) => readJson(join(folder, name), `${folder}/${name}`, z.unknown());
  if (existsSync(join(folder, "unet", "config.json"))) {
    const index = existsSync(join(folder, "model_index.json")) ? await read("model_index.json") : undefined;
    return recognise(await read("unet/config.json"), index);
  }
  const files = (await readdir(folder)).filter((name) => /\.(safetensors|ckpt)$/.test(name));
  if (files.length !== 1) return "it has neither unet/config.json nor one checkpoint file";
  return recogniseFile(join(folder, files[0]!));
}

/**
 * What model a single file holds. A .ckpt is not looked into here: it is an archive of pickles.
 * @throws EmendError `bad_model`
 */
export async function recogniseFile(file: string): Promise<RecognisedFolder | string> {
  const family = "InstructPix2Pix";
  if (file.endsWith(".ckpt")) return { family, inChannels: 8, file };
  const inChannels = ldmChannels((await readTensors(await realpath(file), file)).tensors);
  if (inChannels === undefined) return "it holds no U-Net";
  if (inChannels !== 8) return `its U-Net takes ${inChannels} channels, one that edits takes 8`;
  return { family, inChannels, file };
}
