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


@dataclass
class Batch:
    source: Tensor
    """uint8 `[B, H, W, 3]`"""
    target: Tensor
    ids: Tensor
    """token ids `[B, T]`"""
    task: Tensor
    """task numbers `[B]`"""
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


class PairStream(IterableDataset):
    """
    Endless shuffled pairs. `data` is a folder of `train-*.tar` (new shards are picked up at every round) or
    `pipe:COMMAND`, whose standard output is a tar (`pipe:node bin/emend.mjs world write --out - …`). `{seed}` in the
    command becomes a number of its own for each process and loader worker.
    """

    def __init__(self, data: str, seed: int, process: int = 0, processes: int = 1, buffer: int = 2048) -> None:
        self.data, self.seed, self.process, self.processes, self.buffer = data, seed, process, processes, buffer

    def _raw(self, rng: random.Random) -> Iterator[tuple[np.ndarray, dict]]:
        worker = torch.utils.data.get_worker_info()
        rank = self.process * (worker.num_workers if worker else 1) + (worker.id if worker else 0)
        ranks = self.processes * (worker.num_workers if worker else 1)
        if self.data.startswith("pipe:"):
            command = self.data.removeprefix("pipe:").replace("{seed}", str(self.seed * 1000 + rank))
            with subprocess.Popen(command, shell=True, stdout=subprocess.PIPE) as pipe:
                yield from read_tar(pipe.stdout)
            raise RuntimeError(f"the data command ended: {command}")
        while True:
            shards = sorted(glob(str(Path(self.data) / "train-*.tar")))
            if not shards:
                raise FileNotFoundError(
                    f"no train-*.tar in {self.data}; make some: emend world write --out {self.data}"
                )
            mine = shards[rank::ranks] or shards
            rng.shuffle(mine)
            for shard in mine:
                with open(shard, "rb") as stream:
                    yield from read_tar(stream)

    def __iter__(self) -> Iterator[tuple[np.ndarray, dict]]:
        rng = random.Random(self.seed * 7919 + self.process)
        held: list = []
        for sample in self._raw(rng):
            if len(held) < self.buffer:
                held.append(sample)
                continue
            at = rng.randrange(len(held))
            held[at], sample = sample, held[at]
            yield sample


class Collate:
    """Stacks samples and tokenises one of each sample's phrasings, chosen at random."""

    def __init__(self, tokenizer, seed: int = 0, first_phrasing: bool = False) -> None:
        self.tokenizer, self.rng, self.first = tokenizer, random.Random(seed), first_phrasing

    def __call__(self, samples: list[tuple[np.ndarray, dict]]) -> Batch:
        pairs = torch.from_numpy(np.stack([pair for pair, _ in samples]))
        texts = [n["instructions"][0] if self.first else self.rng.choice(n["instructions"]) for _, n in samples]
        ids = self.tokenizer(texts, padding="max_length", truncation=True, return_tensors="pt").input_ids
        task = torch.tensor([TASKS.index(note["task"]) for _, note in samples])
        return Batch(pairs[:, 0], pairs[:, 1], ids, task, texts)


def read_all(path: str) -> list[tuple[np.ndarray, dict]]:
    """Every sample of one shard (the benchmark's)."""
    with open(path, "rb") as stream:
        return list(read_tar(stream))
