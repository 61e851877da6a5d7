import { readFile, stat } from "node:fs/promises";
import type { z } from "zod";
import { badModel } from "./badModel.ts";
import { parseConfig } from "./parseConfig.ts";

/** Configurations take kilobytes; the largest tokenizer.json in use some 17 MB. */
const maxBytes = 64 * 1024 * 1024;

/** Python writes numbers that JSON has not: diffusers' DPM-Solver configs hold `"lambda_min_clipped": -Infinity`. */
const pythonNumber = /:\s*(?:-?Infinity|NaN)(?=\s*[,}])/g;

/**
 * Reads a JSON file of a checkpoint and checks it.
 * @param label how messages name the file
 * @throws EmendError `bad_model` that names the file, and the key that is wrong
 */
export async function readJson<T extends z.ZodType>(file: string, label: string, schema: T): Promise<z.output<T>> {
  return parseConfig(label, await readAnyJson(file, label), schema);
}

async function readAnyJson(file: string, label: string): Promise<unknown> {
  let text: string;
  try {
    const found = await stat(file);
    if (!found.isFile()) throw badModel(label, "is not a file"); // a pipe or device might never end
    if (found.size > maxBytes) throw badModel(label, `is larger than ${maxBytes} bytes`);
    text = await readFile(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") throw badModel(label, "is missing from the checkpoint folder", error);
    if (code === "bad_model") throw error;
    throw badModel(label, `cannot be read (${code})`, error);
  }
  try {
    return JSON.parse(text.replace(pythonNumber, ": null"));
  } catch (error) {
    throw badModel(label, "is not JSON; download it again", error);
  }
}
