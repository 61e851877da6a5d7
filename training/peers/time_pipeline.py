"""
Times a whole edit in diffusers' StableDiffusionInstructPix2PixPipeline, the peer of benchmark/profiles/timeEdit.ts,
and prints one JSON object. Steps take the same time each, so that a few are timed and the rest is added.

    python training/peers/time_pipeline.py FOLDER --resolution 256 --steps 100 --timed 3
"""

import argparse
import json
import resource
import time

import diffusers
import numpy as np
import torch
from diffusers import StableDiffusionInstructPix2PixPipeline
from PIL import Image


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--resolution", type=int, default=256)
    parser.add_argument("--steps", type=int, default=100)
    parser.add_argument("--timed", type=int, default=3, help="steps that are run")
    args = parser.parse_args()
    diffusers.utils.logging.set_verbosity_error()
    pipeline = StableDiffusionInstructPix2PixPipeline.from_pretrained(args.folder, torch_dtype=torch.float32)
    pipeline.set_progress_bar_config(disable=True)
    side = args.resolution
    noise = np.random.default_rng(0).integers(0, 256, (side, side, 3), dtype=np.uint8)

    def edit(steps: int) -> float:
        """Seconds of an edit; guidance 7.5 and 1.5, three branches, as the pipeline has it unless told otherwise."""
        started = time.perf_counter()
        pipeline("make it a winter evening", image=Image.fromarray(noise), num_inference_steps=steps)
        return time.perf_counter() - started

    edit(1)
    one, some = edit(1), edit(1 + args.timed)
    step = (some - one) / args.timed
    report = {
        "steps": args.steps,
        "evaluations": 3 * args.steps,
        "seconds": one + (args.steps - 1) * step,
        "step": step,
        "timed": args.timed,
        "peakMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "version": f"diffusers {diffusers.__version__}, PyTorch {torch.__version__}",
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main()
