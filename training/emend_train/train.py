"""
Trains the bundled model: parse, build, load, loop. training/README.md names the hardware, time and loss to expect.

    python -m emend_train.train --data runs/data --out runs/mini --minutes 90
"""

import argparse
import errno
import json
import math
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import torch
from accelerate import Accelerator
from torch.utils.data import DataLoader
from transformers import PreTrainedTokenizerFast

from .checkpoint import export, load_exported, load_state, save_state
from .config import ModelConfig
from .losses import edit_loss, edit_score, task_loss
from .model import EmendModel
from .muon import Muon
from .pictures import grid
from .sampling import edit
from .schedule import add_noise, make_scheduler, sample_timesteps
from .shards import Batch, Collate, PairBatches, ShardIndex, read_all, read_tar
from .tokenizer import train_tokenizer
from .words import Vocabulary, WordHead


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, help="folder of train-*.tar, or pipe:COMMAND")
    parser.add_argument("--out", type=Path, required=True, help="run folder: resumes from OUT/last.pt if it is there")
    parser.add_argument("--minutes", type=float, default=90, help="time of this call; the rate decays to its end")
    parser.add_argument(
        "--steps", type=int, help="end at this step instead; an interrupted run then ends as an uninterrupted one"
    )
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--warmup", type=int, default=300, help="steps")
    parser.add_argument("--decay-from", type=float, default=0.5, help="share of the time before the rate falls")
    parser.add_argument("--ema", type=float, default=0.999)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--text-steps", type=int, default=1500, help="a new run's first steps train the text encoder alone"
    )
    parser.add_argument("--loader-workers", type=int, default=1)
    parser.add_argument("--save-minutes", type=float, default=8)
    parser.add_argument("--validation", help="a benchmark-*.tar: scored and drawn at every save")
    parser.add_argument("--validation-limit", type=int, default=100)
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--compile", action="store_true")
    parser.add_argument("--no-bf16", action="store_true")
    parser.add_argument("--init", type=Path, help="exported checkpoint folder to start from, e.g. ../models/mini")
    parser.add_argument("--export", type=Path, help="checkpoint folder to write at every save")
    args = parser.parse_args()
    if not 0 <= args.decay_from < 1:
        parser.error("--decay-from is a share from 0 to below 1")
    if args.batch < 1 or args.minutes <= 0 or (args.steps is not None and args.steps < 1):
        parser.error("--batch, --minutes and --steps must be positive")
    return args


def first_notes(data: str, count: int = 6_000) -> list[dict]:
    """Notes of the first samples: the text that tokeniser and word list are made from."""
    if data.startswith("pipe:"):
        command = data.removeprefix("pipe:").replace("{seed}", "0")
        with subprocess.Popen(command, shell=True, stdout=subprocess.PIPE) as pipe:
            notes = [note for _, (_, note) in zip(range(count), read_tar(pipe.stdout), strict=False)]
            pipe.kill()
        return notes
    index = ShardIndex(data)
    return [index[number][1] for number in range(0, len(index), max(1, len(index) // count))]


def make_optimizers(model: EmendModel, rate: float) -> list[torch.optim.Optimizer]:
    """Muon for the matrices and convolutions inside, AdamW for embeddings, norms, biases and the two ends."""
    ends = ("embed", "conv_in", "conv_out", "predictor")
    matrices, others = [], []
    for name, weight in model.named_parameters():
        (matrices if weight.ndim >= 2 and not any(end in name for end in ends) else others).append(weight)
    adam = torch.optim.AdamW(others, lr=rate, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    return [Muon(matrices, lr=rate, weight_decay=0.01), adam]


def drop_conditions(batch_size: int, text=0.05, image=0.02, both=0.03) -> tuple[torch.Tensor, torch.Tensor]:
    """Which samples lose their text (and task) and which their image, for classifier-free guidance (METHOD §1)."""
    u = torch.rand(batch_size)
    return (u < text + both), (u >= text) & (u < text + both + image)


def rate_at(done: float, step: int, args: argparse.Namespace) -> float:
    """Warm-up by steps, then constant, then linear to 0 from `--decay-from` of the run (`done`: its share so far)."""
    warm = min(1.0, (step + 1) / args.warmup)
    left = min(1.0, max(0.0, (1 - done) / (1 - args.decay_from)))
    return args.rate * warm * left


def main() -> None:
    """Trains; bad input and a full disk are one line on standard error, an interrupt saves first."""
    args = parse()
    try:
        interrupted = train(args)
    except (FileNotFoundError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(2)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        print(f"error: the disk is full. Free some space and run the same command again: {args.out / 'last.pt'} is "
              "whole, from the save before", file=sys.stderr)  # fmt: skip
        sys.exit(1)
    if interrupted:
        print("interrupted: saved; the same command goes on from here", file=sys.stderr)
        sys.exit(130)


def train(args: argparse.Namespace) -> bool:
    """Trains until the time or the steps are up. @return whether it was interrupted before"""
    if args.threads:
        torch.set_num_threads(args.threads)
    accelerator = Accelerator(mixed_precision="no" if args.no_bf16 else "bf16", cpu=not torch.cuda.is_available())
    device = accelerator.device
    torch.manual_seed(args.seed + accelerator.process_index)
    torch.set_float32_matmul_precision("high")
    args.out.mkdir(parents=True, exist_ok=True)
    config, last = ModelConfig(), args.out / "last.pt"
    stopping: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, _: stopping.append(received))

    # 1. Tokeniser and word list: made once per run, from the data's own words.
    tokenizer_folder, words_file = args.out / "tokenizer", args.out / "words.json"
    if args.init and not tokenizer_folder.exists() and accelerator.is_main_process:
        shutil.copytree(args.init / "tokenizer", tokenizer_folder)
    if accelerator.is_main_process and not (tokenizer_folder.exists() and words_file.exists()):
        notes = first_notes(args.data)
        if not tokenizer_folder.exists():
            texts = (text for note in notes for text in note["instructions"])
            train_tokenizer(texts, config.vocabulary, config.text_tokens).save_pretrained(tokenizer_folder)
        Vocabulary.count(notes).save(words_file)
    accelerator.wait_for_everyone()
    tokenizer = PreTrainedTokenizerFast.from_pretrained(tokenizer_folder)
    words = Vocabulary.load(words_file)
    null_ids = tokenizer([""], padding="max_length", return_tensors="pt").input_ids.to(device)

    # 2. Model, its moving average, optimiser; from the last save if there is one.
    model, ema = EmendModel(config, tokenizer), EmendModel(config, tokenizer).requires_grad_(False)
    word_head = WordHead(config.width, len(words.words)).to(device)
    optimizers = [*make_optimizers(model, args.rate), torch.optim.AdamW(word_head.parameters(), lr=args.rate)]
    step, samples, seconds = 0, 0, 0.0
    if args.init and not last.exists():
        load_exported(model, args.init)
    ema.load_state_dict(model.state_dict())
    if last.exists():
        state = load_state(last)
        model.load_state_dict(state["model"])
        ema.load_state_dict(state["ema"])
        word_head.load_state_dict(state["words"])
        for optimizer, saved in zip(optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(saved)
        step, samples, seconds = state["step"], state["samples"], state["seconds"]
        accelerator.print(f"resumed at step {step}, {samples} samples, {seconds / 60:.0f} min")
    ema.to(device)
    batches = PairBatches(
        args.data, args.batch, Collate(tokenizer, words), args.seed, step, accelerator.process_index,
        accelerator.num_processes,
    )  # fmt: skip
    loader = DataLoader(
        batches, batch_size=None, num_workers=args.loader_workers,
        prefetch_factor=4 if args.loader_workers else None,
    )  # fmt: skip
    model, *optimizers = accelerator.prepare(model, *optimizers)
    if args.compile:
        accelerator.unwrap_model(model).unet.compile()
    alphas = make_scheduler().alphas_cumprod.to(device)
    validation = read_all(args.validation)[:: max(1, 1000 // args.validation_limit)] if args.validation else []

    # 3. The loop, by the clock.
    started, saved, first_step = time.monotonic(), time.monotonic(), step
    running: dict[str, float] = {}
    log = (args.out / "log.jsonl").open("a")
    for batch in loader:
        done = step / args.steps if args.steps else (time.monotonic() - started) / (args.minutes * 60)
        if done >= 1 or stopping:
            break
        rate = rate_at(done, step if args.steps else step - first_step, args)
        for group in (group for optimizer in optimizers for group in optimizer.param_groups):
            group["lr"] = rate
        # Every step draws from its own seed, so that a resumed run goes on as if it had never stopped.
        torch.manual_seed((args.seed << 32) + step * accelerator.num_processes + accelerator.process_index)
        with accelerator.autocast():
            unwrapped = accelerator.unwrap_model(model)
            if step < args.text_steps:
                losses = text_losses(unwrapped, word_head, batch, device)
            else:
                losses = training_losses(unwrapped, model, word_head, batch, null_ids, alphas, device)
        loss = sum(LOSS_WEIGHTS[name] * value for name, value in losses.items())
        accelerator.backward(loss)
        accelerator.clip_grad_norm_((p for p in model.parameters() if p.grad is not None), 1.0)
        for optimizer in optimizers:
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        step, samples = step + 1, samples + len(batch.task) * accelerator.num_processes
        beta = min(args.ema, (step + 1) / (step + 10))
        with torch.no_grad():
            torch._foreach_lerp_(list(ema.parameters()), list(accelerator.unwrap_model(model).parameters()), 1 - beta)
        for name, value in losses.items():
            value = float(value.detach())
            running[name] = value if name not in running else 0.98 * running[name] + 0.02 * value
        if not math.isfinite(float(loss.detach())):
            raise RuntimeError(f"the loss is not finite at step {step}; resume from {last} with a lower --rate")
        now = time.monotonic()
        if step % 50 == 0 and accelerator.is_main_process:
            line = {"step": step, "samples": samples, "minutes": round((seconds + now - started) / 60, 2)}
            line |= {
                "rate": round(rate, 7),
                "per_second": round((step - first_step) * len(batch.task) / (now - started), 1),
            }
            line |= {name: round(value, 5) for name, value in running.items()}
            print(json.dumps(line), file=log, flush=True)
            print(line, flush=True)
        if now - saved > args.save_minutes * 60:
            saved = now
            save(args, accelerator, model, ema, word_head, optimizers, tokenizer, null_ids, step, samples,
                 seconds + now - started, validation)  # fmt: skip
    save(args, accelerator, model, ema, word_head, optimizers, tokenizer, null_ids, step, samples,
         seconds + time.monotonic() - started, validation)  # fmt: skip
    return bool(stopping)


LOSS_WEIGHTS = {"picture": 1.0, "gate": 0.5, "task": 0.05, "words": 0.02}


def text_losses(model: EmendModel, word_head: WordHead, batch: Batch, device) -> dict[str, torch.Tensor]:
    """The losses of the text encoder alone."""
    _, pooled = model.text(batch.ids.to(device))
    return {
        "words": word_head.loss(pooled, batch.words.to(device)),
        "task": task_loss(model.predictor(pooled), batch.task.to(device)),
    }


def picture_losses(
    model: EmendModel, forward, batch: Batch, null_ids, alphas, device
) -> tuple[dict[str, torch.Tensor], torch.Tensor, torch.Tensor]:
    """(the losses of the picture and of the gate, pooled text states, which samples lost their text)"""
    source, target = model.encode(batch.source.to(device)), model.encode(batch.target.to(device))
    size = len(source)
    no_text, no_image = (mask.to(device) for mask in drop_conditions(size))
    t = sample_timesteps(size).to(device)
    noisy = add_noise(target, torch.randn_like(target), t, alphas)
    ids, task = batch.ids.to(device), batch.task.to(device)
    states, pooled = model.text(torch.where(no_text[:, None], null_ids, ids))
    vectors = model.task_embeddings[task] * (~no_text)[:, None]
    shown = source * (~no_image)[:, None, None, None]
    prediction = forward(noisy, t, shown, states, pooled, vectors)
    picture, gate = edit_loss(prediction, shown, target, model.config.patch_size)
    return {"picture": picture, "gate": gate}, pooled, no_text


def training_losses(
    model: EmendModel, forward, word_head: WordHead, batch: Batch, null_ids, alphas, device
) -> dict[str, torch.Tensor]:
    losses, pooled, no_text = picture_losses(model, forward, batch, null_ids, alphas, device)
    task = batch.task.to(device)
    return losses | {
        "task": task_loss(model.predictor(pooled[~no_text]), task[~no_text]),
        "words": word_head.loss(pooled[~no_text], batch.words.to(device)[~no_text]),
    }


@torch.no_grad()
def validate(model: EmendModel, tokenizer, null_ids, samples, batch_size: int = 40) -> tuple[dict, Batch, torch.Tensor]:
    """Edit score per task on held-out pairs, and the pictures of the first batch."""
    collate = Collate(tokenizer)
    scores: dict[str, list[tuple[float, float]]] = {}
    shown = None
    for at in range(0, len(samples), batch_size):
        batch = collate(samples[at : at + batch_size])
        device = null_ids.device
        out = edit(
            model,
            batch.source.to(device),
            batch.ids.to(device),
            batch.task.to(device),
            null_ids,
            make_scheduler(),
            steps=1,
        )
        out = out.cpu()
        shown = shown or (batch, out)
        for name, gain, keep in zip(
            [model.config.tasks[i] for i in batch.task], *edit_score(out, batch.source, batch.target), strict=True
        ):
            scores.setdefault(name, []).append((float(gain), float(keep)))
    table = {
        name: [round(sum(v) / len(v), 3) for v in zip(*rows, strict=True)] for name, rows in sorted(scores.items())
    }
    return table, *shown


def save(
    args, accelerator, model, ema, word_head, optimizers, tokenizer, null_ids, step, samples, seconds, validation
) -> None:
    if not accelerator.is_main_process:
        return
    state = {
        "model": accelerator.unwrap_model(model).state_dict(), "ema": ema.state_dict(),
        "words": word_head.state_dict(),
        "optimizers": [optimizer.state_dict() for optimizer in optimizers],
        "step": step, "samples": samples, "seconds": seconds,
    }  # fmt: skip
    save_state(args.out / "last.pt", state)
    notes = {"samples": samples, "steps": step, "minutes": round(seconds / 60)}
    if validation:
        with accelerator.autocast():
            table, batch, out = validate(ema, tokenizer, null_ids, validation)
        edits = [gain for gain, _ in table.values()]
        notes["validation"] = {"edit": round(sum(edits) / len(edits), 3), "tasks": table}
        print(json.dumps({"step": step, "validation": notes["validation"]}), flush=True)
        with (args.out / "validation.jsonl").open("a") as file:
            print(json.dumps({"step": step, "samples": samples, **notes["validation"]}), file=file)
        grid(batch, out).save(args.out / "latest.png")
    if args.export:
        export(ema, tokenizer, args.export, notes=notes)


if __name__ == "__main__":
    main()
