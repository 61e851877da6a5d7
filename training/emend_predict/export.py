"""Writes the predictor as the engine reads it (docs/checkpoints.md): int8 rows with a scale each."""

import json
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from .corpus import LABELS
from .model import Predictor


def quantize(weight: Tensor) -> tuple[Tensor, Tensor]:
    """Symmetric int8 by row: weight ≈ codes · scale[:, None]."""
    scale = weight.abs().amax(1).clamp(min=1e-8) / 127
    return (weight / scale[:, None]).round().clamp(-127, 127).to(torch.int8), scale


@torch.no_grad()
def round_weights(model: Predictor) -> None:
    """Replaces every matrix by what its int8 form means, so that what is measured is what is bundled."""
    for module in model.modules():
        if isinstance(module, nn.Linear | nn.Embedding):
            codes, scale = quantize(module.weight)
            module.weight.copy_(codes.float() * scale[:, None])


def export(model: Predictor, tokenizer, folder: Path, notes: dict, prototypes: dict[str, Tensor]) -> None:
    """
    @param notes the temperature, the routing constants and the measurements, into config.json
    @param prototypes tensors for learned tasks' routing, float16
    """
    folder.mkdir(parents=True, exist_ok=True)
    tensors: dict[str, Tensor] = {}
    matrices = {f"{name}.weight" for name, m in model.named_modules() if isinstance(m, nn.Linear | nn.Embedding)}
    for name, value in model.state_dict().items():
        if name in matrices:
            tensors[name], tensors[f"{name}_scale"] = quantize(value)
        else:
            tensors[name] = value.contiguous()
    tensors |= {name: value.half().contiguous() for name, value in prototypes.items()}
    temporary = folder / "model.safetensors.tmp"
    save_file(tensors, str(temporary))
    temporary.rename(folder / "model.safetensors")
    for file in folder.glob("*.safetensors"):  # safetensors makes them private to the user
        file.chmod(0o644)
    tokenizer.save_pretrained(folder)
    (folder / "special_tokens_map.json").unlink(missing_ok=True)
    bert = model.encoder.config
    config = {
        "_class_name": "TaskPredictor",
        "labels": LABELS,
        "vocab_size": bert.vocab_size,
        "hidden_size": bert.hidden_size,
        "num_hidden_layers": bert.num_hidden_layers,
        "num_attention_heads": bert.num_attention_heads,
        "intermediate_size": bert.intermediate_size,
        "max_position_embeddings": bert.max_position_embeddings,
        "layer_norm_eps": bert.layer_norm_eps,
        "max_tokens": tokenizer.model_max_length,
        **notes,
    }
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")
