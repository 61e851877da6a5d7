"""
Prepares a runtime for a U-Net, or with --edit for all networks of a checkpoint: export, conversion, compilation.

    python -m peers.prepare RUNTIME FOLDER OUT (--inputs FILE | --edit SIZE)
"""

import argparse
from pathlib import Path

from .report import missing_is_said, say


def main() -> None:
    with missing_is_said():
        from safetensors.torch import load_file

        from .inputs import in_order
        from .parts import Part, edit_parts
        from .runtimes import RUNTIMES

        parser = argparse.ArgumentParser()
        parser.add_argument("runtime", choices=RUNTIMES)
        parser.add_argument("folder", type=Path)
        parser.add_argument("out", type=Path)
        parser.add_argument("--inputs", type=Path, help="safetensors with the U-Net's inputs")
        parser.add_argument("--edit", type=int, metavar="SIZE")
        args = parser.parse_args()
        runtime = RUNTIMES[args.runtime]
        version = runtime.version()
        for part in (
            edit_parts(args.folder, args.edit) if args.edit else [Part("unet", in_order(load_file(args.inputs)))]
        ):
            runtime.prepare(args.folder, part, args.out)
        say(version=version)


if __name__ == "__main__":
    main()
