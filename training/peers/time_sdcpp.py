"""
Times one whole edit in stable-diffusion.cpp, which has no way to evaluate its U-Net alone.

    python -m peers.time_sdcpp FOLDER PICTURE --steps 20
"""

import argparse
import importlib.metadata
import time
from itertools import pairwise
from pathlib import Path

from .report import missing_is_said, say


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("picture", type=Path)
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--text-guidance", type=float, default=7.5)
    parser.add_argument("--image-guidance", type=float, default=1.5)
    parser.add_argument("--out", type=Path, help="where the result goes, as PNG")
    args = parser.parse_args()
    with missing_is_said():
        from PIL import Image
        from stable_diffusion_cpp import StableDiffusion

        picture = Image.open(args.picture).convert("RGB")
        model = StableDiffusion(model_path=str(args.folder), wtype="f32", verbose=False)
        stops: list[float] = []
        result = model.generate_image(
            prompt="make the boat red",
            ref_images=[picture],
            width=picture.width,
            height=picture.height,
            cfg_scale=args.text_guidance,
            image_cfg_scale=args.image_guidance,
            sample_method="euler_a",
            sample_steps=args.steps,
            seed=1,
            progress_callback=lambda step, steps, seconds: stops.append(time.perf_counter()),
        )[0]
        if args.out:
            result.save(args.out)
        version = f"stable-diffusion-cpp-python {importlib.metadata.version('stable-diffusion-cpp-python')}"
        # It calls back before the first step, too.
        say(times=[1000 * (b - a) for a, b in pairwise(stops[1:])], version=version)


if __name__ == "__main__":
    main()
