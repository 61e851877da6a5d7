"""
Writes test/golden/t5-*: tiny T5 encoders with random weights and what transformers computes with them, and a Unigram
tokenizer as T5 repositories have it. Run from anywhere: `python training/goldens/make_t5.py`.
"""

import io
import json

import sentencepiece
import torch
from components import new_case, randomise, save_golden, save_part, write_json
from sentencepiece import sentencepiece_model_pb2
from texts import CORPUS, awkward_texts
from transformers import T5Config, T5EncoderModel, T5Tokenizer

LENGTH = 40
TEXTS = ["make the boat red", "", "word " * 60]


def train_pieces() -> sentencepiece_model_pb2.ModelProto:
    """A SentencePiece model as T5's are (spiece.model), with a small vocabulary of its own."""
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(CORPUS * 3), model_writer=model, vocab_size=96, model_type="unigram", minloglevel=2,
        normalization_rule_name="nmt_nfkc", pad_id=0, eos_id=1, unk_id=2, bos_id=-1, num_threads=1,
    )  # fmt: skip
    trained = sentencepiece_model_pb2.ModelProto.FromString(model.getvalue())
    for piece in trained.pieces:
        piece.score = round(piece.score, 3)  # the last digits differ between machines
    return trained


def t5_tokenizer(length: int, normaliser: bool = True) -> T5Tokenizer:
    """T5's tokenizer of those pieces; without the normaliser it is small."""
    trained = train_pieces()
    charsmap = trained.normalizer_spec.precompiled_charsmap if normaliser else None
    return T5Tokenizer(
        vocab=[(piece.piece, piece.score) for piece in trained.pieces],
        _spm_precompiled_charsmap=charsmap, extra_ids=4, model_max_length=length,
    )  # fmt: skip


def save_t5_tokenizer(tokenizer: T5Tokenizer, folder) -> None:
    """tokenizer.json and tokenizer_config.json, without notes about this machine."""
    tokenizer.save_pretrained(folder)
    config = folder / "tokenizer_config.json"
    values = json.loads(config.read_text())
    kept = ("tokenizer_class", "model_max_length", "pad_token", "eos_token", "unk_token")
    write_json(config, {key: values[key] for key in kept})


def make_t5(**config) -> T5EncoderModel:
    defaults = {
        "vocab_size": 100,
        "d_model": 12,
        "d_kv": 5,
        "d_ff": 20,
        "num_layers": 2,
        "num_heads": 3,
        "relative_attention_num_buckets": 8,
        "relative_attention_max_distance": 20,
    }
    return randomise(T5EncoderModel(T5Config(**(defaults | config))))


def states_of(model: T5EncoderModel, tokenizer: T5Tokenizer, texts: list[str], length: int):
    """Ids, which of them are no padding, and the last hidden states; float32 arithmetic on the model's weights."""
    batch = tokenizer(texts, padding="max_length", truncation=True, max_length=length, return_tensors="pt")
    with torch.no_grad():
        states = model.float()(input_ids=batch.input_ids, attention_mask=batch.attention_mask).last_hidden_state
    return batch.input_ids, batch.attention_mask, states


def make_encoders() -> None:
    for seed, (name, dtype, config) in enumerate(
        [
            ("t5-relu", torch.bfloat16, {"feed_forward_proj": "relu"}),
            ("t5-gated", torch.float32, {"feed_forward_proj": "gated-gelu", "tie_word_embeddings": False}),
            (
                "t5-fp16",
                torch.float16,
                {
                    "feed_forward_proj": "gated-gelu",
                    "relative_attention_num_buckets": 32,
                    "relative_attention_max_distance": 128,
                },
            ),
        ]
    ):
        torch.manual_seed(200 + seed)
        folder, tokenizer = new_case(name), t5_tokenizer(LENGTH, normaliser=name == "t5-gated")
        model = make_t5(**config).to(dtype)
        save_part(model, folder / "text_encoder_t5", **({"variant": "fp16"} if name == "t5-fp16" else {}))
        save_t5_tokenizer(tokenizer, folder / "tokenizer_t5")
        ids, mask, states = states_of(model, tokenizer, TEXTS, LENGTH)
        save_golden(folder, {"ids": ids, "mask": mask, "states": states})
        if name == "t5-gated":
            (folder / "tokenizer_t5/spiece.model").write_bytes(train_pieces().SerializeToString(deterministic=True))
            texts = awkward_texts()
            rows = tokenizer(texts, padding="max_length", truncation=True, max_length=LENGTH).input_ids
            write_json(folder / "texts.json", dict(zip(texts, rows, strict=True)))
    # Distances for every bucket that real configurations have, and for odd ones.
    attention = model.encoder.block[0].layer[0].SelfAttention
    offsets = torch.arange(-300, 301)
    write_json(
        new_case("t5-buckets") / "buckets.json",
        [
            {
                "buckets": buckets,
                "distance": distance,
                "found": attention._relative_position_bucket(offsets, True, buckets, distance).tolist(),
            }
            for buckets, distance in ((32, 128), (8, 20), (64, 256), (12, 100), (4, 3))
        ],
    )


if __name__ == "__main__":
    torch.set_num_threads(1)
    make_encoders()
