import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { badModel } from "../badModel.ts";
import { CheckpointPart } from "../CheckpointPart.ts";

/** CLIP's vocabulary, which no single file holds and all of Stable Diffusion 1 were trained with. */
const bundledClip = fileURLToPath(new URL("../../../models/clip", import.meta.url));
const clipTokens = 49_408;

/**
 * The vocabulary that goes with a single-file checkpoint: a folder `tokenizer` beside the file, else CLIP's.
 * @param file absolute
 * @param tokens that the text encoder has
 * @throws EmendError `bad_model` when CLIP's does not go with the text encoder
 */
export function tokenizerOf(file: string, tokens: unknown): CheckpointPart {
  if (existsSync(join(dirname(file), "tokenizer"))) return new CheckpointPart(dirname(file), "tokenizer");
  if (tokens === clipTokens) return new CheckpointPart(bundledClip, "tokenizer");
  const problem = `its text encoder has ${tokens} tokens, CLIP's vocabulary ${clipTokens}`;
  throw badModel(file, `${problem}; put the model's tokenizer folder beside the file`);
}
