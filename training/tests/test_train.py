import json
import os
import signal
import subprocess
import sys
import tarfile
import time
from pathlib import Path

import pytest
import torch

ROOT = Path(__file__).parents[1]
ENVIRONMENT = {**os.environ, "OMP_NUM_THREADS": "2"}


def command(*args: object) -> list[str]:
    return [sys.executable, "-m", "emend_train.train", *map(str, args)]


def train(*args: object) -> str:
    done = subprocess.run(command(*args), cwd=ROOT, capture_output=True, text=True, env=ENVIRONMENT)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def failure(*args: object) -> tuple[int, str]:
    done = subprocess.run(command(*args), cwd=ROOT, capture_output=True, text=True, env=ENVIRONMENT)
    return done.returncode, done.stderr.strip().splitlines()[-1]


def test_training_saves_resumes_and_exports(shards, tmp_path):
    out, model = tmp_path / "run", tmp_path / "mini"
    args = ["--data", shards, "--out", out, "--batch", 4, "--warmup", 2, "--text-steps", 2, "--export", model]
    args += ["--validation", shards / "benchmark-000000.tar", "--validation-limit", 4]
    train(*args, "--steps", 6)
    notes = json.loads((model / "model_index.json").read_text())["training"]
    assert notes["samples"] == 24 and "texture" in notes["validation"]["tasks"]
    assert (out / "latest.png").stat().st_size > 1000
    assert "resumed at step 6" in train(*args, "--steps", 8)
    assert json.loads((model / "model_index.json").read_text())["training"]["samples"] == 32
    train("--data", shards, "--out", tmp_path / "other", "--steps", 1, "--batch", 4, "--init", model)
    names = [tmp_path / "other" / "tokenizer" / "tokenizer.json", model / "tokenizer" / "tokenizer.json"]
    assert names[0].read_bytes() == names[1].read_bytes()


def test_a_resumed_run_ends_where_an_uninterrupted_one_does(shards, tmp_path):
    args = ["--data", shards, "--batch", 4, "--warmup", 3, "--text-steps", 2, "--decay-from", 0.99]
    train(*args, "--out", tmp_path / "whole", "--steps", 8)
    train(*args, "--out", tmp_path / "halves", "--steps", 5)
    train(*args, "--out", tmp_path / "halves", "--steps", 8)
    whole, halves = (torch.load(tmp_path / name / "last.pt")["model"] for name in ("whole", "halves"))
    assert all(torch.allclose(whole[name], halves[name], atol=1e-5) for name in whole)


def test_an_interrupt_saves_and_the_same_command_goes_on(shards, tmp_path):
    out = tmp_path / "run"
    args = ["--data", shards, "--out", out, "--batch", 4, "--text-steps", 0, "--minutes", 5]
    running = subprocess.Popen(command(*args), cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    for _ in range(600):
        if (out / "log.jsonl").exists():
            break
        time.sleep(0.1)
    time.sleep(3)
    running.send_signal(signal.SIGINT)
    _, errors = running.communicate(timeout=60)
    assert running.returncode == 130 and "the same command goes on" in errors
    step = torch.load(out / "last.pt")["step"]
    assert step > 0
    assert f"resumed at step {step}" in train(*args, "--steps", step + 1)


def test_missing_and_damaged_shards_are_named(shards, tmp_path):
    assert failure("--data", tmp_path, "--out", tmp_path / "run") == (
        2, f"error: no train-*.tar in {tmp_path}; make some: emend world write --out {tmp_path}",
    )  # fmt: skip
    shard = shards / "train-000000.tar"
    with tarfile.open(shard) as tar:
        cut = tar.getmembers()[7].offset_data + 5
    with shard.open("r+b") as file:
        file.truncate(cut)
    code, message = failure("--data", shards, "--out", tmp_path / "run", "--steps", 1)
    assert code == 2 and str(shard) in message and "write it again" in message


def test_bad_flags_are_refused(shards, tmp_path):
    for bad in (["--decay-from", "1"], ["--batch", "0"], ["--steps", "-3"], ["--no-such-flag"]):
        assert failure("--data", shards, "--out", tmp_path / "run", *bad)[0] == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_keeps_the_last_save(shards, tmp_path):
    out = tmp_path / "run"
    args = ["--data", shards, "--out", out, "--batch", 4, "--text-steps", 0]
    train(*args, "--steps", 1)
    before = (out / "last.pt").read_bytes()
    (out / "last.part").symlink_to("/dev/full")
    code, message = failure(*args, "--steps", 2)
    assert code == 1 and "the disk is full" in message
    assert (out / "last.pt").read_bytes() == before
