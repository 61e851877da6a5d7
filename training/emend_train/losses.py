"""What the model is trained on."""

import torch
import torch.nn.functional as F
from torch import Tensor

from .model import Prediction


def changed_pixels(source: Tensor, target: Tensor, patch_size: int) -> Tensor:
    """1 where any colour differs by more than a grey level: `[B, p², h, w]`, from codes."""
    p2 = patch_size**2
    difference = (source - target).abs().unflatten(1, (3, p2)).amax(1)
    return (difference > 1.5 / 127.5).float()


def edit_loss(prediction: Prediction, source: Tensor, target: Tensor, patch_size: int) -> tuple[Tensor, Tensor]:
    """
    (picture loss, gate loss). The picture loss is a pseudo-Huber distance (the score is an L1), averaged once over
    all pixels and once over the changed ones of each picture, so that a small object counts as much as a sky.
    """
    changed = changed_pixels(source, target, patch_size)
    # Pixels are cut off at black and white: beyond a target at the end of the scale nothing is wrong.
    picture = torch.where(target.abs() >= 1, prediction.picture.clamp(-1, 1), prediction.picture)
    huber = ((picture - target) ** 2 + 0.03**2).sqrt() - 0.03
    huber = huber.unflatten(1, (3, patch_size**2)).mean(1)
    everywhere = huber.mean()
    inside = ((huber * changed).sum((1, 2, 3)) / changed.sum((1, 2, 3)).clamp(min=8)).mean()
    gate = F.binary_cross_entropy_with_logits(prediction.gate_logits, 1 - changed)
    return everywhere + inside, gate


def task_loss(logits: Tensor, task: Tensor) -> Tensor:
    return F.cross_entropy(logits, task, label_smoothing=0.02)


@torch.no_grad()
def edit_score(output: Tensor, source: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
    """The benchmark's `edit` and `keep` per picture, from uint8 `[B, H, W, 3]`."""
    output, source, target = (x.float() / 255 for x in (output, source, target))
    changed = (source != target).any(-1, keepdim=True).float()
    missed = ((output - target).abs() * changed).sum((1, 2, 3))
    wanted = ((source - target).abs() * changed).sum((1, 2, 3)).clamp(min=1e-6)
    untouched = (1 - changed).sum((1, 2, 3)) * 3
    keep = ((output - source).abs() * (1 - changed)).sum((1, 2, 3)) / untouched.clamp(min=1)
    return 1 - missed / wanted, keep
