"""Golden pictures for gpu-worker/diffusion/edit.ts: diffusers' whole InstructPix2Pix pipeline on a tiny checkpoint.

    python training/goldens/make_pipeline.py        # reads test/golden/ip2p, writes test/golden/pipeline/

The noise is not stored: noise.py makes the same bits as gpu-worker/diffusion/noise.ts.
"""

import contextlib
import json
import pathlib

import diffusers
import numpy as np
import torch
from diffusers import StableDiffusionInstructPix2PixPipeline
from diffusers.schedulers import scheduling_euler_ancestral_discrete as ancestral
from noise import gaussian
from PIL import Image

ROOT = pathlib.Path(__file__).parents[2] / "test/golden"
SEED, WIDTH, HEIGHT = 11, 48, 32
BETAS = {"beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear"}
ZERO_SNR = {**BETAS, "rescale_betas_zero_snr": True, "timestep_spacing": "trailing", "prediction_type": "v_prediction"}
CASES = [
    # scheduler_config.json, steps, text guidance, image guidance
    ({"_class_name": "EulerAncestralDiscreteScheduler", **BETAS, "steps_offset": 1}, 10, 7.5, 1.5),
    ({"_class_name": "EulerAncestralDiscreteScheduler", **BETAS, "timestep_spacing": "leading"}, 6, 3.0, 1.0),
    ({"_class_name": "EulerDiscreteScheduler", **BETAS}, 8, 2.0, 2.0),
    ({"_class_name": "EulerDiscreteScheduler", **ZERO_SNR}, 8, 2.0, 1.2),
    (
        {"_class_name": "DDIMScheduler", **BETAS, "clip_sample": False, "set_alpha_to_one": False, "steps_offset": 1},
        12,
        7.5,
        1.5,
    ),
    ({"_class_name": "DDIMScheduler", **ZERO_SNR, "clip_sample": False}, 8, 4.0, 1.5),
    ({"_class_name": "DPMSolverMultistepScheduler", **BETAS}, 10, 7.5, 1.5),
    ({"_class_name": "DPMSolverMultistepScheduler", **BETAS, "use_karras_sigmas": True}, 20, 5.0, 1.0),
]
INSTRUCTION = "make the boat red"


def source() -> Image.Image:
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    picture = np.stack([255 * x / WIDTH, 255 * y / HEIGHT, 128 + 100 * np.sin(x / 4) * np.cos(y / 5)], -1)
    picture[8:22, 12:30] = (200, 60, 40)
    return Image.fromarray(picture.astype(np.uint8))


@contextlib.contextmanager
def given_noise(module):
    """Lets the ancestral sampler draw stream k of our noise after its step k."""
    saved, drawn = module.randn_tensor, [0]

    def draw(shape, dtype=None, **_):
        drawn[0] += 1
        return torch.from_numpy(gaussian(SEED, drawn[0], tuple(shape))).to(dtype)

    module.randn_tensor = draw
    yield
    module.randn_tensor = saved


def main():
    diffusers.utils.logging.set_verbosity_error()
    out = ROOT / "pipeline"
    out.mkdir(parents=True, exist_ok=True)
    pipeline = StableDiffusionInstructPix2PixPipeline.from_pretrained(ROOT / "ip2p", safety_checker=None)
    pipeline.set_progress_bar_config(disable=True)
    picture = source()
    picture.save(out / "source.png")
    cell = pipeline.vae_scale_factor
    shape = (1, pipeline.vae.config.latent_channels, HEIGHT // cell, WIDTH // cell)
    rows = []
    for i, (config, steps, text, image) in enumerate(CASES):
        arguments = {key: value for key, value in config.items() if key != "_class_name"}
        pipeline.scheduler = getattr(diffusers, config["_class_name"])(**arguments)
        with given_noise(ancestral):
            result = pipeline(
                INSTRUCTION,
                picture,
                num_inference_steps=steps,
                guidance_scale=text,
                image_guidance_scale=image,
                latents=torch.from_numpy(gaussian(SEED, 0, shape)),
                output_type="np",
            ).images[0]
        file = f"{i}.png"
        Image.fromarray((result * 255).round().astype(np.uint8)).save(out / file)
        clipped = float(((result <= 0) | (result >= 1)).mean())
        print(file, config["_class_name"], f"mean {result.mean():.3f} spread {result.std():.3f} clipped {clipped:.2f}")
        rows.append({"config": config, "steps": steps, "textGuidance": text, "imageGuidance": image, "picture": file})
    golden = {"diffusers": diffusers.__version__, "seed": SEED, "instruction": INSTRUCTION, "cases": rows}
    (out / "cases.json").write_text(json.dumps(golden, indent=1) + "\n")


if __name__ == "__main__":
    main()
