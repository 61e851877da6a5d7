"""DDIM sampling in PyTorch: for the trainer's pictures and as the engine's reference."""

import torch
from torch import Tensor

from .model import EmendModel


@torch.no_grad()
def edit(
    model: EmendModel,
    pictures: Tensor,
    ids: Tensor,
    task: Tensor,
    null_ids: Tensor,
    scheduler,
    steps: int = 8,
    text_guidance: float = 1.0,
    seed: int = 0,
) -> Tensor:
    """Edited pictures, uint8 `[B, H, W, 3]`, with image guidance 1: x̂ = s_T c + (1 − s_T) i (METHOD §1)."""
    source = model.encode(pictures)
    generator = torch.Generator().manual_seed(seed)
    z = torch.randn(source.shape, generator=generator).to(source)
    vectors = model.task_embeddings[task].to(source)
    text = model.text(ids)
    no_text = model.text(null_ids.expand(len(ids), -1))
    scheduler.set_timesteps(steps)
    for t in scheduler.timesteps:
        times = torch.full((len(z),), int(t), device=z.device)
        x = model(z, times, source, *text, vectors).picture
        if text_guidance != 1:
            without = model(z, times, source, *no_text, torch.zeros_like(vectors)).picture
            x = text_guidance * x + (1 - text_guidance) * without
        z = scheduler.step(x, t, z).prev_sample
    return model.decode(z)
