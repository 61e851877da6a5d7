"""Tiny networks with random weights, and how a case of goldens is written."""

import json
import shutil
from pathlib import Path

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from safetensors.torch import save_file
from torch import Tensor, nn
from transformers import CLIPTextConfig, CLIPTextModel

ROOT = Path(__file__).resolve().parents[2] / "test" / "golden"


def new_case(name: str) -> Path:
    """An empty folder for a case."""
    folder = ROOT / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def randomise(module: nn.Module) -> nn.Module:
    """Moves every weight off its initial value, so that a forgotten bias or scale shows."""
    with torch.no_grad():
        for parameter in module.parameters():
            spread = 0.1 if parameter.dim() == 1 else 0.3 * parameter.std().item()
            parameter.add_(torch.randn_like(parameter) * spread)
    return module.eval()


def make_unet(**config) -> UNet2DConditionModel:
    defaults = {
        "sample_size": 8,
        "in_channels": 8,
        "out_channels": 4,
        "block_out_channels": (8, 16),
        "down_block_types": ("CrossAttnDownBlock2D", "DownBlock2D"),
        "up_block_types": ("UpBlock2D", "CrossAttnUpBlock2D"),
        "layers_per_block": 1,
        "cross_attention_dim": 12,
        "attention_head_dim": 2,
        "norm_num_groups": 4,
    }
    return randomise(UNet2DConditionModel(**(defaults | config)))


def make_vae(**config) -> AutoencoderKL:
    defaults = {
        "block_out_channels": (8, 16, 16),
        "down_block_types": ("DownEncoderBlock2D",) * 3,
        "up_block_types": ("UpDecoderBlock2D",) * 3,
        "layers_per_block": 1,
        "latent_channels": 4,
        "norm_num_groups": 4,
        "sample_size": 32,
    }
    return randomise(AutoencoderKL(**(defaults | config)))


def make_text_encoder(**config) -> CLIPTextModel:
    defaults = {
        "vocab_size": 600,
        "hidden_size": 12,
        "intermediate_size": 24,
        "num_hidden_layers": 2,
        "num_attention_heads": 3,
        "max_position_embeddings": 77,
    }
    return randomise(CLIPTextModel(CLIPTextConfig(**(defaults | config))))


def save_part(module: nn.Module, folder: Path, **options) -> None:
    """Saves a network as diffusers or transformers does, without notes about this machine."""
    module.save_pretrained(folder, safe_serialization=True, **options)
    config = folder / "config.json"
    values = json.loads(config.read_text())
    values.pop("_name_or_path", None)
    write_json(config, values)
    for file in folder.glob("*.safetensors"):
        file.chmod(0o644)


def save_golden(folder: Path, tensors: dict[str, Tensor]) -> None:
    """`golden.safetensors`: what goes in and what comes out of the reference."""
    save_file({name: value.detach().contiguous() for name, value in tensors.items()}, folder / "golden.safetensors")
    (folder / "golden.safetensors").chmod(0o644)


def write_json(file: Path, value) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n")
