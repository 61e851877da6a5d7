"""
Writes models/clip/tokenizer: the vocabulary of OpenAI's CLIP, which checkpoints in a single file do not hold. Its list
of merges is in the Python package open-clip-torch:

    pip download --no-deps open-clip-torch==3.3.0 && unzip open_clip_torch-*.whl open_clip/bpe_simple_vocab_16e6.txt.gz
    python training/make_clip_vocabulary.py open_clip/bpe_simple_vocab_16e6.txt.gz
"""

import gzip
import hashlib
import json
import sys
from pathlib import Path

from tokenizers.pre_tokenizers import ByteLevel

FOLDER = Path(__file__).resolve().parents[1] / "models/clip/tokenizer"
SIZE, SPECIAL = 49408, ["<|startoftext|>", "<|endoftext|>"]


def byte_letters() -> list[str]:
    """The letters that stand for the 256 bytes, in CLIP's order: those that print stand for themselves, and first."""
    printing = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    letters = [chr(byte) for byte in printing] + [chr(256 + i) for i in range(256 - len(printing))]
    assert set(letters) == set(ByteLevel.alphabet())
    return letters


def main(source: str) -> None:
    letters = byte_letters()
    count = SIZE - 2 * len(letters) - len(SPECIAL)
    lines = gzip.decompress(Path(source).read_bytes()).decode().split("\n")[1 : 1 + count]
    tokens = letters + [f"{letter}</w>" for letter in letters] + ["".join(line.split()) for line in lines] + SPECIAL
    assert len(tokens) == len(set(tokens)) == SIZE

    FOLDER.mkdir(parents=True, exist_ok=True)
    merges = "\n".join(["#version: 0.2", *lines]) + "\n"
    (FOLDER / "merges.txt").write_text(merges)
    vocabulary = {token: i for i, token in enumerate(tokens)}
    (FOLDER / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False, separators=(",", ":")))
    config = {
        "tokenizer_class": "CLIPTokenizer",
        "model_max_length": 77,
        "bos_token": SPECIAL[0],
        "eos_token": SPECIAL[1],
        "pad_token": SPECIAL[1],
        "unk_token": SPECIAL[1],
    }
    (FOLDER / "tokenizer_config.json").write_text(json.dumps(config, indent=1) + "\n")
    print(f"{SIZE} tokens; merges.txt {hashlib.sha256(merges.encode()).hexdigest()}")


if __name__ == "__main__":
    main(sys.argv[1])
