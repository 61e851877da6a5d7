"""The networks of an InstructPix2Pix folder as modules with plain tensors in and out, for any runtime to take."""

from dataclasses import dataclass
from pathlib import Path

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from torch import Tensor, nn
from transformers import CLIPTextModel


class UNet(nn.Module):
    """sample [1, in, h, w], timestep [1], context [1, tokens, width], perhaps a class label → [1, out, h, w]"""

    def __init__(self, network: UNet2DConditionModel):
        super().__init__()
        self.network = network

    def forward(self, sample: Tensor, timestep: Tensor, context: Tensor, label: Tensor | None = None) -> Tensor:
        return self.network(sample, timestep, context, class_labels=label, return_dict=False)[0]


class TextEncoder(nn.Module):
    """ids [1, tokens] → states [1, tokens, width]"""

    def __init__(self, network: CLIPTextModel):
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor) -> Tensor:
        return self.network(ids).last_hidden_state


class Encoder(nn.Module):
    """pixels in [-1, 1], [1, 3, H, W] → the mode of the posterior, unscaled, [1, 4, H/8, W/8]"""

    def __init__(self, network: AutoencoderKL):
        super().__init__()
        self.network = network

    def forward(self, pixels: Tensor) -> Tensor:
        return self.network.encode(pixels).latent_dist.mode()


class Decoder(nn.Module):
    """latent, unscaled, [1, 4, h, w] → pixels [1, 3, 8h, 8w]"""

    def __init__(self, network: AutoencoderKL):
        super().__init__()
        self.network = network

    def forward(self, latent: Tensor) -> Tensor:
        return self.network.decode(latent, return_dict=False)[0]


@dataclass(frozen=True)
class Part:
    name: str
    #: Inputs by name, in the order in which `forward` takes them.
    example: dict[str, Tensor]


def load(folder: Path, name: str, dtype: torch.dtype = torch.float32) -> nn.Module:
    """One network of a checkpoint folder, ready to run."""
    wrapper, network, subfolder = {
        "unet": (UNet, UNet2DConditionModel, "unet"),
        "text_encoder": (TextEncoder, CLIPTextModel, "text_encoder"),
        "vae_encoder": (Encoder, AutoencoderKL, "vae"),
        "vae_decoder": (Decoder, AutoencoderKL, "vae"),
    }[name]
    loaded = network.from_pretrained(folder, subfolder=subfolder, torch_dtype=dtype)
    return wrapper(loaded).eval().requires_grad_(False)


def edit_parts(folder: Path, size: int) -> list[Part]:
    """What a whole edit of a square picture of `size` pixels needs, with inputs of the shapes that it gives them."""
    unet = UNet2DConditionModel.load_config(folder, subfolder="unet")
    vae = AutoencoderKL.load_config(folder, subfolder="vae")
    tokens = CLIPTextModel.config_class.from_pretrained(folder, subfolder="text_encoder").max_position_embeddings
    side = size // 2 ** (len(vae["block_out_channels"]) - 1)
    latent = torch.zeros(1, vae["latent_channels"], side, side)
    network = {
        "sample": torch.cat([latent, latent], dim=1),
        "timestep": torch.zeros(1),
        "context": torch.zeros(1, tokens, unet["cross_attention_dim"]),
    }
    return [
        Part("text_encoder", {"ids": torch.zeros(1, tokens, dtype=torch.int64)}),
        Part("vae_encoder", {"pixels": torch.zeros(1, 3, size, size)}),
        Part("unet", network),
        Part("vae_decoder", {"latent": latent}),
    ]
