"""Resumable training state, and the diffusers folder that the engine reads (docs/checkpoints.md)."""

import errno
import json
import os
import shutil
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from .config import ModelConfig
from .model import EmendModel
from .schedule import make_scheduler

DEFAULTS = {"steps": 1, "text_guidance": 1.0, "image_guidance": 1.0}
"""What an edit uses when the request names nothing (docs/benchmarks.md has the sweep that chose it)."""


def save_state(path: Path, state: dict) -> None:
    """Writes the file whole or not at all: an interrupted save leaves the last one."""
    part = path.with_suffix(".part")
    try:
        torch.save(state, part)
        os.replace(part, path)
    except RuntimeError as error:  # torch's zip writer reports a full disk so
        part.unlink(missing_ok=True)
        raise OSError(errno.ENOSPC, f"could not write {path}") from error
    except OSError:
        part.unlink(missing_ok=True)
        raise


def load_state(path: Path) -> dict:
    return torch.load(path, map_location="cpu", weights_only=True)


def _write_json(path: Path, value: dict) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=2) + "\n")


def export(model: EmendModel, tokenizer, folder: Path, dtype: torch.dtype = torch.float16, notes: dict | None = None):
    """Writes the checkpoint folder next to its place and swaps it in."""
    config: ModelConfig = model.config
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    _write_json(
        part / "model_index.json",
        {
            "_class_name": "EmendPipeline",
            "unet": ["diffusers", "UNet2DConditionModel"],
            "scheduler": ["diffusers", "DDIMScheduler"],
            "text_encoder": ["transformers", "CLIPTextModel"],
            "tokenizer": ["transformers", "PreTrainedTokenizerFast"],
            "image_codec": ["emend", "SpaceToDepth"],
            "edit_head": ["emend", "GatedEdit"],
            "tasks": ["emend", "TaskTable"],
            "defaults": DEFAULTS,
            "training": notes or {},
        },
    )
    unet, text = model.unet, model.text_encoder
    unet.save_config(part / "unet")
    save_file(_weights(unet.state_dict(), dtype), part / "unet" / "diffusion_pytorch_model.safetensors")
    text.config.save_pretrained(part / "text_encoder")
    save_file(_weights(text.state_dict(), dtype), part / "text_encoder" / "model.safetensors")
    tokenizer.save_pretrained(part / "tokenizer")
    make_scheduler().save_pretrained(part / "scheduler")
    _write_json(
        part / "image_codec" / "config.json",
        {"_class_name": "SpaceToDepth", "patch_size": config.patch_size, "image_size": config.image_size},
    )
    _write_json(
        part / "edit_head" / "config.json",
        {"_class_name": "GatedEdit", "patch_size": config.patch_size, "blur_sigmas": list(config.blur_sigmas)},
    )
    _write_json(
        part / "tasks" / "config.json",
        {"_class_name": "TaskTable", "tasks": list(config.tasks), "dim": config.width},
    )
    save_file(_weights({"task_embeddings": model.task_embeddings}, torch.float32), part / "tasks" / "model.safetensors")
    for file in part.rglob("*.safetensors"):  # safetensors makes them private to the user
        file.chmod(0o644)
    shutil.rmtree(folder, ignore_errors=True)
    part.rename(folder)


def _weights(state: dict, dtype: torch.dtype) -> dict:
    """Detached contiguous copies; buffers such as position ids are left out."""
    return {
        name: value.detach().to("cpu", dtype).contiguous().clone()
        for name, value in state.items()
        if value.is_floating_point()
    }


def exported_config(folder: Path) -> ModelConfig:
    """
    The sizes of an exported checkpoint folder's model.
    @raise FileNotFoundError, ValueError when it is none of ours
    """

    def read(name: str) -> dict:
        file = folder / name / "config.json"
        if not file.is_file():
            raise FileNotFoundError(f"{file} is not there: {folder} is no checkpoint that the trainer exported")
        return json.loads(file.read_text())

    unet, text, tasks = read("unet"), read("text_encoder"), read("tasks")
    codec, head = read("image_codec"), read("edit_head")
    try:
        channels = tuple(unet["block_out_channels"])
        return ModelConfig(
            image_size=codec["image_size"],
            patch_size=codec["patch_size"],
            block_out_channels=channels,
            attention=tuple(kind.startswith("CrossAttn") for kind in unet["down_block_types"]),
            layers_per_block=unet["layers_per_block"],
            head_dim=channels[0] // unet["attention_head_dim"][0],
            width=unet["cross_attention_dim"],
            text_layers=text["num_hidden_layers"],
            text_tokens=text["max_position_embeddings"],
            vocabulary=text["vocab_size"],
            blur_sigmas=tuple(head["blur_sigmas"]),
            tasks=tuple(tasks["tasks"]),
        )
    except KeyError as error:
        raise ValueError(f"{folder} lacks {error}: no checkpoint that the trainer exported") from None


def load_exported(model: EmendModel, folder: Path) -> None:
    """Fills `model` from an exported checkpoint folder: where to go on from when the run's own state is gone."""
    model.unet.load_state_dict(_floats(folder / "unet" / "diffusion_pytorch_model.safetensors"))
    model.text_encoder.load_state_dict(_floats(folder / "text_encoder" / "model.safetensors"), strict=False)
    tasks = _floats(folder / "tasks" / "model.safetensors")
    with torch.no_grad():
        model.task_embeddings.copy_(tasks["task_embeddings"])
        if "predictor.weight" in tasks:  # from before the task predictor stood alone
            model.predictor.weight.copy_(tasks["predictor.weight"])
            model.predictor.bias.copy_(tasks["predictor.bias"])


def _floats(file: Path) -> dict:
    return {name: value.float() for name, value in load_file(file).items()}
