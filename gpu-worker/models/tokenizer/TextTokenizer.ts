import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Tokenizer } from "@huggingface/tokenizers";
import { z } from "zod";
import { badModel } from "../../checkpoint/badModel.ts";
import type { CheckpointPart } from "../../checkpoint/CheckpointPart.ts";
import { clipTokenizerJson, parseMerges } from "./clipTokenizerJson.ts";

/** A special token is written as its text or as an object around it. */
const token = z.union([z.string(), z.looseObject({ content: z.string() }).transform(({ content }) => content)]);

const configSchema = z.looseObject({
  // Tokenizers without a limit have 1e30 here.
  model_max_length: z.number().positive().nullish(),
  pad_token: token.nullish(),
  bos_token: token.nullish(),
  eos_token: token.nullish(),
});
const vocabSchema = z.record(z.string(), z.int().nonnegative());

/** Chinese characters beyond 16 bits. BERT's normaliser makes each a word of its own; the library only knows the others. */
const rareHan = /[\u{20000}-\u{2a6df}\u{2a700}-\u{2ceaf}\u{2f800}-\u{2fa1f}]/gu;

/** Turns instructions into token ids. */
export class TextTokenizer {
  /** Ids that `encode` returns, and most that `tokens` returns. */
  readonly length: number;
  readonly #tokenizer: Tokenizer;
  readonly #pad: number;
  readonly #lowercases: boolean;
  readonly #splitsHan: boolean;

  private constructor(tokenizer: Tokenizer, normalizer: string, length: number, pad: number) {
    this.#tokenizer = tokenizer;
    this.#lowercases = normalizer.includes('"Lowercase"');
    this.#splitsHan = normalizer.includes('"handle_chinese_chars":true');
    this.length = length;
    this.#pad = pad;
  }

  /**
   * Reads `tokenizer.json`, or builds CLIP's tokenizer from `vocab.json` and `merges.txt`.
   * @param maxLength positions that the text encoder has
   * @throws EmendError `bad_model`
   */
  static async open(part: CheckpointPart, maxLength: number): Promise<TextTokenizer> {
    const config = await part.readJson("tokenizer_config.json", configSchema);
    const bos = config.bos_token ?? "<|startoftext|>";
    const eos = config.eos_token ?? "<|endoftext|>";
    const json = existsSync(join(part.folder, "tokenizer.json"))
      ? await part.readJson("tokenizer.json", z.looseObject({}))
      : await synthesise(part, bos, eos);
    let tokenizer: Tokenizer;
    try {
      tokenizer = new Tokenizer(json, config);
    } catch (error) {
      throw badModel(`${part.label}/tokenizer.json`, `is not a tokenizer that we read: ${String(error)}`, error);
    }
    const pad = config.pad_token ?? eos;
    const padId = tokenizer.token_to_id(pad);
    if (padId === undefined)
      throw badModel(`${part.label}/tokenizer_config.json`, `pad_token: no token ${JSON.stringify(pad)}`);
    const normalizer = JSON.stringify(json.normalizer ?? null);
    return new TextTokenizer(tokenizer, normalizer, Math.min(config.model_max_length ?? maxLength, maxLength), padId);
  }

  /** Ids of the text with its start and end tokens, cut (the end token stays) and padded to `length`. */
  encode(text: string): number[] {
    const ids = this.tokens(text);
    return [...ids, ...new Array<number>(this.length - ids.length).fill(this.#pad)];
  }

  /** Ids of the text with its start and end tokens, cut to `length` (the end token stays) and not padded. */
  tokens(text: string): number[] {
    // The reference lowers letter by letter: Σ is σ even at the end of a word, where JavaScript makes it ς.
    const lowered = this.#lowercases ? text.replaceAll("Σ", "σ") : text;
    const { ids } = this.#tokenizer.encode(this.#splitsHan ? lowered.replace(rareHan, " $& ") : lowered);
    return ids.length <= this.length ? ids : [...ids.slice(0, this.length - 1), ids.at(-1)!];
  }
}

async function synthesise(part: CheckpointPart, bos: string, eos: string): Promise<Record<string, unknown>> {
  const vocab = await part.readJson("vocab.json", vocabSchema);
  for (const name of [bos, eos]) {
    if (vocab[name] === undefined)
      throw badModel(`${part.label}/vocab.json`, `token ${JSON.stringify(name)} is missing`);
  }
  const label = `${part.label}/merges.txt`;
  const merges = await readFile(await part.resolve("merges.txt"), "utf8").catch((error: unknown) => {
    throw badModel(label, "is missing from the checkpoint folder", error);
  });
  return clipTokenizerJson({ vocab, merges: parseMerges(merges) }, bos, eos);
}
