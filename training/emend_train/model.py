"""The bundled model: a diffusers U-Net, a CLIP text encoder, a task table and a gated head (docs/checkpoints.md)."""

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from diffusers import UNet2DConditionModel
from diffusers.models.attention_processor import AttnProcessor
from torch import Tensor, nn
from transformers import CLIPTextConfig, CLIPTextModel

from .config import ModelConfig
from .tokenizer import BOS, EOS, PAD


@dataclass
class Prediction:
    picture: Tensor
    """x̂, codes `[B, 3p², h, w]`."""
    gate_logits: Tensor
    """`[B, p², h, w]`; sigmoid 1 keeps the source's pixel."""


def build_unet(config: ModelConfig) -> UNet2DConditionModel:
    channels = config.block_out_channels
    return UNet2DConditionModel(
        sample_size=config.image_size // config.patch_size,
        in_channels=2 * config.code_channels + 2,  # and each cell's place (`coordinates`)
        out_channels=config.head_channels,
        block_out_channels=channels,
        layers_per_block=config.layers_per_block,
        down_block_types=tuple("CrossAttnDownBlock2D" if a else "DownBlock2D" for a in config.attention),
        up_block_types=tuple("CrossAttnUpBlock2D" if a else "UpBlock2D" for a in reversed(config.attention)),
        attention_head_dim=tuple(c // config.head_dim for c in channels),
        cross_attention_dim=config.width,
        # Task vector and pooled text reach every block as scale and shift, also where there is no attention.
        class_embed_type="simple_projection",
        projection_class_embeddings_input_dim=2 * config.width,
        resnet_time_scale_shift="scale_shift",
        norm_num_groups=32,
    )


def build_text_encoder(config: ModelConfig, tokenizer) -> CLIPTextModel:
    text_config = CLIPTextConfig(
        vocab_size=len(tokenizer),
        hidden_size=config.width,
        intermediate_size=4 * config.width,
        num_hidden_layers=config.text_layers,
        num_attention_heads=config.width // config.head_dim,
        max_position_embeddings=config.text_tokens,
        pad_token_id=tokenizer.convert_tokens_to_ids(PAD),
        bos_token_id=tokenizer.convert_tokens_to_ids(BOS),
        eos_token_id=tokenizer.convert_tokens_to_ids(EOS),
    )
    text_config._attn_implementation = "eager"  # short sequences: plain matmuls beat the fused CPU kernel
    return CLIPTextModel(text_config)


class EmendModel(nn.Module):
    def __init__(self, config: ModelConfig, tokenizer) -> None:
        super().__init__()
        self.config = config
        self.unet = build_unet(config)
        # On CPU the fused attention's backward took a third of a step; plain matmuls a tenth (256 tokens at most).
        self.unet.set_attn_processor(AttnProcessor())
        with torch.no_grad():  # the first prediction copies the source
            self.unet.conv_out.weight.mul_(0.1)
        self.text_encoder = build_text_encoder(config, tokenizer)
        self.task_embeddings = nn.Parameter(torch.randn(len(config.tasks), config.width) * 0.5)
        self.predictor = nn.Linear(config.width, len(config.tasks))

    def encode(self, pictures: Tensor) -> Tensor:
        """uint8 `[B, H, W, 3]` to codes `[B, 3p², H/p, W/p]` in [-1, 1]."""
        return F.pixel_unshuffle(pictures.permute(0, 3, 1, 2).float() / 127.5 - 1, self.config.patch_size)

    def decode(self, codes: Tensor) -> Tensor:
        """Codes to uint8 `[B, H, W, 3]`."""
        pixels = F.pixel_shuffle(codes.float(), self.config.patch_size).clamp(-1, 1)
        return ((pixels + 1) * 127.5).round().to(torch.uint8).permute(0, 2, 3, 1)

    def text(self, ids: Tensor) -> tuple[Tensor, Tensor]:
        """Token ids `[B, T]` to states `[B, T, width]` and the pooled state `[B, width]` (at the end-of-text token)."""
        out = self.text_encoder(input_ids=ids)
        return out.last_hidden_state, out.pooler_output

    def forward(
        self, noisy: Tensor, t: Tensor, source: Tensor, states: Tensor, pooled: Tensor, task: Tensor
    ) -> Prediction:
        """x̂ from z_t (`noisy`), t `[B]`, E(c_I) (`source`), text and task vectors `[B, width]` (METHOD §1)."""
        context = torch.cat([states, task[:, None].to(states.dtype)], dim=1)
        label = torch.cat([task, pooled.to(task.dtype)], dim=1)
        sample = torch.cat([noisy, source, coordinates(source)], dim=1)
        raw = self.unet(sample, t, context, class_labels=label).sample
        return self.head(raw.float(), source)

    def head(self, raw: Tensor, source: Tensor) -> Prediction:
        """GatedEdit (docs/checkpoints.md)."""
        p2, sigmas = self.config.patch_size**2, self.config.blur_sigmas
        b, m, a, matrix, shares = raw.split([3 * p2, p2, p2, 9, len(sigmas)], dim=1)
        size = raw.shape[-2:]
        s = source.unflatten(1, (3, p2))
        change = a[:, None] * s + b.unflatten(1, (3, p2))
        change = change + torch.einsum("nijhw,njphw->niphw", matrix.unflatten(1, (3, 3)), s)
        for share, sigma in zip(shares.split(1, dim=1), sigmas, strict=True):
            soft = blur(source, sigma, self.config.patch_size).unflatten(1, (3, p2))
            change = change + share[:, None] * (soft - s)
        change = change.reshape(len(raw), 3 * p2, *size)
        return Prediction(source + (1 - m.sigmoid().repeat(1, 3, 1, 1)) * change, m)


def coordinates(code: Tensor) -> Tensor:
    """Where each cell is: x from the left and y from the top, the cells' centres in (-1, 1): `[B, 2, h, w]`."""
    n, _, h, w = code.shape
    x = (torch.arange(w, device=code.device, dtype=code.dtype) * 2 + 1) / w - 1
    y = (torch.arange(h, device=code.device, dtype=code.dtype) * 2 + 1) / h - 1
    return torch.stack([x.expand(h, w), y[:, None].expand(h, w)]).expand(n, -1, -1, -1)


def blur(code: Tensor, sigma: float, patch: int) -> Tensor:
    """The picture of a code, blurred by a Gaussian of `sigma` pixels (radius ⌈2.5 σ⌉, edges repeated), as a code."""
    radius = math.ceil(2.5 * sigma)
    at = torch.arange(-radius, radius + 1, device=code.device, dtype=code.dtype)
    kernel = torch.exp(-(at**2) / (2 * sigma**2))
    kernel = (kernel / kernel.sum())[None, None, None]
    pixels = F.pixel_shuffle(code, patch)
    flat = F.pad(pixels.flatten(0, 1)[:, None], (radius,) * 4, mode="replicate")
    flat = F.conv2d(F.conv2d(flat, kernel), kernel.transpose(2, 3))
    return F.pixel_unshuffle(flat[:, 0].unflatten(0, pixels.shape[:2]), patch)
