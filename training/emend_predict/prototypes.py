"""
Routing to tasks that are learned later (METHOD §4), without retraining: each known task is summed up by a few
prototypes in the embedding space (k-means of its sentences; Snell et al. 2017), a learned task by the embeddings of its
description and examples. A sentence goes to the learned task when it is nearer to that than to anything known, by a
rule whose constants are fitted here with every known task in turn in the part of the learned one.
"""

import random

import torch
import torch.nn.functional as F
from torch import Tensor

from .corpus import TASKS, Sentence
from .evaluate import run
from .model import Predictor

PROTOTYPES = 16
"""Prototypes for each known task."""
EXAMPLES = 5
"""Sentences that stand for a task in the part of a learned one."""
FALSE_ALARMS = 0.006
"""Share of other tasks' sentences that one learned task may take away, on the dev split."""


def k_means(points: Tensor, count: int, rounds: int = 12) -> Tensor:
    """Unit centroids `[count, D]` of unit points `[N, D]`, by cosine."""
    generator = torch.Generator().manual_seed(0)
    centres = points[torch.randperm(len(points), generator=generator)[:count]].clone()
    for _ in range(rounds):
        nearest = (points @ centres.T).argmax(1)
        for i in range(len(centres)):
            if (nearest == i).any():
                centres[i] = points[nearest == i].mean(0)
        centres = F.normalize(centres, dim=1)
    return centres


def nearness(embeddings: Tensor, prototypes: Tensor) -> Tensor:
    """The mean cosine to the two nearest prototypes, `[N]`: one odd example then does not decide."""
    top = (embeddings @ prototypes.T).topk(min(2, len(prototypes)), dim=1).values
    return top.mean(1)


def routing(model: Predictor, tokenizer, train: list[Sentence], dev: list[Sentence]) -> tuple[dict, dict[str, Tensor]]:
    """(notes for config.json, tensors): the known prototypes and the fitted rule, with what it scores on dev."""
    train = [s for s in train if s.task in TASKS]
    dev = [s for s in dev if s.task in TASKS]
    _, points = run(model, tokenizer, [s.text for s in train])
    _, queries = run(model, tokenizer, [s.text for s in dev])
    tasks = torch.tensor([TASKS.index(s.task) for s in train])
    truth = torch.tensor([TASKS.index(s.task) for s in dev])
    known = torch.stack([k_means(points[tasks == i], PROTOTYPES) for i in range(len(TASKS))])

    features, labels = [], []
    rng = random.Random(0)
    for i in range(len(TASKS)):
        own = (tasks == i).nonzero()[:, 0].tolist()
        others = known[torch.arange(len(TASKS)) != i].flatten(0, 1)
        for _ in range(3):
            near = nearness(queries, points[rng.sample(own, EXAMPLES)])
            features.append(torch.stack([near, nearness(queries, others)], 1))
            labels.append(truth == i)
    x, y = torch.cat(features), torch.cat(labels).float()
    weights, bias = _logistic(x, y)
    # A known task must not lose its sentences: move the bias until few of them are taken away.
    scores = x @ weights
    threshold = scores[y == 0].quantile(1 - FALSE_ALARMS)
    bias = -float(threshold)
    routed = scores + bias > 0
    notes = {
        "routing": {
            "near": round(float(weights[0]), 3),
            "known": round(float(weights[1]), 3),
            "bias": round(bias, 3),
            "examples": EXAMPLES,
            "false_alarms": round(float(routed[y == 0].float().mean()), 4),
            "found": round(float(routed[y == 1].float().mean()), 4),
        }
    }
    return notes, {"prototypes": known}


def _logistic(x: Tensor, y: Tensor) -> tuple[Tensor, float]:
    """Logistic regression of y on x `[N, 2]`, both classes weighing the same."""
    w = torch.zeros(2, requires_grad=True)
    b = torch.zeros((), requires_grad=True)
    weight = torch.where(y == 1, 0.5 / y.mean(), 0.5 / (1 - y.mean()))
    optimizer = torch.optim.LBFGS([w, b], max_iter=200)

    def closure():
        optimizer.zero_grad()
        loss = F.binary_cross_entropy_with_logits(x @ w + b, y, weight) + 1e-4 * (w**2).sum()
        loss.backward()
        return loss

    optimizer.step(closure)
    return w.detach(), float(b)
