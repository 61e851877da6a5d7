import { createHash, type Hash } from "node:crypto";
import { open, readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { readTensors } from "./readTensors.ts";

/** Parts of a checkpoint that are read; anything else in the folder (previews, original .ckpt files) does not count. */
const parts = [
  ...["scheduler", "unet", "vae", "text_encoder", "tokenizer", "image_codec", "edit_head", "tasks"],
  // Only some families have these; the order above is that of hashes which learned tasks carry.
  ...["text_encoder_2", "tokenizer_2", "text_encoder_t5", "tokenizer_t5", "text_projection"],
  ...["experts", "image_encoder"],
];
/** Of a pickle, which comes first in its file. */
const headBytes = 64 * 1024;
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
  const weights = names.some((name) => name.endsWith(".safetensors")) ? ".safetensors" : ".bin";
  for (const name of names.sort()) {
    if (part === "" && name !== "model_index.json") continue;
    const file = join(folder, part, name);
    if (!(await stat(file).catch(() => undefined))?.isFile()) continue; // a pipe or device might never end
    if (/\.(json|txt)$/.test(name)) addContent(hash, `${part}/${name}`, await readFile(file));
    else if (name.endsWith(weights)) await addWeights(hash, `${part}/${name}`, file);
  }
}

/** Name and length go before the bytes, so that no two folders give the same stream. */
function addContent(hash: Hash, name: string, content: Uint8Array): void {
  hash.update(`${name}\n${content.length}\n`).update(content);
}

async function addWeights(hash: Hash, name: string, file: string): Promise<void> {
  const { size } = await stat(file);
  const header = name.endsWith(".safetensors") ? (await readTensors(file, file)).header : undefined;
  const start = header ? 8 + header.length : 0;
  const handle = await open(file, "r");
  try {
    const head = async () => (await handle.read(new Uint8Array(Math.min(size, headBytes)), { position: 0 })).buffer;
    addContent(hash, `${name}\n${size}`, header ?? (await head()));
    for (let i = 0; i < samples; i++) {
      const position = start + Math.floor(((size - start) * i) / samples);
      const { bytesRead, buffer } = await handle.read(new Uint8Array(sampleBytes), 0, sampleBytes, position);
      hash.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
}
