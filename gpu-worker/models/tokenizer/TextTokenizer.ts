import { readFile, stat } from "node:fs/promises";
import { Tokenizer } from "@huggingface/tokenizers";
import { z } from "zod";
import { badModel } from "../../checkpoint/badModel.ts";
import type { CheckpointPart } from "../../checkpoint/CheckpointPart.ts";
import { type ClipSpecialTokens, clipTokenizerJson, parseMerges } from "./clipTokenizerJson.ts";
import { parseSentencePiece } from "./parseSentencePiece.ts";
import { t5TokenizerJson } from "./t5TokenizerJson.ts";

/** A special token is written as its text or as an object around it. */
const token = z.union([z.string(), z.looseObject({ content: z.string() }).transform(({ content }) => content)]);

const configSchema = z.looseObject({
  // Tokenizers without a limit have 1e30 here.
  model_max_length: z.number().positive().nullish(),
  pad_token: token.nullish(),
  bos_token: token.nullish(),
  eos_token: token.nullish(),
});
const specialTokensSchema = configSchema.pick({ pad_token: true, bos_token: true, eos_token: true });
const vocabSchema = z.record(z.string(), z.int().nonnegative());

/** Chinese characters beyond 16 bits. */
const rareHan = /[\u{20000}-\u{2a6df}\u{2a700}-\u{2ceaf}\u{2f800}-\u{2fa1f}]/gu;

/** Where the library's normalisers differ from the reference's, what makes up for it: a sign of the normaliser, a change. */
const mends: readonly (readonly [sign: string, mend: (text: string) => string])[] = [
  // The reference lowers letter by letter: Σ is σ even at the end of a word, where JavaScript makes it ς.
  ['"Lowercase"', (text) => text.replaceAll("Σ", "σ")],
  // BERT's normaliser makes each Chinese character a word of its own; the library only knows those of 16 bits.
  ['"handle_chinese_chars":true', (text) => text.replace(rareHan, " $& ")],
  // SentencePiece's rules: a joiner is a character that no vocabulary has, and these two are spaces.
  ['"Precompiled"', (text) => text.replaceAll("\u200d", "\ue000").replace(/[\u0085\u061c]/g, " ")],
];

/** Turns instructions into token ids. */
export class TextTokenizer {
  /** Ids that `encode` returns, and most that `tokens` returns. */
  readonly length: number;
  readonly #tokenizer: Tokenizer;
  readonly #pad: number;
  readonly #mends: readonly ((text: string) => string)[];

  private constructor(tokenizer: Tokenizer, normalizer: string, length: number, pad: number) {
    this.#tokenizer = tokenizer;
    this.#mends = mends.filter(([sign]) => normalizer.includes(sign)).map(([, mend]) => mend);
    this.length = length;
    this.#pad = pad;
  }

  /**
   * Reads `tokenizer.json`, or builds T5's tokenizer from `spiece.model`, or CLIP's from `vocab.json` and `merges.txt`. Which token is padding stands in
   * `special_tokens_map.json` for older ones (Stable Diffusion 2 pads with "!"), else in `tokenizer_config.json`.
   * @param maxLength positions that the text encoder has
   * @throws EmendError `bad_model`
   */
  static async open(part: CheckpointPart, maxLength: number): Promise<TextTokenizer> {
    const config = await readConfig(part);
    const bos = config.bos_token ?? "<|startoftext|>";
    const eos = config.eos_token ?? "<|endoftext|>";
    const pad = config.pad_token ?? eos;
    const json = part.has("tokenizer.json")
      ? await part.readJson("tokenizer.json", z.looseObject({}))
      : part.has("spiece.model")
        ? await synthesiseT5(part, config.eos_token ?? "</s>")
        : await synthesiseClip(part, { bos, eos, pad });
    let tokenizer: Tokenizer;
    try {
      tokenizer = new Tokenizer(json, config);
    } catch (error) {
      throw badModel(`${part.label}/tokenizer.json`, `is not a tokenizer that we read: ${String(error)}`, error);
    }
    const padId = tokenizer.token_to_id(pad);
    if (padId === undefined)
      throw badModel(`${part.label}/tokenizer_config.json`, `pad_token: no token ${JSON.stringify(pad)}`);
    const normalizer = JSON.stringify(json.normalizer ?? null);
    return new TextTokenizer(tokenizer, normalizer, Math.min(config.model_max_length ?? maxLength, maxLength), padId);
  }

  /** Ids of the text with its start and end tokens, cut (the end token stays) and padded to `length`. */
  encode(text: string): number[] {
    return this.pad(this.tokens(text));
  }

  /** Ids from `tokens`, padded to `length`. */
  pad(ids: readonly number[]): number[] {
    return [...ids, ...new Array<number>(this.length - ids.length).fill(this.#pad)];
  }

  /** Ids of the text with its start and end tokens, cut to `length` (the end token stays) and not padded. */
  tokens(text: string): number[] {
    const { ids } = this.#tokenizer.encode(this.#mends.reduce((mended, mend) => mend(mended), text));
    return ids.length <= this.length ? ids : [...ids.slice(0, this.length - 1), ids.at(-1)!];
  }
}

/** Where no tokens are listed, special_tokens_map.json overrules the configuration, as transformers has it. */
async function readConfig(part: CheckpointPart): Promise<z.output<typeof configSchema>> {
  const config = await part.readJson("tokenizer_config.json", configSchema);
  if (config.added_tokens_decoder || !part.has("special_tokens_map.json")) return config;
  return { ...config, ...(await part.readJson("special_tokens_map.json", specialTokensSchema)) };
}

async function synthesiseClip(part: CheckpointPart, special: ClipSpecialTokens): Promise<Record<string, unknown>> {
  const vocab = await part.readJson("vocab.json", vocabSchema);
  for (const name of Object.values(special)) {
    if (vocab[name] === undefined)
      throw badModel(`${part.label}/vocab.json`, `token ${JSON.stringify(name)} is missing`);
  }
  const merges = await part.readText("merges.txt");
  return clipTokenizerJson({ vocab, merges: parseMerges(merges) }, special);
}

/** T5's has 0.8 MB, the largest in use 5. */
const maxSentencePieceBytes = 64 * 1024 * 1024;

async function synthesiseT5(part: CheckpointPart, eos: string): Promise<Record<string, unknown>> {
  const [file, label] = [await part.resolve("spiece.model"), `${part.label}/spiece.model`];
  const { size } = await stat(file);
  if (size > maxSentencePieceBytes) throw badModel(label, `is larger than ${maxSentencePieceBytes} bytes`);
  const model = parseSentencePiece(label, await readFile(file));
  if (!model.pieces.some(({ piece }) => piece === eos))
    throw badModel(label, `token ${JSON.stringify(eos)} is missing`);
  return t5TokenizerJson(model, eos);
}
