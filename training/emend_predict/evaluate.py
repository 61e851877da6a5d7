"""What the predictor is measured by: top-1, top-2, calibration."""

import torch
import torch.nn.functional as F
from torch import Tensor

from .corpus import LABELS, NONE, TASKS, Sentence
from .model import Predictor


@torch.no_grad()
def run(model: Predictor, tokenizer, texts: list[str], batch_size: int = 64) -> tuple[Tensor, Tensor]:
    """Logits `[N, 17]` and embeddings `[N, width]` of texts."""
    model.eval()
    logits, embeddings = [], []
    for at in range(0, len(texts), batch_size):
        batch = tokenizer(texts[at : at + batch_size], padding=True, truncation=True, return_tensors="pt")
        a, b = model(batch.input_ids, batch.attention_mask)
        logits.append(a.float())
        embeddings.append(b.float())
    return torch.cat(logits), torch.cat(embeddings)


def labels_of(sentences: list[Sentence]) -> Tensor:
    return torch.tensor([LABELS.index(sentence.task) for sentence in sentences])


def fit_temperature(logits: Tensor, labels: Tensor) -> float:
    """The temperature that minimises the negative log-likelihood (Guo et al. 2017), by a fine grid."""
    grid = torch.logspace(-0.7, 0.7, 141)
    losses = torch.stack([F.cross_entropy(logits / t, labels) for t in grid])
    return float(grid[losses.argmin()])


def calibration_error(probabilities: Tensor, labels: Tensor, bins: int = 15) -> float:
    """Expected calibration error of the top probability, equal-width bins."""
    confidence, guess = probabilities.max(1)
    right = (guess == labels).float()
    which = (confidence * bins).long().clamp(max=bins - 1)
    return sum(
        float((which == b).float().mean() * (right[which == b].mean() - confidence[which == b].mean()).abs())
        for b in range(bins)
        if (which == b).any()
    )


def measure(logits: Tensor, sentences: list[Sentence], temperature: float) -> dict:
    """Scores over the sixteen tasks (edits only), and how well what is no edit is told from edits."""
    labels = labels_of(sentences)
    none = LABELS.index(NONE)
    edits = labels != none
    tasks = (logits[edits] / temperature)[:, : len(TASKS)].softmax(1)
    truth = labels[edits]
    top = tasks.topk(2, dim=1).indices
    probability_none = (logits / temperature).softmax(1)[:, none]
    called_none = probability_none > 0.5
    per_task = {
        name: round(float((top[truth == i, 0] == i).float().mean()), 4)
        for i, name in enumerate(TASKS)
        if (truth == i).any()
    }
    return {
        "sentences": int(edits.sum()),
        "top1": round(float((top[:, 0] == truth).float().mean()), 4),
        "top2": round(float((top == truth[:, None]).any(1).float().mean()), 4),
        "ece": round(calibration_error(tasks, truth), 4),
        "per_task": per_task,
        "none_recall": round(float(called_none[~edits].float().mean()), 4) if (~edits).any() else None,
        "edits_called_none": round(float(called_none[edits].float().mean()), 4),
    }
