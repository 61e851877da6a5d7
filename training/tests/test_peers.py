"""The peers of `emend bench engine` on the tiny InstructPix2Pix checkpoint of the goldens."""

import importlib.util
import json
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from peers import prepare, time_edit, time_unet
from peers.inputs import in_order
from peers.runtimes import RUNTIMES

CHECKPOINT = Path(__file__).resolve().parents[2] / "test" / "golden" / "ip2p"
PACKAGES = {"onnxruntime": ["onnx", "onnxscript", "onnxruntime"], "openvino": ["openvino"]}


@pytest.fixture
def inputs(tmp_path):
    random = np.random.default_rng(0)
    tensors = {
        "timestep": np.float32([500]),
        "context": random.standard_normal((1, 7, 12), np.float32),
        "sample": random.standard_normal((1, 8, 8, 8), np.float32),
    }
    save_file(tensors, tmp_path / "inputs.safetensors")
    return tmp_path / "inputs.safetensors"


def run(module, monkeypatch, capsys, *arguments) -> list[dict]:
    """What a script says, line by line."""
    monkeypatch.setattr("sys.argv", ["peer", *map(str, arguments)])
    module.main()
    return [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]


def predict(runtime, inputs, tmp_path, monkeypatch, capsys) -> np.ndarray:
    prepared, out = tmp_path / runtime, tmp_path / f"{runtime}.safetensors"
    if runtime in PACKAGES:
        run(prepare, monkeypatch, capsys, runtime, CHECKPOINT, prepared, "--inputs", inputs)
    said = run(
        *(time_unet, monkeypatch, capsys, runtime, CHECKPOINT, prepared, "--inputs", inputs, "--output", out),
        *("--rounds", 3),
    )
    assert said[0] == {"first": True}
    assert len(said[1]["times"]) == len(said[1]["processor"]) == 3
    return load_file(out)["prediction"]


def test_inputs_come_in_the_network_s_order_whatever_the_file_s(inputs):
    assert list(in_order(load_file(inputs))) == ["sample", "timestep", "context"]


@pytest.mark.parametrize("runtime", ["bf16", *PACKAGES])
def test_a_runtime_predicts_what_pytorch_does(runtime, inputs, tmp_path, monkeypatch, capsys):
    for package in PACKAGES.get(runtime, []):
        pytest.importorskip(package)
    expected = predict("pytorch", inputs, tmp_path, monkeypatch, capsys)
    found = predict(runtime, inputs, tmp_path, monkeypatch, capsys)
    tolerance = 0.05 if "bf16" in runtime else 1e-4
    assert np.abs(found - expected).max() <= tolerance * np.abs(expected).max()
    assert not np.array_equal(found, expected) or runtime != "bf16"


def test_a_missing_package_is_said_and_no_failure(inputs, tmp_path, monkeypatch, capsys):
    if importlib.util.find_spec("openvino"):
        monkeypatch.setitem(__import__("sys").modules, "openvino", None)
    monkeypatch.setattr("sys.argv", ["peer", "openvino", str(CHECKPOINT), str(tmp_path), "--inputs", str(inputs)])
    with pytest.raises(SystemExit) as ended:
        prepare.main()
    assert ended.value.code == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == {"missing": "openvino"}


def test_a_whole_edit_has_a_time_for_each_step_but_the_first(tmp_path, monkeypatch, capsys):
    from PIL import Image

    Image.linear_gradient("L").resize((32, 32)).convert("RGB").save(tmp_path / "source.png")
    said = run(
        *(time_edit, monkeypatch, capsys, "pytorch", CHECKPOINT, tmp_path, tmp_path / "source.png"),
        *("--steps", 3, "--out", tmp_path / "result.png"),
    )
    assert len(said[-1]["times"]) == 2
    assert Image.open(tmp_path / "result.png").size == (32, 32)


@pytest.mark.parametrize("runtime", PACKAGES)
def test_an_edit_by_exported_networks_is_the_pipeline_s(runtime, tmp_path, monkeypatch, capsys):
    for package in PACKAGES[runtime]:
        pytest.importorskip(package)
    from PIL import Image

    picture = tmp_path / "source.png"
    Image.linear_gradient("L").resize((32, 32)).convert("RGB").save(picture)
    results = []
    for name in ("pytorch", runtime):
        prepared, out = tmp_path / name, tmp_path / f"{name}.png"
        run(prepare, monkeypatch, capsys, name, CHECKPOINT, prepared, "--edit", 32)
        run(time_edit, monkeypatch, capsys, name, CHECKPOINT, prepared, picture, "--steps", 3, "--out", out)
        results.append(np.asarray(Image.open(out), np.int16))
    # The same noise by the same generator; a grey level for float32 rounded in another order.
    assert np.abs(results[0] - results[1]).mean() < 1


def test_every_runtime_says_its_version(monkeypatch):
    for name, runtime in RUNTIMES.items():
        if all(importlib.util.find_spec(package) for package in PACKAGES.get(name.split("-")[0], [])):
            assert any(letter.isdigit() for letter in runtime.version())
