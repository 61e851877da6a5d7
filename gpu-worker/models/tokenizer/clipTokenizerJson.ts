/** Contents of vocab.json and merges.txt, all that Stable Diffusion repositories ship. */
export interface ClipVocabulary {
  readonly vocab: Readonly<Record<string, number>>;
  readonly merges: readonly string[];
}

/** As text; each stands in the vocabulary. Padding is "!" in Stable Diffusion 2 and in SDXL's second encoder. */
export interface ClipSpecialTokens {
  readonly bos: string;
  readonly eos: string;
  readonly pad: string;
}

/** The rules of merges.txt, one a line, most frequent first; the first line may be "#version: 0.2". */
export const parseMerges = (text: string): string[] =>
  text.split(/\r?\n/).filter((line) => line.trim() !== "" && !line.startsWith("#version"));

/**
 * A tokenizer.json for CLIP's tokenizer (transformers' CLIPTokenizer): NFC, spaces, lower case; words, single digits and
 * runs of signs; byte-level BPE with "</w>" at the end of words.
 */
export function clipTokenizerJson(
  { vocab, merges }: ClipVocabulary,
  { bos, eos, pad }: ClipSpecialTokens,
): Record<string, unknown> {
  const special = (content: string) => ({
    id: vocab[content],
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  });
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: [...new Set([bos, eos, pad])].map(special),
    normalizer: {
      type: "Sequence",
      normalizers: [
        { type: "NFC" },
        { type: "Replace", pattern: { Regex: "\\s+" }, content: " " },
        { type: "Lowercase" },
      ],
    },
    pre_tokenizer: {
      type: "Sequence",
      pretokenizers: [
        {
          type: "Split",
          pattern: { Regex: "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+" },
          behavior: "Removed",
          invert: true,
        },
        { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: true },
      ],
    },
    post_processor: {
      type: "RobertaProcessing",
      sep: [eos, vocab[eos]],
      cls: [bos, vocab[bos]],
      trim_offsets: false,
      add_prefix_space: false,
    },
    decoder: { type: "ByteLevel", add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: {
      type: "BPE",
      dropout: null,
      unk_token: eos,
      continuing_subword_prefix: "",
      end_of_word_suffix: "</w>",
      fuse_unk: false,
      vocab,
      merges,
    },
  };
}
