"""Reads the instruction corpus (training/instructions/README.md) and the world's own instructions."""

import json
from dataclasses import dataclass
from pathlib import Path

from emend_train.config import TASKS

NONE = "none"
"""The label of what is no edit."""
LABELS = (*TASKS, NONE)
CORPUS = Path(__file__).parents[1] / "instructions"


@dataclass(frozen=True)
class Sentence:
    text: str
    task: str
    about: str
    voice: str


def read_jsonl(path: Path, voice: str, about: str | None = None) -> list[Sentence]:
    """One voice. @raise ValueError that names the file and the line of a bad one."""
    sentences = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            sentence = Sentence(row["text"], row["task"], about or row["about"], voice)
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{path}:{number}: not a line of the corpus ({error})") from None
        if sentence.task not in LABELS:
            raise ValueError(f'{path}:{number}: "{sentence.task}" is no task; one of {", ".join(LABELS)}')
        sentences.append(sentence)
    return sentences


def read_corpus(folder: Path = CORPUS) -> tuple[list[Sentence], list[Sentence]]:
    """(train, dev): the voices of `dev.json` are dev, whole; all others are train."""
    dev_voices = set(json.loads((folder / "dev.json").read_text()))
    train, dev = [], []
    for path in sorted((folder / "voices").glob("*.jsonl")):
        (dev if path.stem in dev_voices else train).extend(read_jsonl(path, path.stem))
    if missing := dev_voices - {sentence.voice for sentence in dev}:
        raise ValueError(f"{folder / 'dev.json'} names voices that do not exist: {', '.join(sorted(missing))}")
    return train, dev
