"""
The paper's ablations at a size that a laptop can pay for: small models, the same budget for every arm, several seeds.
Appends a line of JSON for each finished arm and skips the arms that are there, so that an interrupted run goes on.

    python -m emend_train.ablations --data ../runs/ablations --out ../runs/ablations.jsonl --samples 24000 --seeds 2
"""

import argparse
import json
import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from .config import TASKS, ModelConfig
from .losses import edit_loss, edit_score, task_loss
from .model import EmendModel
from .sampling import edit
from .schedule import add_noise, make_scheduler, sample_timesteps
from .shards import Collate, ShardIndex, read_all
from .tokenizer import train_tokenizer
from .train import LOSS_WEIGHTS, drop_conditions, make_optimizers
from .words import Vocabulary, WordHead

SMALL = ModelConfig(
    patch_size=8, block_out_channels=(64, 128), attention=(True, True), head_dim=32, width=96, text_layers=2,
    vocabulary=2048,
)  # fmt: skip
"""About two million parameters: an eight by eight grid of 64-pixel pictures."""
REGION = ("local", "texture", "add", "remove", "background")
FREE_FORM = ("global", "style", "text")
VISION = ("detect", "segment", "color", "depth", "segmap", "pose", "normal", "sketch")
COUNTS = {
    "count/1/style": ("style",),
    "count/1/texture": ("texture",),
    "count/4": ("style", "texture", "add", "color"),
    "count/8": ("style", "texture", "add", "color", "remove", "global", "segment", "depth"),
    "count/12": (
        "style", "texture", "add", "color", "remove", "global", "segment", "depth",
        "local", "background", "detect", "sketch",
    ),
}  # fmt: skip
"""Each set holds the one before it (Emu Edit removes tasks; the order is ours)."""
EXPERTS = ("add", "remove", "background", "global", "color", "detect", "segment", "depth")
"""Experts for these; those for `style` and `texture` are the count/1 arms."""


@dataclass(frozen=True)
class Arm:
    name: str
    tasks: tuple[str, ...] = TASKS
    embedding: str = "learned"
    """learned, random (frozen) or none (zeros)."""


ARMS = (
    Arm("embedding/learned"),
    Arm("embedding/random", embedding="random"),
    Arm("embedding/none", embedding="none"),
    Arm("vision/without", (*REGION, *FREE_FORM)),
    *(Arm(name, tasks) for name, tasks in COUNTS.items()),
    *(Arm(f"expert/{task}", (task,)) for task in EXPERTS),
)


class Pairs:
    """Training pairs in memory, by task."""

    def __init__(self, folder: str) -> None:
        index = ShardIndex(folder)
        self.samples = [index[i] for i in range(len(index))]
        self.by_task = {task: [i for i, (_, note) in enumerate(self.samples) if note["task"] == task] for task in TASKS}

    def draw(self, rng: random.Random, tasks: tuple[str, ...], count: int) -> list[tuple[np.ndarray, dict]]:
        """`count` samples, every task of the arm as often as any other."""
        return [self.samples[rng.choice(self.by_task[rng.choice(tasks)])] for _ in range(count)]


def train_arm(arm: Arm, pairs: Pairs, tokenizer, words: Vocabulary, args, seed: int) -> EmendModel:
    torch.manual_seed(seed)
    model = EmendModel(SMALL, tokenizer)
    if arm.embedding != "learned":
        model.task_embeddings.requires_grad_(False)
    if arm.embedding == "none":
        model.task_embeddings.data.zero_()
    head = WordHead(SMALL.width, len(words.words))
    optimizers = [*make_optimizers(model, args.rate), torch.optim.AdamW(head.parameters(), lr=args.rate)]
    collate, rng = Collate(tokenizer, words), random.Random(seed)
    null_ids = tokenizer([""], padding="max_length", return_tensors="pt").input_ids
    alphas = make_scheduler().alphas_cumprod
    steps, text_steps = args.samples // args.batch, args.samples // args.batch // 4
    for step in range(text_steps + steps):
        done = step / (text_steps + steps)
        for group in (group for optimizer in optimizers for group in optimizer.param_groups):
            group["lr"] = args.rate * min(1, (step + 1) / 100) * min(1, 2 * (1 - done))
        batch = collate(pairs.draw(rng, arm.tasks, args.batch), rng)
        with torch.autocast("cpu", torch.bfloat16):
            no_text, no_image = drop_conditions(args.batch)
            states, pooled = model.text(torch.where(no_text[:, None], null_ids, batch.ids))
            losses = {"words": head.loss(pooled[~no_text], batch.words[~no_text])}
            losses["task"] = task_loss(model.predictor(pooled[~no_text]), batch.task[~no_text])
            if step >= text_steps:
                source, target = model.encode(batch.source), model.encode(batch.target)
                t = sample_timesteps(args.batch)
                noisy = add_noise(target, torch.randn_like(target), t, alphas)
                shown = source * (~no_image)[:, None, None, None]
                vectors = model.task_embeddings[batch.task] * (~no_text)[:, None]
                prediction = model(noisy, t, shown, states, pooled, vectors)
                losses["picture"], losses["gate"] = edit_loss(prediction, shown, target, SMALL.patch_size)
        sum(LOSS_WEIGHTS[name] * value for name, value in losses.items()).backward()
        torch.nn.utils.clip_grad_norm_([p for p in model.parameters() if p.grad is not None], 1.0)
        for optimizer in optimizers:
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
    return model.eval()


@torch.no_grad()
def score(model: EmendModel, tokenizer, samples: list, shift: int = 0) -> dict[str, dict[str, float]]:
    """Mean edit, keep and L1 for each task. `shift` gives each edit the vector of the task so many rows further on."""
    collate = Collate(tokenizer)
    null_ids = tokenizer([""], padding="max_length", return_tensors="pt").input_ids
    rows: dict[str, list[tuple[float, float, float]]] = {}
    for at in range(0, len(samples), 100):
        batch = collate(samples[at : at + 100])
        given = (batch.task + shift) % len(TASKS)
        with torch.autocast("cpu", torch.bfloat16):
            out = edit(model, batch.source, batch.ids, given, null_ids, make_scheduler(), steps=1)
        gains, keeps = edit_score(out, batch.source, batch.target)
        l1 = (out.float() - batch.target.float()).abs().mean((1, 2, 3)) / 255
        for i, task in enumerate(batch.task):
            rows.setdefault(TASKS[task], []).append((float(gains[i]), float(keeps[i]), float(l1[i])))
    return {
        task: dict(zip(("edit", "keep", "l1"), (round(sum(v) / len(v), 4) for v in zip(*of, strict=True)), strict=True))
        for task, of in rows.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, help="folder of train-*.tar and a benchmark-*.tar")
    parser.add_argument("--out", type=Path, required=True, help="JSONL; arms that are there already are skipped")
    parser.add_argument("--samples", type=int, default=24_000, help="pictures that each arm is trained on")
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--batch", type=int, default=48)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--arms", help="only those whose name begins with this")
    parser.add_argument("--held-out", type=int, default=50, help="held-out pairs per task that each arm is scored on")
    args = parser.parse_args()
    if args.samples < 4 * args.batch or args.seeds < 1:
        parser.error("--samples must be at least four batches, --seeds at least 1")
    try:
        pairs = Pairs(args.data)
        held_out = [
            sample for file in sorted(Path(args.data).glob("benchmark-*.tar")) for sample in read_all(str(file))
        ]
    except (OSError, ValueError) as error:
        sys.exit(f"{error}")
    if not held_out:
        sys.exit(f"no benchmark-*.tar in {args.data}; make one: emend world write --split benchmark --out {args.data}")
    by_task = {task: [s for s in held_out if s[1]["task"] == task][: args.held_out] for task in TASKS}
    notes = [note for _, note in pairs.samples[:6000]]
    texts = (text for note in notes for text in note["instructions"])
    tokenizer, words = train_tokenizer(texts, SMALL.vocabulary, SMALL.text_tokens), Vocabulary.count(notes)
    lines = args.out.read_text().splitlines() if args.out.exists() else []
    there = {(row["arm"], row["seed"], row["samples"]) for row in map(json.loads, lines)}
    args.out.parent.mkdir(parents=True, exist_ok=True)
    for seed in range(args.seeds):
        for arm in ARMS:
            if (arm.name, seed, args.samples) in there or not arm.name.startswith(args.arms or ""):
                continue
            started = time.monotonic()
            model = train_arm(arm, pairs, tokenizer, words, args, seed)
            samples = [sample for task in arm.tasks for sample in by_task[task]]
            row = {"arm": arm.name, "seed": seed, "samples": args.samples, "tasks": arm.tasks}
            row["scores"] = score(model, tokenizer, samples)
            if arm.name == "embedding/learned":
                row["wrong_task"] = score(model, tokenizer, samples, shift=5)
            row["seconds"] = round(time.monotonic() - started)
            with args.out.open("a") as file:
                print(json.dumps(row), file=file)
            mean = sum(values["edit"] for values in row["scores"].values()) / len(row["scores"])
            print(f"{arm.name} seed {seed}: edit {mean:.3f}, {row['seconds']} s", flush=True)


if __name__ == "__main__":
    main()
