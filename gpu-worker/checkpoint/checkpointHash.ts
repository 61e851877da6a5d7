import { createHash, type Hash } from "node:crypto";
import { open, readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { readTorchFile } from "./pickle/readTorchFile.ts";
import { trainingGlobals } from "./pickle/trainingGlobals.ts";
import { readTensors } from "./readTensors.ts";

/** Parts of a checkpoint that are read; anything else in the folder (previews, original .ckpt files) does not count. */
const parts = ["scheduler", "unet", "vae", "text_encoder", "tokenizer", "image_codec", "edit_head", "tasks"];
/** Not the optimizer.bin and the like that trainings leave beside them. */
const pickles = /^(diffusion_)?pytorch_model[\w.-]*\.bin$/;
const samples = 64;
const sampleBytes = 1024;

/**
 * Identifies a checkpoint without reading gigabytes: SHA-256 (hex) over the names and contents of its configuration and
 * vocabulary files (.json, .txt), and over names, sizes, headers and 64 evenly spread samples of 1 KiB of its weights
 * (.safetensors, in parts without one .bin; or the single file). Two trainings of one architecture differ in every
 * sample. Takes milliseconds; it is no protection against someone who changes weights between the samples on purpose.
 * @param path a checkpoint folder or file
 * @throws EmendError `bad_model`
 */
export async function checkpointHash(path: string): Promise<string> {
  const hash = createHash("sha256");
  const isFile = (await stat(path).catch(() => undefined))?.isFile();
  if (isFile) {
    await addWeights(hash, basename(path), path);
    await addPart(hash, dirname(path), "tokenizer");
  } else {
    for (const part of ["", ...parts]) await addPart(hash, path, part);
  }
  return hash.digest("hex");
}

async function addPart(hash: Hash, folder: string, part: string): Promise<void> {
  const names = await readdir(join(folder, part)).catch(() => []);
  const weights = names.some((name) => name.endsWith(".safetensors")) ? /\.safetensors$/ : pickles;
  for (const name of names.sort()) {
    if (part === "" && name !== "model_index.json") continue;
    const file = join(folder, part, name);
    if (/\.(json|txt)$/.test(name)) addContent(hash, `${part}/${name}`, await readFile(file));
    else if (weights.test(name)) await addWeights(hash, `${part}/${name}`, file);
  }
}

/** Name and length go before the bytes, so that no two folders give the same stream. */
function addContent(hash: Hash, name: string, content: Uint8Array): void {
  hash.update(`${name}\n${content.length}\n`).update(content);
}

async function addWeights(hash: Hash, name: string, file: string): Promise<void> {
  const { size } = await stat(file);
  const isSafe = name.endsWith(".safetensors");
  const { header } = isSafe ? await readTensors(file, file) : await readTorchFile(file, file, trainingGlobals);
  addContent(hash, `${name}\n${size}`, header);
  const start = isSafe ? 8 + header.length : 0;
  const handle = await open(file, "r");
  try {
    for (let i = 0; i < samples; i++) {
      const position = start + Math.floor(((size - start) * i) / samples);
      const { bytesRead, buffer } = await handle.read(new Uint8Array(sampleBytes), 0, sampleBytes, position);
      hash.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
}
