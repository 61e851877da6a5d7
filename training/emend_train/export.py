"""
Writes the checkpoint folder of a run without training on.

    python -m emend_train.export --run runs/mini --out ../models/mini [--weights model|ema]

`model` is the last step's weights: after the rate has fallen to zero they are as smooth as the average, and do not lag.
"""

import argparse
from pathlib import Path

from transformers import PreTrainedTokenizerFast

from .checkpoint import export, load_state
from .config import ModelConfig
from .model import EmendModel


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--weights", choices=["model", "ema"], default="model")
    args = parser.parse_args()
    tokenizer = PreTrainedTokenizerFast.from_pretrained(args.run / "tokenizer")
    state = load_state(args.run / "last.pt")
    model = EmendModel(ModelConfig(), tokenizer)
    model.load_state_dict(state[args.weights])
    notes = {"samples": state["samples"], "steps": state["step"], "minutes": round(state["seconds"] / 60)}
    export(model, tokenizer, args.out, notes=notes | {"weights": args.weights})


if __name__ == "__main__":
    main()
