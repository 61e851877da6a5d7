import { readFile, stat } from "node:fs/promises";
import type { z } from "zod";
import { badModel } from "./badModel.ts";

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
  const json = await readAnyJson(file, label);
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  const value = path.reduce<unknown>(
    (object, key) => (object as Record<PropertyKey, unknown> | undefined)?.[key],
    json,
  );
  const found = path.length === 0 ? "" : `${path.join(".")} = ${JSON.stringify(value)?.slice(0, 80)}: `;
  throw badModel(label, found + message.replaceAll("\n", " "));
}

async function readAnyJson(file: string, label: string): Promise<unknown> {
  let text: string;
  try {
    if ((await stat(file)).size > maxBytes) throw badModel(label, `is larger than ${maxBytes} bytes`);
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
