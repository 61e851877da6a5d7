import json
import os
import signal
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
import torch
from conftest import write_shard

from emend_train import few_shot as few_shot_module
from emend_train.checkpoint import export, exported_config, load_exported
from emend_train.config import ModelConfig
from emend_train.few_shot import example_batches, examples, finetuned, known_lines
from emend_train.model import EmendModel
from emend_train.shards import Collate
from emend_train.tokenizer import train_tokenizer

ROOT = Path(__file__).parents[1]
SMALL = ModelConfig(
    patch_size=8, block_out_channels=(32, 64), attention=(False, True), width=64, text_layers=1, vocabulary=400
)
TEXTS = ["make the square red", "paint it blue", "paint it green"] * 20


@pytest.fixture
def checkpoint(tmp_path):
    torch.manual_seed(0)
    tokenizer = train_tokenizer(TEXTS, SMALL.vocabulary, SMALL.text_tokens)
    export(EmendModel(SMALL, tokenizer), tokenizer, tmp_path / "mini")
    return tmp_path / "mini"


@pytest.fixture
def tasks(tmp_path):
    """A folder with the task `paint`: a hundred examples for each of two seeds, and eight held-out pairs."""
    folder = tmp_path / "tasks" / "paint"
    folder.mkdir(parents=True)
    write_shard(folder / "train-000000.tar", 200, task="paint")
    write_shard(folder / "benchmark-000000.tar", 8, seed=9, task="paint")
    return folder.parent


def few_shot(*args: object) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "emend_train.few_shot", *map(str, args)], cwd=ROOT, capture_output=True, text=True,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )  # fmt: skip


@pytest.fixture
def common(checkpoint, tasks, tmp_path):
    return ["--init", checkpoint, "--data", tasks, "--out", tmp_path / "rows.jsonl", "--tasks", "paint"]


def test_an_exported_folder_tells_its_sizes(checkpoint):
    config = exported_config(checkpoint)
    assert config.vocabulary <= SMALL.vocabulary
    assert {**config.to_json(), "vocabulary": SMALL.vocabulary} == SMALL.to_json()


def test_a_new_task_begins_in_the_middle_of_the_known_ones(checkpoint, tmp_path):
    class Args:
        init, rate, pictures, batch = checkpoint, 1e-3, 4, 2

    tokenizer = train_tokenizer(TEXTS, SMALL.vocabulary, SMALL.text_tokens)
    known = EmendModel(exported_config(checkpoint), tokenizer)
    load_exported(known, checkpoint)
    table = finetuned(Args, exported_config(checkpoint), tokenizer, "paint").model.task_embeddings
    assert table.shape == (17, SMALL.width)
    assert torch.equal(table[:16], known.task_embeddings)
    assert torch.allclose(table[16], known.task_embeddings.mean(0))


def test_examples_are_seen_equally_often_and_each_seed_has_its_own(tasks):
    tokenizer = train_tokenizer(TEXTS, 400, 32)
    own, other = examples(tasks / "paint", 3, 0), examples(tasks / "paint", 3, 1)
    assert not any((a == b).all() for (a, _), (b, _) in zip(own, other, strict=True))
    batches = example_batches(own, Collate(tokenizer, tasks=("paint",)), 2, 0)
    shown = torch.cat([next(batches).source for _ in range(6)])
    counts = [sum(bool((picture == torch.from_numpy(pair[0])).all()) for picture in shown) for pair, _ in own]
    assert counts == [4, 4, 4]


def test_every_arm_is_a_line_and_is_not_trained_twice(common, tmp_path):
    common = [*common, "--seeds", 1, "--counts", "1,3", "--pictures", 8, "--batch", 4, "--held-out", 8]
    assert few_shot(*common).returncode == 0
    rows = [json.loads(line) for line in (tmp_path / "rows.jsonl").read_text().splitlines()]
    assert [(row["method"], row["count"]) for row in rows] == [
        ("finetune", 1), ("finetune", 3), ("scratch", 1), ("scratch", 3),
    ]  # fmt: skip
    assert all(row["pictures"] == 8 and row["heldOut"] == 8 and row["edit"] <= 1 and row["keep"] >= 0 for row in rows)
    with (tmp_path / "rows.jsonl").open("a") as file:
        file.write('{"method": "fin')  # torn
    again = few_shot(*common, "--seeds", 2)
    assert again.stdout.count("seed 0") == 0 and again.stdout.count("seed 1") == 4
    assert len(known_lines(tmp_path / "rows.jsonl")) == 8
    assert few_shot(*common, "--rate", 1e-5, "--methods", "finetune").stdout.count("seed 0") == 2


def test_fine_tuning_learns_what_its_examples_show(common, tmp_path):
    args = ["--seeds", 1, "--counts", 100, "--methods", "finetune", "--batch", 8, "--rate", 3e-3, "--held-out", 8]
    few_shot(*common, *args, "--pictures", 8)
    few_shot(*common, *args, "--pictures", 1200)
    before, after = (row["edit"] for row in known_lines(tmp_path / "rows.jsonl"))
    assert after > before + 0.2


def test_an_expert_goes_on_where_it_was_interrupted(common, tasks, tmp_path):
    args = [*common, "--seeds", 1, "--methods", "expert", "--samples", 400, "--batch", 4, "--held-out", 8]
    args += ["--expert-data", tasks / "{task}", "--save-minutes", 0.0001]
    running = subprocess.Popen(
        [sys.executable, "-m", "emend_train.few_shot", *map(str, args)], cwd=ROOT, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, env={**os.environ, "OMP_NUM_THREADS": "1"},
    )  # fmt: skip
    assert "step" in running.stdout.readline()
    running.terminate()
    _, errors = running.communicate(timeout=60)
    assert running.returncode == 130 and "the same command goes on" in errors
    again = few_shot(*args)
    assert again.returncode == 0 and "goes on at step" in again.stdout, again.stderr
    (row,) = known_lines(tmp_path / "rows.jsonl")
    assert (row["method"], row["count"], row["pictures"]) == ("expert", 400, 400)
    assert not list(tmp_path.glob("*.pt"))


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--tasks", "dance"], "no benchmark-*.tar"),
        (["--seeds", 3], "need 201"),
        (["--init", "/nowhere"], "no checkpoint"),
        (["--methods", "expert", "--expert-data", "pipe:true"], "gives no pairs"),
        (["--methods", "expert"], "need --expert-data"),
        (["--methods", "magic"], "--methods are of"),
        (["--counts", "0"], "from 1 to 100"),
        (["--counts", "few"], "whole numbers"),
        (["--pictures", "0"], "at least 1"),
    ],
)
def test_bad_usage_is_one_line_and_exit_2(common, args, message, monkeypatch, capsys):
    small = ["--seeds", 1, "--counts", "1", "--pictures", 2, "--batch", 2, "--held-out", 2]
    monkeypatch.setattr(sys, "argv", ["few_shot", *map(str, [*common, *small, *args])])
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    with pytest.raises(SystemExit) as ended:
        few_shot_module.main()
    assert ended.value.code == 2
    assert message in capsys.readouterr().err.splitlines()[-1]


def test_damaged_pairs_are_named(common, tasks):
    shard = tasks / "paint" / "train-000000.tar"
    with tarfile.open(shard) as tar:
        cut = tar.getmembers()[7].offset_data + 5
    with shard.open("r+b") as file:
        file.truncate(cut)
    done = few_shot(*common, "--seeds", 1)
    assert done.returncode == 2 and "write it again" in done.stderr
