"""The noise schedule, taken from diffusers so that training and inference read the same config."""

import torch
from diffusers import DDIMScheduler
from torch import Tensor


def make_scheduler() -> DDIMScheduler:
    return DDIMScheduler(
        num_train_timesteps=1000,
        beta_schedule="scaled_linear",
        beta_start=0.00085,
        beta_end=0.012,
        prediction_type="sample",
        rescale_betas_zero_snr=True,
        timestep_spacing="trailing",
        clip_sample=False,
        set_alpha_to_one=True,
    )


def sample_timesteps(count: int, generator: torch.Generator | None = None) -> Tensor:
    """
    Timesteps in 0 … 999, most of them noisy: 70 % are pure noise, where the whole edit is decided from source and
    instruction; the others have a density that grows with t. With little noise the answer is nearly given, and a
    network that sees much of that reads colours off z_t instead of the text.
    """
    u, pure = torch.rand(count, generator=generator), torch.rand(count, generator=generator) < 0.7
    return torch.where(pure, 999.0, 999.0 * u.sqrt()).round().long()


def add_noise(clean: Tensor, noise: Tensor, t: Tensor, alphas_cumprod: Tensor) -> Tensor:
    """z_t = √ᾱ x + √(1−ᾱ) ε, per sample."""
    alpha = alphas_cumprod.to(clean)[t][:, None, None, None]
    return alpha.sqrt() * clean + (1 - alpha).sqrt() * noise
