"""A pass forward and back through a frozen U-Net, by its last context token: what task inversion does."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch

from .parts import load


def differentiator(folder: Path, inputs: dict[str, np.ndarray]) -> Callable[[], np.ndarray]:
    """With gradient checkpointing, in float32; gives the token's gradient."""
    unet = load(folder, "unet").network.train()  # diffusers recomputes in training mode only
    unet.enable_gradient_checkpointing()
    tensors = {name: torch.from_numpy(array) for name, array in inputs.items()}
    sample, context = tensors["sample"], tensors["context"]
    token = context[:, -1:].clone().requires_grad_()
    target = torch.rand(1, unet.config.out_channels, *sample.shape[2:])

    def evaluate() -> np.ndarray:
        token.grad = None
        states = torch.cat([context[:, :-1], token], dim=1)
        prediction = unet(sample, tensors["timestep"], states, class_labels=tensors.get("label")).sample
        torch.nn.functional.mse_loss(prediction, target).backward()
        return token.grad.numpy()

    return evaluate
