"""
Times one U-Net evaluation in PyTorch and prints one JSON object: the peer of benchmark/engine/timeEngine.ts.

    python training/peers/time_unet.py FOLDER --latent 4 32 32 --context 77 768 --rounds 20 [--task] [--compile]
"""

import argparse
import json
import resource
import statistics
import time

import torch
from diffusers import UNet2DConditionModel


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--latent", type=int, nargs=3, required=True)
    parser.add_argument("--context", type=int, nargs=2, required=True)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--task", action="store_true", help="the U-Net takes a task vector and one more token")
    parser.add_argument("--compile", action="store_true")
    parser.add_argument("--gradient", action="store_true", help="a forward and backward pass by a context token")
    args = parser.parse_args()
    started = time.perf_counter()
    unet = UNet2DConditionModel.from_pretrained(args.folder, subfolder="unet", torch_dtype=torch.float32).eval()
    _, height, width = args.latent
    tokens, states = args.context
    x, t = torch.rand(1, unet.config.in_channels, height, width) * 2 - 1, torch.tensor([500])
    context = torch.rand(1, tokens + args.task, states) * 2 - 1
    label = torch.rand(1, unet.config.projection_class_embeddings_input_dim) if args.task else None
    network = torch.compile(unet) if args.compile else unet
    if args.gradient:
        return time_gradient(unet, x, t, context, label, args.rounds, started)
    with torch.inference_mode():
        network(x, t, context, class_labels=label)
        first = time.perf_counter() - started
        network(x, t, context, class_labels=label)
        times = []
        for _ in range(args.rounds):
            before = time.perf_counter()
            network(x, t, context, class_labels=label)
            times.append((time.perf_counter() - before) * 1000)
    report(times, first)


def time_gradient(unet, x, t, context, label, rounds: int, started: float) -> None:
    """A forward and backward pass by the last context token, weights frozen, with gradient checkpointing."""
    unet.requires_grad_(False).train()  # diffusers recomputes in training mode only
    unet.enable_gradient_checkpointing()
    token = context[:, -1:].clone().requires_grad_()
    target = torch.rand(1, unet.config.out_channels, *x.shape[2:])

    def evaluate() -> None:
        token.grad = None
        out = unet(x, t, torch.cat([context[:, :-1], token], dim=1), class_labels=label).sample
        torch.nn.functional.mse_loss(out, target).backward()

    evaluate()
    first = time.perf_counter() - started
    evaluate()
    times = []
    for _ in range(rounds):
        before = time.perf_counter()
        evaluate()
        times.append((time.perf_counter() - before) * 1000)
    report(times, first)


def report(times: list[float], first: float) -> None:
    print(
        json.dumps(
            {
                "milliseconds": statistics.median(times),
                "fastest": min(times),
                "firstEvaluation": first * 1000,
                "peakMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                "version": torch.__version__,
            }
        )
    )


if __name__ == "__main__":
    main()
