"""
What task inversion is compared with (METHOD §4): for unseen tasks (world/unseen), a few examples and a seed,

    finetune  every weight of an exported checkpoint and a new task vector, trained on the examples
    scratch   an expert of the same size, trained from scratch on the examples with as many pictures seen
    expert    the same expert trained on --samples pairs, each seen once: what the task allows

Appends a line of JSON with the scores on held-out pairs for each and skips those that are there.

    emend world write --task mirror --out ../runs/unseen/mirror --count 300 --seed 500000000
    emend world write --task mirror --out ../runs/unseen/mirror --count 100 --split benchmark --seed 900000000
    python -m emend_train.few_shot --init ../models/mini --data ../runs/unseen --tasks mirror --out ../runs/rows.jsonl
"""

import argparse
import hashlib
import json
import math
import random
import signal
import sys
import tarfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import nn
from transformers import PreTrainedTokenizerFast

from .checkpoint import exported_config, load_exported, load_state, save_state
from .config import ModelConfig
from .losses import edit_score
from .model import EmendModel
from .sampling import edit
from .schedule import make_scheduler
from .shards import Batch, Collate, PairBatches, ShardIndex, read_all
from .train import LOSS_WEIGHTS, first_notes, make_optimizers, picture_losses
from .words import Vocabulary, WordHead

METHODS = ("finetune", "scratch", "expert")
EXAMPLES = 100
"""A task's folder has so many examples for each seed, one seed after the other; k examples are the first k of them."""

Sample = tuple[np.ndarray, dict]


@dataclass(frozen=True)
class Arm:
    method: str
    task: str
    count: int
    """Examples; an expert's pairs."""
    seed: int

    @property
    def name(self) -> str:
        return f"{self.method} {self.task} {self.count} seed {self.seed}"


@dataclass
class Learner:
    """A model on its way, and what it is trained with."""

    model: EmendModel
    collate: Collate
    optimizers: list[torch.optim.Optimizer]
    rate: float
    steps: int
    text_steps: int = 0
    """Before `steps`: the text encoder alone, which sees no pictures."""
    words: WordHead | None = None


class Stopped(Exception):
    """An interrupt came; what is worth keeping is saved."""


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--init", type=Path, required=True, help="exported checkpoint folder, e.g. ../models/mini")
    parser.add_argument("--data", type=Path, required=True, help="folder of TASK/train-*.tar and TASK/benchmark-*.tar")
    parser.add_argument("--out", type=Path, required=True, help="JSONL; what is there already is skipped")
    parser.add_argument("--tasks", required=True, help="separated by commas")
    parser.add_argument("--methods", default="finetune,scratch", help=f"of {', '.join(METHODS)}")
    parser.add_argument("--counts", default="1,3,10,100", help=f"of examples, 1 to {EXAMPLES}")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--pictures", type=int, default=1600, help="that finetune and scratch see, at any count")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=1e-3, help="of finetune")
    parser.add_argument("--scratch-rate", type=float, default=1e-3, help="of scratch and expert")
    parser.add_argument("--samples", type=int, default=100_000, help="pairs that an expert sees")
    parser.add_argument(
        "--expert-data", help="an expert's pairs: folder of train-*.tar or pipe:COMMAND, with {task} (and {seed})"
    )
    parser.add_argument("--held-out", type=int, default=100, help="pairs that each is scored on")
    parser.add_argument("--save-minutes", type=float, default=3, help="how often an unfinished expert is saved")
    parser.add_argument("--no-bf16", action="store_true")
    args = parser.parse_args()
    args.tasks, args.methods = args.tasks.split(","), args.methods.split(",")
    if not set(args.methods) <= set(METHODS):
        parser.error(f"--methods are of {', '.join(METHODS)}")
    try:
        args.counts = [int(count) for count in args.counts.split(",")]
    except ValueError:
        parser.error("--counts are whole numbers, separated by commas")
    if not all(1 <= count <= EXAMPLES for count in args.counts):
        parser.error(f"--counts are from 1 to {EXAMPLES}")
    if min(args.seeds, args.batch, args.pictures, args.samples, args.held_out) < 1:
        parser.error("--seeds, --batch, --pictures, --samples and --held-out must be at least 1")
    if "expert" in args.methods and not args.expert_data:
        parser.error("experts need --expert-data")
    return args


def examples(folder: Path, count: int, seed: int) -> list[Sample]:
    index = ShardIndex(str(folder))
    first = seed * EXAMPLES
    if len(index) < first + count:
        raise ValueError(f"{folder} has {len(index)} pairs; {count} examples for seed {seed} need {first + count}")
    return [index[number] for number in range(first, first + count)]


def held_out(folder: Path, count: int) -> list[Sample]:
    shards = sorted(folder.glob("benchmark-*.tar"))
    if not shards:
        raise FileNotFoundError(f"no benchmark-*.tar in {folder}; make one: emend world write --split benchmark")
    return [sample for shard in shards for sample in read_all(str(shard))][:count]


def example_batches(samples: list[Sample], collate: Collate, size: int, seed: int) -> Iterator[Batch]:
    """Endless; the examples in a new order every round, each in its first wording: what task inversion is given too."""
    order: list[Sample] = []
    rounds = random.Random(seed)
    while True:
        while len(order) < size:
            order += rounds.sample(samples, len(samples))
        batch, order = order[:size], order[size:]
        yield collate(batch)


def finetuned(args, config: ModelConfig, tokenizer, task: str) -> Learner:
    """All weights of the checkpoint; the new task begins in the middle of the known ones."""
    model = EmendModel(config, tokenizer)
    load_exported(model, args.init)
    table = model.task_embeddings.detach()
    model.task_embeddings = nn.Parameter(torch.cat([table, table.mean(0, keepdim=True)]))
    tasks = (*config.tasks, task)
    # The words' head is not exported: a new one would only shake the text encoder.
    optimizers = make_optimizers(model, args.rate)
    return Learner(model, Collate(tokenizer, tasks=tasks), optimizers, args.rate, math.ceil(args.pictures / args.batch))


def expert(args, config: ModelConfig, tokenizer, task: str, notes: list[dict], pictures: int) -> Learner:
    """A new model of the same size for this task alone."""
    model = EmendModel(replace(config, tasks=(task,)), tokenizer)
    vocabulary = Vocabulary.count(notes, least=min(30, 1 + len(notes) // 200))
    head = WordHead(config.width, len(vocabulary.words))
    rate, steps = args.scratch_rate, math.ceil(pictures / args.batch)
    optimizers = [*make_optimizers(model, rate), torch.optim.AdamW(head.parameters(), lr=rate)]
    return Learner(model, Collate(tokenizer, vocabulary, (task,)), optimizers, rate, steps, steps // 4, head)


def losses(learner: Learner, batch: Batch, step: int, null_ids, alphas, device) -> dict[str, torch.Tensor]:
    """Those of training, but for the guess of the task, of which there is one."""
    model, head = learner.model, learner.words
    if step < learner.text_steps:
        _, pooled = model.text(batch.ids.to(device))
        return {"words": head.loss(pooled, batch.words.to(device))}
    result, pooled, no_text = picture_losses(model, model, batch, null_ids, alphas, device)
    if head is not None and not no_text.all():
        result["words"] = head.loss(pooled[~no_text], batch.words.to(device)[~no_text])
    return result


def fit(
    learner: Learner, batches: Iterator[Batch], null_ids, seed: int, bf16: bool, first: int = 0,
    after_step: Callable[[int], None] = lambda done: None,
) -> EmendModel:  # fmt: skip
    """Trains from step `first` to the end; the rate warms up, stays, and falls to 0 in the second half."""
    device = null_ids.device
    model, head = learner.model.to(device), learner.words
    parts = [model] if head is None else [model, head.to(device)]
    alphas = make_scheduler().alphas_cumprod.to(device)
    total = learner.text_steps + learner.steps
    for step in range(first, total):
        rate = learner.rate * min(1, (step + 1) / min(100, 1 + total // 10)) * min(1, 2 * (1 - step / total))
        for group in (group for optimizer in learner.optimizers for group in optimizer.param_groups):
            group["lr"] = rate
        batch = next(batches)
        torch.manual_seed((seed << 32) + step)
        with torch.autocast(device.type, torch.bfloat16, enabled=bf16):
            named = losses(learner, batch, step, null_ids, alphas, device)
        sum(LOSS_WEIGHTS[name] * value for name, value in named.items()).backward()
        weights = [weight for part in parts for weight in part.parameters() if weight.grad is not None]
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        for optimizer in learner.optimizers:
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        after_step(step + 1)
    return model.eval()


@torch.no_grad()
def score(model: EmendModel, collate: Collate, null_ids, samples: list[Sample]) -> dict[str, float]:
    """
    Means over one-step edits, in full precision: the benchmark's edit and keep, and `whole`, which is like edit over
    all pixels (benchmark/inversion/wholeScore.ts).
    """
    device, rows = null_ids.device, []
    for at in range(0, len(samples), 50):
        batch = collate(samples[at : at + 50])
        task = torch.full_like(batch.task, len(collate.tasks) - 1)
        pictures, ids, task = (tensor.to(device) for tensor in (batch.source, batch.ids, task))
        out = edit(model, pictures, ids, task, null_ids, make_scheduler(), steps=1).cpu()
        missed, wanted = ((x.float() - batch.target.float()).abs().sum((1, 2, 3)) for x in (out, batch.source))
        rows.append(torch.stack([*edit_score(out, batch.source, batch.target), 1 - missed / wanted.clamp(min=1)]))
    means = torch.cat(rows, 1).mean(1).tolist()
    return {name: round(value, 4) for name, value in zip(("edit", "keep", "whole"), means, strict=True)}


def print_of(*parts: object) -> str:
    """Twelve hexadecimal digits that change with what a score depends on."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part if isinstance(part, bytes) else json.dumps(part, sort_keys=True, default=str).encode())
    return digest.hexdigest()[:12]


def bytes_of(samples: list[Sample]) -> bytes:
    return b"".join(pair.tobytes() + note["instructions"][0].encode() for pair, note in samples)


class Bench:
    def __init__(self, args: argparse.Namespace, stopping: list[int]) -> None:
        self.args, self.stopping = args, stopping
        self.config = exported_config(args.init)
        self.tokenizer = PreTrainedTokenizerFast.from_pretrained(args.init / "tokenizer")
        device = "cuda" if torch.cuda.is_available() else "cpu"
        null_ids = self.tokenizer([""], padding="max_length", return_tensors="pt").input_ids
        self.null_ids = null_ids.to(device)
        files = sorted(args.init.rglob("*.safetensors"))
        self.size_print = print_of(self.config.to_json(), (args.init / "tokenizer" / "tokenizer.json").read_bytes())
        self.weights_print = print_of(self.size_print, *(file.read_bytes() for file in files))

    def arms(self) -> Iterator[Arm]:
        """Counts before seeds before tasks: the first seed of every task is there before the second is begun."""
        for seed in range(self.args.seeds):
            for task in self.args.tasks:
                for method in self.args.methods:
                    for count in [self.args.samples] if method == "expert" else self.args.counts:
                        yield Arm(method, task, count, seed)

    def run(self, arm: Arm, there: set[tuple]) -> dict | None:
        """The arm's line, or nothing when it is there."""
        args, folder = self.args, self.args.data / arm.task
        tests = held_out(folder, args.held_out)
        own = [] if arm.method == "expert" else examples(folder, arm.count, arm.seed)
        rate = args.rate if arm.method == "finetune" else args.scratch_rate
        pictures = args.samples if arm.method == "expert" else args.pictures
        model_print = self.weights_print if arm.method == "finetune" else self.size_print
        expert_data = args.expert_data if arm.method == "expert" else ""
        digits = print_of(
            model_print, expert_data, rate, pictures, args.batch, args.no_bf16, bytes_of(tests), bytes_of(own)
        )
        if (arm.method, arm.task, arm.count, arm.seed, digits) in there:
            return None
        started = time.monotonic()
        torch.manual_seed(arm.seed)
        if arm.method == "expert":
            learner, model = self._train_expert(arm, digits)
        else:
            notes = [note for _, note in own]
            learner = (
                finetuned(args, self.config, self.tokenizer, arm.task)
                if arm.method == "finetune"
                else expert(args, self.config, self.tokenizer, arm.task, notes, args.pictures)
            )
            batches = example_batches(own, learner.collate, args.batch, arm.seed)
            model = fit(learner, batches, self.null_ids, arm.seed, not args.no_bf16, after_step=self._stop)
        return {
            "method": arm.method, "task": arm.task, "count": arm.count, "seed": arm.seed, "print": digits,
            "pictures": learner.steps * args.batch, "rate": rate, "heldOut": len(tests),
            **score(model, learner.collate, self.null_ids, tests), "seconds": round(time.monotonic() - started),
        }  # fmt: skip

    def _stop(self, _: int) -> None:
        if self.stopping:
            raise Stopped

    def _train_expert(self, arm: Arm, digits: str) -> tuple[Learner, EmendModel]:
        args, data = self.args, self.args.expert_data.replace("{task}", arm.task)
        try:
            notes = first_notes(data, min(6000, args.samples))
        except tarfile.TarError:
            raise ValueError(f"what --expert-data says gives no pairs: {data}") from None
        learner = expert(args, self.config, self.tokenizer, arm.task, notes, args.samples)
        model = learner.model.to(self.null_ids.device)
        learner.words.to(self.null_ids.device)
        file = args.out.with_name(f"expert-{arm.task}-{arm.seed}-{digits}.pt")
        first = 0
        if file.exists():
            state = load_state(file)
            model.load_state_dict(state["model"])
            learner.words.load_state_dict(state["words"])
            for optimizer, saved in zip(learner.optimizers, state["optimizers"], strict=True):
                optimizer.load_state_dict(saved)
            first = state["step"]
            print(f"{arm.name}: goes on at step {first}", flush=True)
        saved_at = time.monotonic()

        def keep(step: int) -> None:
            nonlocal saved_at
            if not self.stopping and time.monotonic() - saved_at < args.save_minutes * 60:
                return
            optimizers = [optimizer.state_dict() for optimizer in learner.optimizers]
            state = {"model": model.state_dict(), "words": learner.words.state_dict(), "optimizers": optimizers}
            save_state(file, state | {"step": step})
            saved_at = time.monotonic()
            print(f"{arm.name}: step {step} of {learner.text_steps + learner.steps}", flush=True)
            self._stop(step)

        batches = iter(PairBatches(data, args.batch, learner.collate, arm.seed, first))
        fit(learner, batches, self.null_ids, arm.seed, not args.no_bf16, first, keep)
        batches.close()
        file.unlink(missing_ok=True)
        return learner, model


def known_lines(file: Path) -> list[dict]:
    """The lines that are there; one that was cut off is as if it were not."""
    rows = []
    for line in file.read_text().splitlines() if file.exists() else []:
        try:
            rows.append(json.loads(line))
        except ValueError:
            continue
    return rows


def append(file: Path, row: dict) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    torn = file.exists() and file.stat().st_size > 0 and not file.read_bytes().endswith(b"\n")
    with file.open("a") as out:
        print(("\n" if torn else "") + json.dumps(row), file=out)


def main() -> None:
    args = parse()
    stopping: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, _: stopping.append(received))
    try:
        there = {(row["method"], row["task"], row["count"], row["seed"], row["print"]) for row in known_lines(args.out)}
        bench = Bench(args, stopping)
        for arm in bench.arms():
            row = bench.run(arm, there)
            if row is not None:
                append(args.out, row)
                print(f"{arm.name}: edit {row['edit']:.3f}, {row['seconds']} s", flush=True)
            if stopping:
                raise Stopped
    except Stopped:
        print("interrupted: the same command goes on from here", file=sys.stderr)
        sys.exit(130)
    except (OSError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
