"""
Writes test/golden/predictor: a tiny task predictor with random int8 weights as `emend_predict.export` writes it, ids of
awkward texts, and what transformers computes. Run from anywhere: `python training/goldens/make_predictor.py`.
"""

import sys
from pathlib import Path

import torch
import torch.nn.functional as F
from components import new_case, randomise, save_golden, write_json
from texts import CORPUS, awkward_texts
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from emend_predict.corpus import LABELS, TASKS
from emend_predict.evaluate import run
from emend_predict.export import export, round_weights
from emend_predict.model import Predictor
from emend_predict.prototypes import nearness

MAX_TOKENS = 64
TEMPERATURE = 0.8
ROUTING = {"near": 9.5, "known": -7.25, "bias": -1.5}
LEARNED = ["sharpen upscale", "show twice as many pixels", "make it larger and sharper", "draw HELLO in large letters"]
SENTENCES = [
    "make the boat red",
    "red",
    "remove the two green balloons above the house",
    "replace the cat with a dog that wears a striped hat, and write HELLO on the sign in large letters below it",
    "make it larger and sharper, please",
    "don't CAFÉ 船 🙂 ?!",
    "the old lighthouse " * 40,
]  # the last two lengths need 32 and 64 tokens


def word_pieces() -> list[str]:
    """Words of the corpus, some of them cut, and single letters; many characters are missing on purpose."""
    words = sorted({word for text in CORPUS for word in text.lower().replace("'", " ").replace(",", " ").split()})
    letters = [chr(code) for code in range(33, 127) if not chr(code).isupper()] + list("αβγдаесйлк日本船し①ß")
    parts = ["##" + letter for letter in letters] + ["##s", "##er", "##ing", "##ed", "##house", "##ll", "##oo"]
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    return list(dict.fromkeys([*special, *letters, *parts, *(word for i, word in enumerate(words) if i % 4)]))


def bert_tokenizer() -> PreTrainedTokenizerFast:
    """BERT's uncased tokenizer, as all-MiniLM-L6-v2 has it, with a small vocabulary of its own."""
    pieces = {piece: i for i, piece in enumerate(word_pieces())}
    tokenizer = Tokenizer(models.WordPiece(pieces, unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    special = [("[CLS]", pieces["[CLS]"]), ("[SEP]", pieces["[SEP]"])]
    tokenizer.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=special)
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]",
        mask_token="[MASK]", model_max_length=MAX_TOKENS,
    )  # fmt: skip


def main() -> None:
    torch.manual_seed(110)
    folder, tokenizer = new_case("predictor"), bert_tokenizer()
    config = BertConfig(
        vocab_size=len(tokenizer), hidden_size=24, num_hidden_layers=2, num_attention_heads=3, intermediate_size=40,
        max_position_embeddings=MAX_TOKENS, attn_implementation="eager",
    )  # fmt: skip
    model = randomise(Predictor(BertModel(config, add_pooling_layer=False)))
    with torch.no_grad():
        model.head.weight.mul_(8)
    round_weights(model)
    known = F.normalize(torch.randn(len(TASKS), 24, config.hidden_size), dim=-1)
    known = known.half()
    export(model, tokenizer, folder, {"temperature": TEMPERATURE, "routing": ROUTING}, {"prototypes": known})
    (folder / "model.safetensors").chmod(0o644)

    # One by one: nothing is padded in the reference.
    logits, embeddings = run(model, tokenizer, SENTENCES, batch_size=1)
    _, learned = run(model, tokenizer, LEARNED, batch_size=1)
    near, far = nearness(embeddings, learned), nearness(embeddings, known.float().flatten(0, 1))
    new = torch.sigmoid(ROUTING["near"] * near + ROUTING["known"] * far + ROUTING["bias"])
    none = (logits / TEMPERATURE).softmax(1)[:, LABELS.index("none")]
    tasks = (logits / TEMPERATURE)[:, : len(TASKS)].softmax(1)
    routed = torch.cat([tasks * (1 - new)[:, None], new[:, None]], 1)
    save_golden(
        folder, {"logits": logits, "embeddings": embeddings, "tasks": tasks, "edit": 1 - none, "routed": routed}
    )
    write_json(folder / "sentences.json", {"sentences": SENTENCES, "learned": LEARNED})
    texts = [*awkward_texts(), *(f"{text} {CORPUS[i % len(CORPUS)]}" for i, text in enumerate(SENTENCES))]
    texts.append(" ".join(CORPUS[i % len(CORPUS)].split()[i % 4] for i in range(500)))
    texts = list(dict.fromkeys(texts))
    ids = tokenizer(texts, truncation=True).input_ids
    write_json(folder / "texts.json", dict(zip(texts, ids, strict=True)))


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
