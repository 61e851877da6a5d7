"""
Times evaluations of one U-Net: the peer of benchmark/engine/timeEngine.ts, which says the same lines.

    python -m peers.time_unet RUNTIME FOLDER PREPARED --inputs FILE --rounds 20 [--output FILE] [--gradient]
"""

import argparse
import time
from pathlib import Path

import numpy as np

from .inputs import in_order
from .report import missing_is_said, say
from .runtimes import RUNTIMES


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("runtime", choices=RUNTIMES)
    parser.add_argument("folder", type=Path)
    parser.add_argument("prepared", type=Path)
    parser.add_argument("--inputs", type=Path, required=True, help="safetensors: sample, timestep, context, label")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--output", type=Path, help="where the prediction goes, as safetensors")
    parser.add_argument("--gradient", action="store_true", help="a pass forward and back by a context token (PyTorch)")
    args = parser.parse_args()
    with missing_is_said():
        from safetensors.numpy import load_file, save_file

        runtime = RUNTIMES[args.runtime]
        inputs = in_order(load_file(args.inputs))
        if args.gradient:
            from .gradient import differentiator

            evaluate = differentiator(args.folder, inputs)
        else:
            network = runtime.open(args.folder, "unet", args.prepared)

            def evaluate() -> np.ndarray:
                return network(inputs)

        prediction = evaluate()
        say(first=True)
        if args.output:
            save_file({"prediction": np.ascontiguousarray(prediction)}, args.output)
        evaluate()
        times, processor = [], []
        for _ in range(args.rounds):
            before, before_cpu = time.perf_counter(), time.process_time()
            evaluate()
            times.append((time.perf_counter() - before) * 1000)
            processor.append((time.process_time() - before_cpu) * 1000)
        say(times=times, processor=processor, version=runtime.version())


if __name__ == "__main__":
    main()
