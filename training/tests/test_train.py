import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def train(*args: str) -> str:
    command = [sys.executable, "-m", "emend_train.train", *args]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env={**os.environ, "OMP_NUM_THREADS": "2"})
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_training_saves_resumes_and_exports(shards, tmp_path):
    out, model = tmp_path / "run", tmp_path / "mini"
    args = ["--data", str(shards), "--out", str(out), "--minutes", "0.1", "--batch", "4", "--warmup", "2"]
    args += ["--validation", str(shards / "benchmark-000000.tar"), "--validation-limit", "4", "--export", str(model)]
    train(*args)
    notes = json.loads((model / "model_index.json").read_text())["training"]
    assert notes["samples"] > 0 and "texture" in notes["validation"]["tasks"]
    assert (out / "latest.png").stat().st_size > 1000
    assert "resumed at step" in train(*args)
    again = json.loads((model / "model_index.json").read_text())["training"]
    assert again["samples"] > notes["samples"]
    fresh = [
        "--data",
        str(shards),
        "--out",
        str(tmp_path / "other"),
        "--minutes",
        "0.05",
        "--batch",
        "4",
        "--init",
        str(model),
    ]
    train(*fresh)
    assert (tmp_path / "other" / "tokenizer" / "tokenizer.json").read_bytes() == (
        model / "tokenizer" / "tokenizer.json"
    ).read_bytes()


def test_missing_data_is_named(tmp_path):
    command = [sys.executable, "-m", "emend_train.train", "--data", str(tmp_path), "--out", str(tmp_path / "run")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode != 0
    assert "emend world write" in done.stderr
