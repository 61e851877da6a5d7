import type { SentencePieceModel } from "./parseSentencePiece.ts";

const metaspace = { type: "Metaspace", replacement: "▁", prepend_scheme: "always", split: true };

/**
 * A tokenizer.json for T5's tokenizer (transformers' T5Tokenizer) without its sentinels `<extra_id_…>`: normalisation, words,
 * Unigram, and the end token behind.
 * @param eos a piece of the model
 */
export function t5TokenizerJson(
  { pieces, unknown, charsmap }: SentencePieceModel,
  eos: string,
): Record<string, unknown> {
  const special = pieces.flatMap(({ piece, isSpecial }, id) =>
    isSpecial
      ? [{ id, content: piece, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true }]
      : [],
  );
  const id = pieces.findIndex(({ piece }) => piece === eos);
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: special,
    normalizer: charsmap === undefined ? null : { type: "Precompiled", precompiled_charsmap: charsmap },
    pre_tokenizer: { type: "Sequence", pretokenizers: [{ type: "WhitespaceSplit" }, metaspace] },
    post_processor: {
      type: "TemplateProcessing",
      single: [{ Sequence: { id: "A", type_id: 0 } }, { SpecialToken: { id: eos, type_id: 0 } }],
      pair: [{ Sequence: { id: "A", type_id: 0 } }, { Sequence: { id: "B", type_id: 0 } }],
      special_tokens: { [eos]: { id: eos, ids: [id], tokens: [eos] } },
    },
    decoder: metaspace,
    model: {
      type: "Unigram",
      unk_id: unknown,
      vocab: pieces.map(({ piece, score }) => [piece, score]),
      byte_fallback: false,
    },
  };
}
