import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { z } from "zod";
import type { LearnExample } from "../../gpu-worker/engine/learning.ts";
import type { DecodeLimits } from "../../gpu-worker/image/decodePicture.ts";
import { maxExamples } from "../../gpu-worker/tasks/inversion/validateLearnRequest.ts";
import { EmendError } from "../../src/errors/EmendError.ts";
import { readPicture } from "../edit/readPicture.ts";

const lineSchema = z.object({ input: z.string().min(1), output: z.string().min(1), instruction: z.string() });

/**
 * Reads DIR/examples.jsonl and the pictures that it names, relative to DIR.
 * @throws EmendError that names the file and the line
 */
export async function readExamples(folder: string, limits: DecodeLimits): Promise<LearnExample[]> {
  const file = join(folder, "examples.jsonl");
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    const form = '{"input":"before.png","output":"after.png","instruction":"…"}';
    throw new EmendError("not_found", `${file}: cannot be read; write one line of ${form} for each example.`, {
      cause: error,
    });
  }
  const lines = text.split("\n").map((line, i) => ({ line: line.trim(), at: `${file}, line ${i + 1}` }));
  const filled = lines.filter(({ line }) => line !== "");
  if (filled.length > maxExamples) {
    throw new EmendError("bad_usage", `${file}: ${filled.length} examples are too many; keep ${maxExamples} of them.`);
  }
  const examples: LearnExample[] = [];
  for (const { line, at } of filled) {
    const { input, output, instruction } = parse(line, at);
    const picture = (name: string) => readPicture(resolve(folder, name), limits);
    examples.push({ input: await picture(input), output: await picture(output), instruction });
  }
  return examples;
}

function parse(line: string, at: string): z.infer<typeof lineSchema> {
  try {
    return lineSchema.parse(JSON.parse(line));
  } catch (error) {
    const form = '{"input":"…","output":"…","instruction":"…"}';
    throw new EmendError("bad_usage", `${at}: is not ${form}.`, { cause: error });
  }
}
