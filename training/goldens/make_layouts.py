"""
Writes test/golden/ldm and test/golden/torch: checkpoints in the layouts that are not diffusers' folders of safetensors,
and what diffusers and PyTorch make of them. Run from anywhere: `python training/goldens/make_layouts.py`.
"""

import collections
import gzip
import json
import re
import sys
import types
from pathlib import Path

import numpy as np
import torch
from components import make_text_encoder, make_unet, make_vae, new_case, save_golden
from diffusers import AutoencoderKL, UNet2DConditionModel
from diffusers.loaders.single_file_utils import (
    convert_ldm_clip_checkpoint,
    convert_ldm_unet_checkpoint,
    convert_ldm_vae_checkpoint,
)
from make_components import clip_tokenizer, ids_of, save_clip_files
from safetensors.torch import save
from texts import awkward_texts
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

UNET, VAE, TEXT = "model.diffusion_model.", "first_stage_model.", "cond_stage_model.transformer."

RESNET = [
    ("norm1", "in_layers.0"),
    ("conv1", "in_layers.2"),
    ("time_emb_proj", "emb_layers.1"),
    ("norm2", "out_layers.0"),
    ("conv2", "out_layers.3"),
    ("conv_shortcut", "skip_connection"),
]


def replaced(name: str, pairs: list[tuple[str, str]]) -> str:
    for new, old in pairs:
        name = name.replace(new, old)
    return name


def unet_to_ldm(name: str, levels: int, layers: int) -> str:
    """The original's name of a tensor of diffusers' UNet2DConditionModel."""
    start = [
        ("time_embedding.linear_1", "time_embed.0"),
        ("time_embedding.linear_2", "time_embed.2"),
        ("conv_in", "input_blocks.0.0"),
        ("conv_norm_out", "out.0"),
        ("conv_out", "out.2"),
        ("mid_block.resnets.0", "middle_block.0"),
        ("mid_block.attentions.0", "middle_block.1"),
        ("mid_block.resnets.1", "middle_block.2"),
    ]
    for new, old in start:
        if name.startswith(new):
            return old + replaced(name[len(new) :], RESNET if "resnets" in new else [])
    way, level, kind, number, rest = re.match(r"(down|up)_blocks\.(\d+)\.(\w+)\.(\d+)\.(.*)", name).groups()
    level, number = int(level), int(number)
    if way == "down":
        block = 1 + level * (layers + 1) + (layers if kind == "downsamplers" else number)
        part = {"resnets": "0", "attentions": "1", "downsamplers": "0.op"}[kind]
        block = f"input_blocks.{block}.{part}"
    else:
        block = level * (layers + 1) + (layers if kind == "upsamplers" else number)
        has_attention = level > 0  # the coarsest level has none
        part = {"resnets": "0", "attentions": "1", "upsamplers": "2.conv" if has_attention else "1.conv"}[kind]
        block = f"output_blocks.{block}.{part}"
    if kind == "resnets":
        rest = replaced(rest, RESNET)
    return f"{block}.{rest.removeprefix('conv.') if kind.endswith('samplers') else rest}"


def vae_to_ldm(name: str, levels: int) -> str:
    """The original's name of a tensor of diffusers' AutoencoderKL."""
    name = re.sub(r"up_blocks\.(\d+)", lambda match: f"up.{levels - 1 - int(match[1])}", name)
    name = re.sub(r"mid_block\.resnets\.(\d)", lambda match: f"mid.block_{int(match[1]) + 1}", name)
    if "mid_block.attentions.0" in name:
        pairs = [("group_norm", "norm"), ("to_q", "q"), ("to_k", "k"), ("to_v", "v"), ("to_out.0", "proj_out")]
        return replaced(name.replace("mid_block.attentions.0", "mid.attn_1"), pairs)
    pairs = [
        ("down_blocks.", "down."),
        (".resnets.", ".block."),
        ("downsamplers.0", "downsample"),
        ("upsamplers.0", "upsample"),
        ("conv_shortcut", "nin_shortcut"),
        ("conv_norm_out", "norm_out"),
    ]
    return replaced(name, pairs)


def to_ldm(unet, vae, text) -> dict[str, torch.Tensor]:
    """All networks in one table under the original's names; diffusers' own converters must give them back."""
    layers, levels = unet.config.layers_per_block, len(unet.config.block_out_channels)
    table = {UNET + unet_to_ldm(name, levels, layers): value for name, value in unet.state_dict().items()}
    for name, value in vae.state_dict().items():
        conv = "mid_block.attentions" in name and value.ndim == 2
        table[VAE + vae_to_ldm(name, len(vae.config.block_out_channels))] = value[:, :, None, None] if conv else value
    for name, value in text.state_dict().items():
        # transformers 5 dropped the prefix that all published files have.
        table[f"{TEXT}text_model.{name.removeprefix('text_model.')}"] = value
    return table


def check(found: dict, module) -> None:
    """Whether these are a network's names, shapes and, where it has any, values."""
    wanted = module.state_dict()
    assert found.keys() == wanted.keys(), found.keys() ^ wanted.keys()
    for name, value in wanted.items():
        assert found[name].shape == value.shape, name
        if value.device.type != "meta":
            assert torch.equal(found[name].to(value.dtype), value), name


def converted(table: dict, unet, vae) -> tuple[dict, dict]:
    """What diffusers makes of a file with these tensors."""
    found = convert_ldm_unet_checkpoint(dict(table), unet.config), convert_ldm_vae_checkpoint(dict(table), vae.config)
    check(found[0], unet)
    check(found[1], vae)
    return found


def make_ldm() -> None:
    """A tiny editing model in one file. The original's networks have 32 groups, 8 heads and text heads of 64."""
    torch.manual_seed(200)
    folder, tokenizer = new_case("ldm"), clip_tokenizer(77)
    unet = make_unet(
        block_out_channels=(32, 32), norm_num_groups=32, attention_head_dim=8, cross_attention_dim=64, sample_size=64
    )
    vae = make_vae(
        block_out_channels=(32, 32), norm_num_groups=32, down_block_types=("DownEncoderBlock2D",) * 2,
        up_block_types=("UpDecoderBlock2D",) * 2,
    )  # fmt: skip
    text = make_text_encoder(
        vocab_size=len(tokenizer), hidden_size=64, intermediate_size=128, num_hidden_layers=1, num_attention_heads=1,
        eos_token_id=2,
    )  # fmt: skip
    for parameter in (p for module in (unet, vae, text) for p in module.parameters()):
        parameter.data = (parameter.data * 64).round() / 64  # exact in half precision, and small when compressed
    table = to_ldm(unet, vae, text)
    converted(table, unet, vae)
    found = convert_ldm_clip_checkpoint(dict(table))
    assert {name.removeprefix("text_model.") for name in found} == {
        name.removeprefix("text_model.") for name in text.state_dict()
    }
    extra = {
        "alphas_cumprod": torch.linspace(0.99, 0.01, 1000),
        f"{TEXT}text_model.embeddings.position_ids": torch.arange(77)[None],
    }
    file = save({name: value.half().contiguous() for name, value in table.items()} | extra)
    (folder / "editor.safetensors.gz").write_bytes(gzip.compress(file, mtime=0))
    save_clip_files(tokenizer, folder / "tokenizer")

    ids = torch.tensor(ids_of(tokenizer, ["make the boat red"], 77))
    picture = torch.randint(0, 256, (1, 8, 16, 3), dtype=torch.uint8)
    noisy, timestep = torch.randn(1, 4, 4, 8), torch.tensor([601.0])
    with torch.no_grad():
        encoded = text(ids)
        planes = picture.permute(0, 3, 1, 2).float() / 127.5 - 1
        image = vae.encode(planes).latent_dist.mode()
        out = unet(torch.cat([noisy, image], 1), timestep, encoded.last_hidden_state).sample
        decoded = vae.decode(noisy / vae.config.scaling_factor).sample
    golden = {
        "states": encoded.last_hidden_state, "pooled": encoded.pooler_output, "picture": picture.float(),
        "image": image, "noisy": noisy, "timestep": timestep, "out": out, "decoded": decoded,
    }  # fmt: skip
    save_golden(folder, golden)


def make_names() -> None:
    """Names and shapes of the original InstructPix2Pix, full size, and what diffusers makes of each."""
    with torch.device("meta"):
        unet = UNet2DConditionModel(in_channels=8, cross_attention_dim=768)
        vae = AutoencoderKL(
            block_out_channels=(128, 256, 512, 512), layers_per_block=2,
            down_block_types=("DownEncoderBlock2D",) * 4, up_block_types=("UpDecoderBlock2D",) * 4,
        )  # fmt: skip
        text = CLIPTextModel(CLIPTextConfig(hidden_size=768, intermediate_size=3072, num_attention_heads=12))
        table = to_ldm(unet, vae, text)
    # Every tensor holds its own number, once in memory, which shows through whatever view diffusers makes of it.
    order = list(table)
    numbered = {name: torch.tensor(float(i)).expand(table[name].shape) for i, name in enumerate(order)}
    names = {
        part: {new: order[int(value.flatten()[0])] for new, value in found.items()}
        for part, found in zip(("unet", "vae"), converted(numbered, unet, vae), strict=True)
    }
    shapes = {name: list(value.shape) for name, value in table.items()}
    configs = {
        part: {key: value for key, value in module.config.items() if not key.startswith("_")}
        for part, module in (("unet", unet), ("vae", vae))
    }
    cases = {"shapes": shapes, "names": names, "configs": configs}
    (new_case("ldm-names") / "names.json").write_text(json.dumps(cases, separators=(",", ":")) + "\n")


def make_vocabulary() -> None:
    """What transformers makes of awkward texts with the bundled vocabulary of CLIP."""
    tokenizer = CLIPTokenizer.from_pretrained(Path(__file__).resolve().parents[2] / "models/clip/tokenizer")
    texts = ["a photo of a cat", *awkward_texts()]
    ids = dict(zip(texts, ids_of(tokenizer, texts, 77), strict=True))
    (new_case("clip-vocabulary") / "texts.json").write_text(json.dumps(ids, ensure_ascii=False) + "\n")


def fake_class(module: str, name: str) -> type:
    """A class of a library that is not installed, so that it can be pickled by its name."""
    parts = module.split(".")
    for i in range(1, len(parts) + 1):
        sys.modules.setdefault(".".join(parts[:i]), types.ModuleType(".".join(parts[:i])))
    made = type(name, (), {"__module__": module})
    setattr(sys.modules[module], name, made)
    return made


def make_torch() -> None:
    """Files that torch.save writes."""
    torch.manual_seed(210)
    folder = new_case("torch")
    base = torch.randn(4, 6)
    weights = {
        "float": base,
        "rows": base[1:3],  # a view of the same storage
        "transposed": base.t(),
        "columns": base[:, 1:4:2],
        "channels_last": torch.randn(2, 3, 2, 2).to(memory_format=torch.channels_last),
        "half": torch.randn(5).half(),
        "bfloat": torch.randn(5).bfloat16(),
        "double": torch.randn(3, dtype=torch.float64),
        "parameter": torch.nn.Parameter(torch.randn(2, 2)),
        "scalar": torch.tensor(1.5),
        "empty": torch.empty(0, 3),
        "one": torch.randn(1, 1, 3),
    }
    state = collections.OrderedDict(weights)
    state._metadata = collections.OrderedDict({"": {"version": 1}})
    numbers = {"steps": torch.arange(3), "mask": torch.tensor([True, False])}
    torch.save(state | numbers, folder / "state.bin")
    torch.save(state | numbers, folder / "protocol4.bin", pickle_protocol=4)
    torch.save(torch.nn.Linear(3, 2).state_dict(), folder / "linear.bin")
    torch.save(state, folder / "before-1.6.bin", _use_new_zipfile_serialization=False)
    torch.serialization.set_crc32_options(False)
    torch.save(state, folder / "no-checksums.bin")
    torch.serialization.set_crc32_options(True)

    checkpoint_class = fake_class("pytorch_lightning.callbacks.model_checkpoint", "ModelCheckpoint")
    list_class = fake_class("omegaconf.listconfig", "ListConfig")
    settings = list_class()
    settings.content = [1, 2, 3]
    training = {
        "epoch": 52,
        "global_step": 4999,
        "pytorch-lightning_version": "1.4.2",
        "state_dict": state,
        "callbacks": {checkpoint_class: {"best_model_score": torch.tensor(0.25), "current": np.float64(0.5)}},
        "optimizer_states": [{"state": {0: {"exp_avg": torch.ones(3)}}, "param_groups": [{"betas": (0.9, 0.999)}]}],
        "lr_schedulers": [{"last": np.array([1.0, 2.0])}],
        "hyper_parameters": {"settings": settings, "dtype": torch.float32},
    }
    torch.save(training, folder / "lightning.ckpt")
    save_golden(folder, {name: value.detach().float().clone() for name, value in weights.items()})
    for file in folder.iterdir():
        file.chmod(0o644)


if __name__ == "__main__":
    make_ldm()
    make_names()
    make_vocabulary()
    make_torch()
