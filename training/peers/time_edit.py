"""
Times one whole edit: text encoder, autoencoder and all denoising steps with three guidance branches.

    python -m peers.time_edit RUNTIME FOLDER PREPARED PICTURE --steps 20
"""

import argparse
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np

from .report import missing_is_said, say
from .runtimes import RUNTIMES, PyTorch, Runtime

INSTRUCTION, SEED = "make the boat red", 1


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("runtime", choices=RUNTIMES)
    parser.add_argument("folder", type=Path)
    parser.add_argument("prepared", type=Path)
    parser.add_argument("picture", type=Path)
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--text-guidance", type=float, default=7.5)
    parser.add_argument("--image-guidance", type=float, default=1.5)
    parser.add_argument("--out", type=Path, help="where the result goes, as PNG")
    args = parser.parse_args()
    with missing_is_said():
        from PIL import Image

        runtime = RUNTIMES[args.runtime]
        picture = Image.open(args.picture).convert("RGB")
        stops: list[float] = []
        edit = edit_by_diffusers if isinstance(runtime, PyTorch) else edit_by_parts
        result = edit(runtime, args, picture, lambda: stops.append(time.perf_counter()))
        if args.out:
            result.save(args.out)
        # The first step includes what a runtime does when it meets a network.
        say(times=[1000 * (b - a) for a, b in pairwise(stops)], version=runtime.version())


def edit_by_diffusers(runtime: PyTorch, args, picture, stepped: Callable[[], None]):
    """The pipeline as its users run it: a batch of three branches."""
    runtime.use_cache(args.prepared)
    import torch
    from diffusers import StableDiffusionInstructPix2PixPipeline

    dtype = getattr(torch, runtime.dtype)
    pipeline = StableDiffusionInstructPix2PixPipeline.from_pretrained(
        args.folder, torch_dtype=dtype, safety_checker=None
    )
    pipeline.set_progress_bar_config(disable=True)
    if runtime.compile:
        pipeline.unet.compile(dynamic=False)

    def after_step(_pipeline, _step, _timestep, values):
        stepped()
        return values

    return pipeline(
        INSTRUCTION,
        image=picture,
        num_inference_steps=args.steps,
        guidance_scale=args.text_guidance,
        image_guidance_scale=args.image_guidance,
        generator=torch.Generator().manual_seed(SEED),
        callback_on_step_end=after_step,
    ).images[0]


def edit_by_parts(runtime: Runtime, args, picture, stepped: Callable[[], None]):
    """The same loop over exported networks of static shapes, branch after branch; the sampler is diffusers'."""
    import torch
    from diffusers import AutoencoderKL, EulerAncestralDiscreteScheduler
    from PIL import Image
    from transformers import CLIPTokenizer

    tokenizer = CLIPTokenizer.from_pretrained(args.folder, subfolder="tokenizer")
    scheduler = EulerAncestralDiscreteScheduler.from_pretrained(args.folder, subfolder="scheduler")
    scaling = AutoencoderKL.load_config(args.folder, subfolder="vae")["scaling_factor"]

    encode = runtime.open(args.folder, "text_encoder", args.prepared)
    words, nothing = (
        encode({"ids": tokenizer(text, padding="max_length", truncation=True, return_tensors="np").input_ids})
        for text in (INSTRUCTION, "")
    )
    del encode
    pixels = (np.asarray(picture, np.float32) / 127.5 - 1).transpose(2, 0, 1)[None]
    image = runtime.open(args.folder, "vae_encoder", args.prepared)({"pixels": np.ascontiguousarray(pixels)})

    generator = torch.Generator().manual_seed(SEED)
    scheduler.set_timesteps(args.steps)
    latent = torch.randn(image.shape, generator=generator) * scheduler.init_noise_sigma
    unet = runtime.open(args.folder, "unet", args.prepared)
    for t in scheduler.timesteps:
        scaled = scheduler.scale_model_input(latent, t).numpy()

        def branch(condition, context, scaled=scaled, t=t):
            sample = np.concatenate([scaled, condition], axis=1)
            return unet({"sample": sample, "timestep": np.float32([t]), "context": context})

        full, only_image, none = branch(image, words), branch(image, nothing), branch(np.zeros_like(image), nothing)
        guided = none + args.text_guidance * (full - only_image) + args.image_guidance * (only_image - none)
        latent = scheduler.step(torch.from_numpy(guided), t, latent, generator=generator).prev_sample
        stepped()
    decoded = runtime.open(args.folder, "vae_decoder", args.prepared)({"latent": latent.numpy() / np.float32(scaling)})
    result = ((decoded[0].transpose(1, 2, 0) / 2 + 0.5).clip(0, 1) * 255).round().astype(np.uint8)
    return Image.fromarray(result)


if __name__ == "__main__":
    main()
