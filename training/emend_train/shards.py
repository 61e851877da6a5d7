"""Reads the WebDataset shards that `emend world write` makes: KEY.pair.npy (uint8 [2, H, W, 3]) and KEY.json."""

import io
import json
import random
import subprocess
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from glob import glob
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import IterableDataset

from .config import TASKS
from .words import Vocabulary


@dataclass
class Batch:
    source: Tensor
    """uint8 `[B, H, W, 3]`"""
    target: Tensor
    ids: Tensor
    """token ids `[B, T]`"""
    task: Tensor
    """task numbers `[B]`"""
    words: Tensor | None
    """bool `[B, 3 · words]`, what the text encoder must keep (words.py)"""
    instructions: list[str]


def read_tar(stream: io.BufferedIOBase) -> Iterator[tuple[np.ndarray, dict]]:
    """Pairs and their notes, in the order of the tar; a sample's files follow each other."""
    parts: dict[str, dict[str, bytes]] = {}
    with tarfile.open(fileobj=stream, mode="r|") as tar:
        for member in tar:
            key, _, kind = member.name.partition(".")
            sample = parts.setdefault(key, {})
            sample[kind] = tar.extractfile(member).read()
            if len(sample) == 2:
                del parts[key]
                yield np.load(io.BytesIO(sample["pair.npy"])), json.loads(sample["json"])


class ShardIndex:
    """Random access to the samples of a folder's `train-*.tar`, by their number. Reads headers only, once."""

    def __init__(self, folder: str) -> None:
        self.places: list[tuple[str, int, int, int, int]] = []
        shards = sorted(glob(str(Path(folder) / "train-*.tar")))
        if not shards:
            raise FileNotFoundError(f"no train-*.tar in {folder}; make some: emend world write --out {folder}")
        for shard in shards:
            parts: dict[str, dict[str, tuple[int, int]]] = {}
            try:
                with tarfile.open(shard, mode="r:") as tar:
                    for member in tar:
                        key, _, kind = member.name.partition(".")
                        parts.setdefault(key, {})[kind] = (member.offset_data, member.size)
                self.places += [(shard, *part["pair.npy"], *part["json"]) for part in parts.values()]
            except (tarfile.TarError, KeyError) as error:
                raise ValueError(
                    f"{shard} is damaged ({error or type(error).__name__}); delete it and write it again"
                ) from None
        self._open: dict[str, io.BufferedReader] = {}

    def __len__(self) -> int:
        return len(self.places)

    def __getitem__(self, number: int) -> tuple[np.ndarray, dict]:
        shard, pair_at, pair_size, note_at, note_size = self.places[number]
        file = self._open.get(shard)
        if file is None:
            file = self._open[shard] = open(shard, "rb")  # noqa: SIM115
        file.seek(pair_at)
        pair = np.load(io.BytesIO(file.read(pair_size)))
        file.seek(note_at)
        return pair, json.loads(file.read(note_size))


class PairBatches(IterableDataset):
    """
    Endless batches. `data` is a folder of `train-*.tar`, whose samples come in a new order every round, or
    `pipe:COMMAND`, whose standard output is a tar (`pipe:node bin/emend.mjs world write --out - …`); `{seed}` in the
    command becomes a number of its own for each process and loader worker.

    Of a folder, batch b is a function of `seed` and b alone: a run that goes on from `first_batch` sees what it would
    have seen without the interruption.
    """

    def __init__(
        self, data: str, batch_size: int, collate: "Collate", seed: int = 0, first_batch: int = 0,
        process: int = 0, processes: int = 1,
    ) -> None:  # fmt: skip
        self.data, self.batch_size, self.collate, self.seed = data, batch_size, collate, seed
        self.first_batch, self.process, self.processes = first_batch, process, processes
        self.index = None if data.startswith("pipe:") else ShardIndex(data)

    def __iter__(self) -> Iterator[Batch]:
        worker = torch.utils.data.get_worker_info()
        rank, ranks = (worker.id, worker.num_workers) if worker else (0, 1)
        if self.index is None:
            yield from self._piped(rank)
        number = self.first_batch + rank
        while True:
            # Batches of all processes follow each other in one endless list of permutations.
            first = (number * self.processes + self.process) * self.batch_size
            samples = [self.index[self._sample_at(place)] for place in range(first, first + self.batch_size)]
            yield self.collate(samples, random.Random(f"{self.seed} {first}"))
            number += ranks

    def _sample_at(self, place: int) -> int:
        rounds, at = divmod(place, len(self.index))
        if getattr(self, "_round", None) != rounds:
            self._round = rounds
            self._order = np.random.default_rng((self.seed, rounds)).permutation(len(self.index))
        return int(self._order[at])

    def _piped(self, rank: int) -> Iterator[Batch]:
        command = self.data.removeprefix("pipe:")
        command = command.replace("{seed}", str(((self.seed * 97 + self.first_batch) * 64 + self.process) * 16 + rank))
        rng, held = random.Random(self.seed + rank), []
        with subprocess.Popen(command, shell=True, stdout=subprocess.PIPE) as pipe:
            for sample in read_tar(pipe.stdout):
                held.append(sample)
                if len(held) >= 16 * self.batch_size:  # a shuffling buffer
                    rng.shuffle(held)
                    held, batch = held[self.batch_size :], held[: self.batch_size]
                    yield self.collate(batch, rng)
        raise RuntimeError(f"the data command ended: {command}")


class Collate:
    """Stacks samples and tokenises one of each sample's phrasings. `tasks` are the rows of the model's task table."""

    def __init__(self, tokenizer, words: Vocabulary | None = None, tasks: tuple[str, ...] = TASKS) -> None:
        self.tokenizer, self.words, self.tasks = tokenizer, words, tasks

    def __call__(self, samples: list[tuple[np.ndarray, dict]], rng: random.Random | None = None) -> Batch:
        """@param rng chooses the phrasings; without it, the first of each"""
        pairs = torch.from_numpy(np.stack([pair for pair, _ in samples]))
        texts = [rng.choice(note["instructions"]) if rng else note["instructions"][0] for _, note in samples]
        ids = self.tokenizer(texts, padding="max_length", truncation=True, return_tensors="pt").input_ids
        task = torch.tensor([self.tasks.index(note["task"]) for _, note in samples])
        words = None
        if self.words:
            rows = [self.words.targets(text, note) for text, (_, note) in zip(texts, samples, strict=True)]
            words = torch.stack(rows)
        return Batch(pairs[:, 0], pairs[:, 1], ids, task, words, texts)


def read_all(path: str) -> list[tuple[np.ndarray, dict]]:
    """Every sample of one shard (the benchmark's)."""
    with open(path, "rb") as stream:
        return list(read_tar(stream))
