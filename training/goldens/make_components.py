"""
Writes test/golden/<case>: tiny checkpoints with random weights, and what diffusers and transformers compute with them.
The engine's tests compare with it. Run from anywhere: `python training/goldens/make_components.py`.
"""

import json
import math

import torch
import torch.nn.functional as F
from components import (
    make_text_encoder,
    make_unet,
    make_vae,
    new_case,
    save_golden,
    save_part,
    write_json,
)  # fmt: skip
from diffusers import DDIMScheduler, EulerAncestralDiscreteScheduler, StableDiffusionInstructPix2PixPipeline
from safetensors.torch import save_file
from scipy.ndimage import gaussian_filter
from texts import CORPUS, awkward_texts
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import CLIPTokenizer, PreTrainedTokenizerFast

SMALL = dict(down_block_types=("DownBlock2D",) * 2, up_block_types=("UpBlock2D",) * 2, mid_block_type=None)

UNETS = {
    "unet-sd": dict(
        block_out_channels=(8, 16, 16, 16),
        down_block_types=("CrossAttnDownBlock2D",) * 3 + ("DownBlock2D",),
        up_block_types=("UpBlock2D",) + ("CrossAttnUpBlock2D",) * 3,
        layers_per_block=2,
    ),
    "unet-class-timestep": dict(SMALL, class_embed_type="timestep"),
    "unet-class-identity": dict(SMALL, class_embed_type="identity"),
    "unet-class-projection": dict(SMALL, class_embed_type="projection", projection_class_embeddings_input_dim=10),
    "unet-class-simple": dict(SMALL, class_embed_type="simple_projection", projection_class_embeddings_input_dim=10),
    "unet-class-concat": dict(
        SMALL, class_embed_type="simple_projection", projection_class_embeddings_input_dim=10,
        class_embeddings_concat=True,
    ),
    "unet-class-index": dict(SMALL, num_class_embeds=5),
    "unet-heads": dict(
        attention_head_dim=[1, 4],
        use_linear_projection=True,
        down_block_types=("CrossAttnDownBlock2D",) * 2,
        up_block_types=("CrossAttnUpBlock2D",) * 2,
        transformer_layers_per_block=[1, 2],
        only_cross_attention=[False, True],
        upcast_attention=True,
    ),
    "unet-blocks": dict(
        block_out_channels=(8, 12, 16),
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "UpBlock2D", "CrossAttnUpBlock2D"),
        layers_per_block=[1, 2, 1],
        attention_head_dim=4,
        mid_block_type="UNetMidBlock2D",
        mid_block_scale_factor=1.5,
        downsample_padding=0,
        center_input_sample=True,
        flip_sin_to_cos=False,
        freq_shift=1,
        norm_eps=1e-4,
        conv_in_kernel=1,
        conv_out_kernel=5,
        time_embedding_dim=20,
    ),
    "unet-scale-shift": dict(
        resnet_time_scale_shift="scale_shift", mid_block_type=None, act_fn="gelu", time_embedding_act_fn="silu"
    ),
}  # fmt: skip

LABELS = {
    "timestep": torch.tensor([3.0]),
    "identity": torch.randn(1, 32, generator=torch.Generator().manual_seed(1)),
    "projection": torch.randn(1, 10, generator=torch.Generator().manual_seed(2)),
    "simple": torch.randn(1, 10, generator=torch.Generator().manual_seed(2)),
    "concat": torch.randn(1, 10, generator=torch.Generator().manual_seed(2)),
    "index": torch.tensor([3]),
}


def unet_golden(unet, name: str, size: tuple[int, int]) -> dict[str, torch.Tensor]:
    config = unet.config
    inputs = {
        "sample": torch.randn(1, config.in_channels, *size),
        "timestep": torch.tensor([601.0]),
        "context": torch.randn(1, 7, config.cross_attention_dim),
    }
    label = LABELS.get(name.removeprefix("unet-class-")) if name.startswith("unet-class-") else None
    with torch.no_grad():
        out = unet(inputs["sample"], inputs["timestep"], inputs["context"], class_labels=label).sample
    return inputs | ({} if label is None else {"class_label": label}) | {"out": out} | gradients(unet, inputs, label)


def gradients(unet, inputs: dict, label: torch.Tensor | None) -> dict[str, torch.Tensor]:
    """A target, the mean squared distance from it, and its gradients by sample, context and a vector as label."""
    sample, context = (inputs[name].clone().requires_grad_() for name in ("sample", "context"))
    vector = label.clone().requires_grad_() if label is not None and label.ndim == 2 else label
    out = unet(sample, inputs["timestep"], context, class_labels=vector).sample
    target = torch.randn_like(out)
    loss = F.mse_loss(out, target)
    loss.backward()
    found = {"target": target, "loss": loss.detach()[None], "d_sample": sample.grad}
    if context.grad is not None:  # some cases have no attention
        found["d_context"] = context.grad
    if vector is not None and vector.grad is not None:
        found["d_class_label"] = vector.grad
    return found


def make_unets() -> None:
    for seed, (name, config) in enumerate(UNETS.items()):
        torch.manual_seed(seed)
        folder, unet = new_case(name), make_unet(**config)
        save_part(unet, folder / "unet")
        # 8 x 12 does not halve three times: the way up then follows the sizes of the way down.
        save_golden(folder, unet_golden(unet, name, (8, 12)))


def make_precisions() -> None:
    """The same U-Net in shards, in half precision, in bfloat16: the golden is float32 arithmetic on those weights."""
    for name, dtype, options in (
        ("unet-sharded", torch.float32, {"max_shard_size": "80KB"}),
        ("unet-fp16", torch.float16, {"variant": "fp16"}),
        ("unet-bf16", torch.bfloat16, {}),
    ):
        torch.manual_seed(50)
        folder, unet = new_case(name), make_unet().to(dtype)
        save_part(unet, folder / "unet", **options)
        save_golden(folder, unet_golden(unet.float(), name, (8, 8)))


def make_autoencoders() -> None:
    for name, config in {
        "vae": {},
        "vae-plain": dict(use_quant_conv=False, use_post_quant_conv=False, mid_block_add_attention=False),
    }.items():  # fmt: skip
        torch.manual_seed(60)
        folder, vae = new_case(name), make_vae(**config)
        save_part(vae, folder / "vae")
        picture, latent = torch.rand(1, 3, 24, 16) * 2 - 1, torch.randn(1, 4, 4, 6)
        with torch.no_grad():
            mode, decoded = vae.encode(picture).latent_dist.mode(), vae.decode(latent).sample
        save_golden(folder, {"picture": picture, "mode": mode, "latent": latent, "decoded": decoded})


def clip_tokenizer(length: int) -> CLIPTokenizer:
    """CLIP's tokenizer with a small vocabulary of its own."""
    empty = CLIPTokenizer(vocab={"<|startoftext|>": 0, "<|endoftext|>": 1}, merges=[])
    # OpenAI's order: bytes, bytes that end a word, merged tokens, the two special tokens last.
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokens = alphabet + [f"{letter}</w>" for letter in alphabet]
    # Ties between pairs are broken by id, and only what is listed here has the same id in every run.
    trainer = trainers.BpeTrainer(vocab_size=800, end_of_word_suffix="</w>", special_tokens=tokens, show_progress=False)
    trained = Tokenizer(models.BPE(end_of_word_suffix="</w>"))
    trained.normalizer, trained.pre_tokenizer = (
        empty.backend_tokenizer.normalizer,
        empty.backend_tokenizer.pre_tokenizer,
    )
    trained.train_from_iterator(CORPUS, trainer)
    merges = [tuple(pair) for pair in json.loads(trained.to_str())["model"]["merges"]]
    tokens += [token for token in dict.fromkeys(a + b for a, b in merges) if token not in set(tokens)]
    tokens += ["<|startoftext|>", "<|endoftext|>"]
    return CLIPTokenizer(vocab={token: i for i, token in enumerate(tokens)}, merges=merges, model_max_length=length)


def mini_tokenizer(length: int) -> PreTrainedTokenizerFast:
    """A tokenizer of the bundled model's kind."""
    tokenizer = Tokenizer(models.BPE(unk_token=None))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r"\p{L}+|\p{N}|[^\s\p{L}\p{N}]+"), behavior="removed", invert=True),
            pre_tokenizers.ByteLevel(add_prefix_space=True, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=600, special_tokens=["<pad>", "<s>", "<unk>", "</s>"], show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
    )  # fmt: skip
    tokenizer.train_from_iterator(CORPUS, trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 1), ("</s>", 3)]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="<pad>", bos_token="<s>", unk_token="<unk>", eos_token="</s>",
        model_max_length=length,
    )  # fmt: skip


def ids_of(tokenizer, texts: list[str], length: int) -> list[list[int]]:
    return tokenizer(texts, padding="max_length", truncation=True, max_length=length).input_ids


def save_clip_files(tokenizer: CLIPTokenizer, folder) -> None:
    """vocab.json and merges.txt, as Stable Diffusion repositories have them."""
    model = json.loads(tokenizer.backend_tokenizer.to_str())["model"]
    write_json(folder / "vocab.json", model["vocab"])
    merges = [" ".join(pair) for pair in model["merges"]]
    (folder / "merges.txt").write_text("\n".join(["#version: 0.2", *merges]) + "\n")
    special = {name: getattr(tokenizer, name) for name in ("bos_token", "eos_token", "pad_token", "unk_token")}
    write_json(
        folder / "tokenizer_config.json",
        {"tokenizer_class": "CLIPTokenizer", "model_max_length": tokenizer.model_max_length} | special,
    )


def make_text_encoders() -> None:
    for name, config in {
        "clip": dict(eos_token_id=2),  # as all SD-1.x checkpoints: pooled at the highest id
        "clip-gelu": dict(hidden_act="gelu"),
    }.items():  # fmt: skip
        torch.manual_seed(70)
        folder, tokenizer = new_case(name), clip_tokenizer(77)
        eos = {"eos_token_id": tokenizer.eos_token_id} | config
        text = make_text_encoder(vocab_size=len(tokenizer), **eos)
        save_part(text, folder / "text_encoder")
        if name == "clip":
            save_clip_files(tokenizer, folder / "tokenizer")
        else:
            tokenizer.save_pretrained(folder / "tokenizer")
        ids = torch.tensor(ids_of(tokenizer, ["make the boat red"], 77))
        with torch.no_grad():
            out = text(ids)
        save_golden(folder, {"ids": ids, "states": out.last_hidden_state, "pooled": out.pooler_output})
        texts = awkward_texts()
        write_json(folder / "texts.json", dict(zip(texts, ids_of(tokenizer, texts, 77), strict=True)))


def make_pix2pix() -> None:
    """A whole InstructPix2Pix checkpoint, as diffusers saves it."""
    torch.manual_seed(80)
    folder, tokenizer = new_case("ip2p"), clip_tokenizer(77)
    scheduler = EulerAncestralDiscreteScheduler(
        beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", steps_offset=1, timestep_spacing="linspace"
    )
    unet = make_unet(
        block_out_channels=(8, 16, 16),
        down_block_types=("CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"),
        up_block_types=("UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"),
    )
    text = make_text_encoder(vocab_size=len(tokenizer), eos_token_id=2)
    pipeline = StableDiffusionInstructPix2PixPipeline(
        vae=make_vae(), text_encoder=text, tokenizer=tokenizer, unet=unet, scheduler=scheduler, safety_checker=None,
        feature_extractor=None, requires_safety_checker=False,
    )  # fmt: skip
    pipeline.save_pretrained(folder)
    for part in ("unet", "vae", "text_encoder"):
        save_part(getattr(pipeline, part), folder / part)
    for file in (folder / "tokenizer").iterdir():
        file.unlink()
    save_clip_files(tokenizer, folder / "tokenizer")


def make_mini() -> None:
    """A checkpoint of emend's own kind, with every part of docs/checkpoints.md."""
    torch.manual_seed(90)
    folder, patch, width, length = new_case("mini"), 2, 12, 24
    names, code, sigmas = ["add", "remove", "color"], 3 * patch**2, (0.7, 1.5)
    tokenizer = mini_tokenizer(length)
    unet = make_unet(
        in_channels=2 * code + 2, out_channels=5 * patch**2 + 9 + len(sigmas), cross_attention_dim=width,
        class_embed_type="simple_projection", projection_class_embeddings_input_dim=2 * width,
        resnet_time_scale_shift="scale_shift",
        attention_head_dim=[2, 4], down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
    )  # fmt: skip
    text = make_text_encoder(
        vocab_size=len(tokenizer), hidden_size=width, max_position_embeddings=length,
        pad_token_id=0, bos_token_id=1, eos_token_id=3,
    )  # fmt: skip
    embeddings = torch.randn(len(names), width)

    write_json(
        folder / "model_index.json",
        {
            "_class_name": "EmendPipeline",
            "unet": ["diffusers", "UNet2DConditionModel"],
            "scheduler": ["diffusers", "DDIMScheduler"],
            "text_encoder": ["transformers", "CLIPTextModel"],
            "tokenizer": ["transformers", "PreTrainedTokenizerFast"],
            "image_codec": ["emend", "SpaceToDepth"],
            "edit_head": ["emend", "GatedEdit"],
            "tasks": ["emend", "TaskTable"],
            "defaults": {"steps": 4, "text_guidance": 2.0, "image_guidance": 1.5},
        },
    )
    save_part(unet, folder / "unet")
    save_part(text, folder / "text_encoder")
    tokenizer.save_pretrained(folder / "tokenizer")
    DDIMScheduler(
        prediction_type="sample", rescale_betas_zero_snr=True, timestep_spacing="trailing", clip_sample=False
    ).save_pretrained(folder / "scheduler")
    write_json(
        folder / "image_codec/config.json", {"_class_name": "SpaceToDepth", "patch_size": patch, "image_size": 16}
    )
    write_json(
        folder / "edit_head/config.json", {"_class_name": "GatedEdit", "patch_size": patch, "blur_sigmas": sigmas}
    )
    write_json(folder / "tasks/config.json", {"_class_name": "TaskTable", "tasks": names, "dim": width})
    save_file({"task_embeddings": embeddings}, folder / "tasks/model.safetensors")
    (folder / "tasks/model.safetensors").chmod(0o644)

    instruction, task = "make the boat red", 2
    picture = torch.randint(0, 256, (1, 12, 16, 3), dtype=torch.uint8)
    ids = torch.tensor(ids_of(tokenizer, [instruction], length))
    with torch.no_grad():
        encoded = text(ids)
        states, pooled = encoded.last_hidden_state, encoded.pooler_output
        source = F.pixel_unshuffle(picture.permute(0, 3, 1, 2).float() / 127.5 - 1, patch)
        noisy, vector = torch.randn_like(source), embeddings[task : task + 1]
        context, label = torch.cat([states, vector[:, None]], dim=1), torch.cat([vector, pooled], dim=1)
        raw = unet(
            torch.cat([noisy, source, places(source)], 1), torch.tensor([351.0]), context, class_labels=label
        ).sample
        out = gated_edit(raw, source, patch, sigmas)
    save_golden(
        folder,
        {
            "picture": picture, "source": source, "ids": ids, "states": states, "pooled": pooled, "noisy": noisy,
            "timestep": torch.tensor([351.0]), "task": vector, "out": out,
        },
    )  # fmt: skip
    texts = awkward_texts()
    write_json(folder / "texts.json", dict(zip(texts, ids_of(tokenizer, texts, length), strict=True)))


def places(code: torch.Tensor) -> torch.Tensor:
    """The centre of each cell in (-1, 1): x, then y."""
    _, _, h, w = code.shape
    x, y = torch.linspace(-1 + 1 / w, 1 - 1 / w, w), torch.linspace(-1 + 1 / h, 1 - 1 / h, h)
    return torch.stack(torch.meshgrid(x, y, indexing="xy"))[None].expand(len(code), -1, -1, -1)


def gated_edit(raw: torch.Tensor, source: torch.Tensor, patch: int, sigmas: tuple[float, ...]) -> torch.Tensor:
    """GatedEdit, written as docs/checkpoints.md has it: in pixels, one after the other."""
    p2 = patch**2
    pixels = lambda code: F.pixel_shuffle(code, patch)  # noqa: E731
    cells = lambda value: value.repeat_interleave(patch, -1).repeat_interleave(patch, -2)  # noqa: E731
    s = pixels(source)
    change = pixels(raw[:, 4 * p2 : 5 * p2]) * s + pixels(raw[:, : 3 * p2])
    matrix = raw[:, 5 * p2 : 5 * p2 + 9]
    for out in range(3):
        for colour in range(3):
            change[:, out] += cells(matrix[:, 3 * out + colour]) * s[:, colour]
    for i, sigma in enumerate(sigmas):
        radius = (0, 0, math.ceil(2.5 * sigma), math.ceil(2.5 * sigma))
        soft = gaussian_filter(s.numpy(), sigma=(0, 0, sigma, sigma), radius=radius, mode="nearest")
        change += cells(raw[:, 5 * p2 + 9 + i])[:, None] * (torch.from_numpy(soft) - s)
    gate = torch.sigmoid(pixels(raw[:, 3 * p2 : 4 * p2]))
    return F.pixel_unshuffle(gate * s + (1 - gate) * (s + change), patch)


if __name__ == "__main__":
    torch.set_num_threads(1)
    make_unets()
    make_precisions()
    make_autoencoders()
    make_text_encoders()
    make_pix2pix()
    make_mini()
