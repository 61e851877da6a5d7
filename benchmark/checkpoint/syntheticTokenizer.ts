/** Ids of CLIP's vocabulary; the last two begin and end a text. */
const clipVocabulary = 49_408;
/** Pairs of common letters, so that the rules are used at all. */
const merges = ["t h", "th e</w>", "i n", "in g</w>", "r e", "re d</w>"];

/**
 * Files of a `tokenizer` folder in CLIP's layout, with every byte and a handful of merges: CLIP's own vocabulary is
 * not ours to pass on, and for what is timed here any will do.
 */
export function syntheticTokenizer(): Record<"vocab.json" | "merges.txt" | "tokenizer_config.json", string> {
  const signs = byteSigns();
  const pieces = [...signs, ...signs.map((sign) => `${sign}</w>`), ...merges.map((rule) => rule.replace(" ", ""))];
  const vocab: Record<string, number> = Object.fromEntries(pieces.map((piece, id) => [piece, id]));
  const [start, end] = ["<|startoftext|>", "<|endoftext|>"];
  vocab[start] = clipVocabulary - 2;
  vocab[end] = clipVocabulary - 1;
  const config = { tokenizer_class: "CLIPTokenizer", model_max_length: 77, do_lower_case: true };
  const tokens = { bos_token: start, eos_token: end, pad_token: end, unk_token: end };
  return {
    "vocab.json": JSON.stringify(vocab),
    "merges.txt": `#version: 0.2\n${merges.join("\n")}\n`,
    "tokenizer_config.json": JSON.stringify({ ...config, ...tokens }),
  };
}

/** GPT-2's sign for each byte: printable ones stand for themselves, the others for what follows U+0100. */
function byteSigns(): string[] {
  const bytes = Array.from({ length: 256 }, (_, byte) => byte);
  const isPrintable = (byte: number) =>
    (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || (byte >= 174 && byte <= 255);
  const others = bytes.filter((byte) => !isPrintable(byte));
  return [
    ...bytes.filter(isPrintable).map((byte) => String.fromCodePoint(byte)),
    ...others.map((_, i) => String.fromCodePoint(256 + i)),
  ];
}
