"""
Writes test/golden/{sd2,sdxl,emend-t5}: whole tiny editing checkpoints of further families, in the layouts of
docs/checkpoints.md, and what diffusers, transformers and PyTorch make of them. Run from anywhere:
`python training/goldens/make_families.py`.

In each `golden.safetensors`: states and pooled of the instruction and of no instruction (`empty_*`), the prediction
`out` for `noisy`, `image` and `timestep`, and the loss of a batch with its gradients by what task inversion learns. In
`pipeline/`: whole edits as make_pipeline.py describes them, and the latents before they are decoded.
"""

import functools
import json

import diffusers
import torch
import torch.nn.functional as F
from components import (
    make_text_encoder,
    make_unet,
    make_vae,
    new_case,
    randomise,
    save_golden,
    save_part,
    write_json,
)  # fmt: skip
from diffusers import (
    DDIMScheduler,
    EulerDiscreteScheduler,
    StableDiffusionInstructPix2PixPipeline,
    StableDiffusionXLInstructPix2PixPipeline,
)  # fmt: skip
from make_components import clip_tokenizer, save_clip_files
from make_pipeline import BETAS, HEIGHT, INSTRUCTION, SEED, WIDTH, source
from make_t5 import make_t5, save_t5_tokenizer, states_of, t5_tokenizer
from noise import gaussian
from PIL import Image
from safetensors.torch import save_file
from transformers import CLIPTextConfig, CLIPTextModelWithProjection

LATENT = (4, 8)
TIMESTEP = torch.tensor([441.0])


def save_sd_tokenizer(tokenizer, folder, pad_in_map: bool, pad: str) -> None:
    """vocab.json and merges.txt; padding by "!" as Stable Diffusion 2 (special_tokens_map.json) and SDXL have it."""
    save_clip_files(tokenizer, folder)
    config = json.loads((folder / "tokenizer_config.json").read_text())
    special = {name: config[name] for name in ("bos_token", "eos_token", "unk_token")} | {"pad_token": pad}
    if pad_in_map:
        write_json(folder / "special_tokens_map.json", special)
    else:
        write_json(folder / "tokenizer_config.json", config | special)


def learned(unet, context, added: dict, dims: tuple[int, int, int]) -> dict[str, torch.Tensor]:
    """
    A batch of two for EditUNet.differentiate: the same text, other latents and timesteps. Learned are an addition to
    the last text state and one to the time embedding, both off zero.
    """
    latent, image, target = (torch.randn(2, *dims) for _ in range(3))
    timesteps = torch.tensor([801.0, 121.0])
    tokens = (torch.randn(context.shape[-1]) * 0.1).requires_grad_()
    time = (torch.randn(unet.config.block_out_channels[0] * 4) * 0.1).requires_grad_()
    handle = unet.time_embedding.register_forward_hook(lambda *args: args[-1] + time)
    last = torch.zeros_like(context)
    last[:, -1] = 1
    states = (context + last * tokens).expand(2, -1, -1)
    conditions = {name: value.expand(2, -1) for name, value in added.items()}
    out = unet(torch.cat([latent, image], 1), timesteps, states, added_cond_kwargs=conditions, class_labels=None).sample
    loss = F.mse_loss(out, target)
    loss.backward()
    handle.remove()
    return {
        "batch_latent": latent, "batch_image": image, "batch_target": target, "batch_timesteps": timesteps,
        "tokens": tokens.detach(), "time": time.detach(), "loss": loss.detach()[None],
        "d_tokens": tokens.grad, "d_time": time.grad,
    }  # fmt: skip


def evaluations(unet, states, added: dict) -> dict[str, torch.Tensor]:
    noisy, image = torch.randn(1, 4, *LATENT), torch.randn(1, 4, *LATENT)
    with torch.no_grad():
        out = unet(torch.cat([noisy, image], 1), TIMESTEP, states, added_cond_kwargs=added).sample
    return {"noisy": noisy, "image": image, "timestep": TIMESTEP, "out": out}


def save_edits(pipeline, folder, cases) -> None:
    """Whole edits of make_pipeline's picture: pictures, and the latents before they are decoded."""
    out = folder / "pipeline"
    out.mkdir()
    pipeline.set_progress_bar_config(disable=True)
    picture = source()
    picture.save(out / "source.png")
    cell = pipeline.vae_scale_factor
    noise = torch.from_numpy(gaussian(SEED, 0, (1, 4, HEIGHT // cell, WIDTH // cell)))
    size = {"height": HEIGHT, "width": WIDTH} if isinstance(pipeline, StableDiffusionXLInstructPix2PixPipeline) else {}
    latents, rows = {}, []
    for i, (config, steps, text, image) in enumerate(cases):
        arguments = {key: value for key, value in config.items() if key != "_class_name"}
        pipeline.scheduler = getattr(diffusers, config["_class_name"])(**arguments)
        options = {
            "num_inference_steps": steps,
            "guidance_scale": text,
            "image_guidance_scale": image,
            "latents": noise,
        }
        edit = functools.partial(pipeline, INSTRUCTION, image=picture, **options, **size)
        latents[f"latent_{i}"] = edit(output_type="latent").images
        result = edit(output_type="np").images[0]
        Image.fromarray((result * 255).round().astype("uint8")).save(out / f"{i}.png")
        print(folder.name, i, f"mean {result.mean():.3f} spread {result.std():.3f}")
        rows.append(
            {"config": config, "steps": steps, "textGuidance": text, "imageGuidance": image, "picture": f"{i}.png"}
        )
    save_file({name: value.contiguous() for name, value in latents.items()}, out / "latents.safetensors")
    (out / "latents.safetensors").chmod(0o644)
    golden = {"diffusers": diffusers.__version__, "seed": SEED, "instruction": INSTRUCTION, "cases": rows}
    write_json(out / "cases.json", golden)


def make_sd2() -> None:
    """Stable Diffusion 2 with 8 channels: OpenCLIP's text encoder, linear projections, heads by level, v-prediction."""
    torch.manual_seed(300)
    folder, tokenizer = new_case("sd2"), clip_tokenizer(77)
    unet = make_unet(
        block_out_channels=(8, 16, 16),
        down_block_types=("CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"),
        up_block_types=("UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"),
        attention_head_dim=[1, 2, 4], use_linear_projection=True, upcast_attention=True,
    )  # fmt: skip
    # The text encoder of Stable Diffusion 2 has lost its last layer; its configuration still pools at the highest id.
    text = make_text_encoder(
        vocab_size=len(tokenizer), hidden_act="gelu", num_hidden_layers=3, eos_token_id=2, projection_dim=8
    )
    save_sd_tokenizer(tokenizer, folder / "tokenizer", True, "!")
    tokenizer = type(tokenizer).from_pretrained(folder / "tokenizer")
    scheduler = DDIMScheduler(
        **BETAS, prediction_type="v_prediction", clip_sample=False, set_alpha_to_one=False, steps_offset=1
    )
    pipeline = StableDiffusionInstructPix2PixPipeline(
        vae=make_vae(), text_encoder=text, tokenizer=tokenizer, unet=unet, scheduler=scheduler, safety_checker=None,
        feature_extractor=None, requires_safety_checker=False,
    )  # fmt: skip
    save_family(pipeline, folder, {"tokenizer": (True, "!")})
    ids = [tokenizer([t], padding="max_length", return_tensors="pt").input_ids for t in (INSTRUCTION, "")]
    with torch.no_grad():
        states, empty = (text(row) for row in ids)
    golden = {
        "states": states.last_hidden_state, "pooled": states.pooler_output,
        "empty_states": empty.last_hidden_state, "empty_pooled": empty.pooler_output,
    }  # fmt: skip
    golden |= evaluations(unet, golden["states"], {})
    save_golden(folder, golden | learned(unet, golden["states"], {}, (4, *LATENT)))
    v = {"_class_name": "DDIMScheduler", **BETAS, "prediction_type": "v_prediction", "clip_sample": False,
         "set_alpha_to_one": False, "steps_offset": 1}  # fmt: skip
    euler = {"_class_name": "EulerDiscreteScheduler", **BETAS, "prediction_type": "v_prediction"}
    save_edits(pipeline, folder, [(v, 10, 7.5, 1.5), (euler, 8, 3.0, 1.0)])


def make_sdxl() -> None:
    """SDXL InstructPix2Pix: two text encoders, text_time, three levels with several layers."""
    torch.manual_seed(310)
    folder, tokenizer = new_case("sdxl"), clip_tokenizer(77)
    widths, projected = (12, 16), 20
    unet = make_unet(
        block_out_channels=(8, 8, 16),
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
        attention_head_dim=[1, 2, 4], transformer_layers_per_block=[1, 1, 2], use_linear_projection=True,
        cross_attention_dim=sum(widths), addition_embed_type="text_time", addition_time_embed_dim=6,
        projection_class_embeddings_input_dim=projected + 36,
    )  # fmt: skip
    text = make_text_encoder(vocab_size=len(tokenizer), eos_token_id=2, hidden_size=widths[0], num_hidden_layers=3)
    text_2 = randomise(
        CLIPTextModelWithProjection(
            CLIPTextConfig(
                vocab_size=len(tokenizer), eos_token_id=2, hidden_size=widths[1], num_hidden_layers=3,
                num_attention_heads=4, intermediate_size=24, hidden_act="gelu", projection_dim=projected,
            )
        )
    )  # fmt: skip
    save_sd_tokenizer(tokenizer, folder / "tokenizer", False, "<|endoftext|>")
    save_sd_tokenizer(tokenizer, folder / "tokenizer_2", False, "!")
    first, second = (type(tokenizer).from_pretrained(folder / name) for name in ("tokenizer", "tokenizer_2"))
    scheduler = EulerDiscreteScheduler(
        **BETAS, interpolation_type="linear", steps_offset=1, timestep_spacing="leading", use_karras_sigmas=False
    )
    vae = make_vae(block_out_channels=(8, 8, 8), scaling_factor=0.13025, force_upcast=True)
    pipeline = StableDiffusionXLInstructPix2PixPipeline(
        vae=vae, text_encoder=text, text_encoder_2=text_2, tokenizer=first, tokenizer_2=second, unet=unet,
        scheduler=scheduler, force_zeros_for_empty_prompt=True, add_watermarker=False,
    )  # fmt: skip
    save_family(pipeline, folder, {"tokenizer": (False, "<|endoftext|>"), "tokenizer_2": (False, "!")})
    with torch.no_grad():
        states, empty, pooled, empty_pooled = pipeline.encode_prompt(INSTRUCTION)
        plain = pipeline.encode_prompt("")
    golden = {
        "states": states, "pooled": pooled, "empty_states": empty, "empty_pooled": empty_pooled,
        "plain_empty_states": plain[0], "plain_empty_pooled": plain[2],
    }  # fmt: skip
    cell = 2 ** (len(vae.config.block_out_channels) - 1)
    height, width = (side * cell for side in LATENT)
    added = {"text_embeds": pooled, "time_ids": torch.tensor([[height, width, 0, 0, height, width]]).float()}
    golden |= evaluations(unet, states, added)
    save_golden(folder, golden | learned(unet, states, added, (4, *LATENT)))
    # "!" is padding here, not punctuation.
    texts = ["red! now!!! a!b ! end!", "!", "make the boat red", "wow!!"]
    write_json(
        folder / "texts.json", {text: second(text, padding="max_length", truncation=True).input_ids for text in texts}
    )
    euler = {"_class_name": "EulerDiscreteScheduler", **BETAS, "interpolation_type": "linear", "steps_offset": 1,
             "timestep_spacing": "leading", "use_karras_sigmas": False}  # fmt: skip
    save_edits(
        pipeline, folder, [(euler, 10, 3.0, 1.5), ({"_class_name": "EulerDiscreteScheduler", **BETAS}, 6, 5.0, 1.0)]
    )


def save_family(pipeline, folder, tokenizers: dict) -> None:
    pipeline.save_pretrained(folder)
    for part in ("unet", "vae", "text_encoder", "text_encoder_2"):
        if getattr(pipeline, part, None) is not None:
            save_part(getattr(pipeline, part), folder / part)
    for name, (pad_in_map, pad) in tokenizers.items():
        for file in (folder / name).iterdir():
            file.unlink()
        save_sd_tokenizer(clip_tokenizer(77), folder / name, pad_in_map, pad)


def make_emend_t5() -> None:
    """
    emend's layout with T5 beside CLIP: states of both, each brought to one width, tokens of CLIP first; a task vector
    in the class label and as the last token.
    """
    torch.manual_seed(320)
    folder, clip_tokens, t5_tokens = new_case("emend-t5"), clip_tokenizer(16), t5_tokenizer(20, normaliser=False)
    width, names = 14, ["add", "remove", "color"]
    unet = make_unet(
        cross_attention_dim=width, class_embed_type="simple_projection",
        projection_class_embeddings_input_dim=width + 12,
    )  # fmt: skip
    text = make_text_encoder(vocab_size=len(clip_tokens), eos_token_id=2, max_position_embeddings=16)
    t5 = make_t5(feed_forward_proj="gated-gelu", d_model=10)
    projection = randomise(
        torch.nn.ModuleDict({"clip": torch.nn.Linear(12, width), "t5": torch.nn.Linear(10, width, bias=False)})
    )
    embeddings = torch.randn(len(names), width)
    write_json(
        folder / "model_index.json",
        {
            "_class_name": "EmendPipeline",
            "unet": ["diffusers", "UNet2DConditionModel"],
            "scheduler": ["diffusers", "DDIMScheduler"],
            "vae": ["diffusers", "AutoencoderKL"],
            "text_encoder": ["transformers", "CLIPTextModel"],
            "tokenizer": ["transformers", "CLIPTokenizer"],
            "text_encoder_t5": ["transformers", "T5EncoderModel"],
            "tokenizer_t5": ["transformers", "T5Tokenizer"],
            "text_projection": ["emend", "TextProjection"],
            "tasks": ["emend", "TaskTable"],
            "defaults": {"steps": 4, "text_guidance": 3.0, "image_guidance": 1.5},
        },
    )
    save_part(unet, folder / "unet")
    save_part(make_vae(), folder / "vae")
    save_part(text, folder / "text_encoder")
    save_clip_files(clip_tokens, folder / "tokenizer")
    save_part(t5, folder / "text_encoder_t5")
    save_t5_tokenizer(t5_tokens, folder / "tokenizer_t5")
    for part, tensors in (
        ("text_projection", projection.state_dict()),
        ("tasks", {"task_embeddings": embeddings}),
    ):
        (folder / part).mkdir()
        save_file(tensors, folder / part / "model.safetensors")
        (folder / part / "model.safetensors").chmod(0o644)
    write_json(folder / "tasks/config.json", {"_class_name": "TaskTable", "tasks": names, "dim": width})
    DDIMScheduler(**BETAS, prediction_type="v_prediction", clip_sample=False).save_pretrained(folder / "scheduler")

    def encode(instruction: str):
        ids = clip_tokens([instruction], padding="max_length", return_tensors="pt").input_ids
        _, mask, t5_states = states_of(t5, t5_tokens, [instruction], 20)
        with torch.no_grad():
            encoded = text(ids)
            first = projection["clip"](encoded.last_hidden_state)
            second = projection["t5"](t5_states) * mask[..., None]
        return torch.cat([first, second], 1), encoded.pooler_output

    states, pooled = encode(INSTRUCTION)
    empty_states, empty_pooled = encode("")
    golden = {"states": states, "pooled": pooled, "empty_states": empty_states, "empty_pooled": empty_pooled}
    vector = embeddings[2:]
    noisy, image = torch.randn(1, 4, *LATENT), torch.randn(1, 4, *LATENT)
    predict = lambda sample, time, states, task: unet(  # noqa: E731
        sample, time, torch.cat([states, task[:, None]], 1),
        class_labels=torch.cat([task, pooled.expand(len(task), -1)], 1),
    ).sample  # fmt: skip
    with torch.no_grad():
        out = predict(torch.cat([noisy, image], 1), TIMESTEP, states, vector)
    golden |= {"noisy": noisy, "image": image, "timestep": TIMESTEP, "out": out}

    latents, images, target = (torch.randn(2, 4, *LATENT) for _ in range(3))
    timesteps = torch.tensor([801.0, 121.0])
    task, tokens = vector.clone().requires_grad_(), (torch.randn(width) * 0.1).requires_grad_()
    last = torch.zeros_like(states)
    last[:, -1] = 1
    found = predict(
        torch.cat([latents, images], 1), timesteps, (states + last * tokens).expand(2, -1, -1), task.expand(2, -1)
    )
    loss = F.mse_loss(found, target)
    loss.backward()
    golden |= {
        "batch_latent": latents, "batch_image": images, "batch_target": target, "batch_timesteps": timesteps,
        "task": task.detach()[0], "tokens": tokens.detach(), "loss": loss.detach()[None], "d_task": task.grad[0],
        "d_tokens": tokens.grad,
    }  # fmt: skip
    save_golden(folder, golden)


if __name__ == "__main__":
    torch.set_num_threads(1)
    diffusers.utils.logging.set_verbosity_error()
    make_sd2()
    make_sdxl()
    make_emend_t5()
