import io
import json
import tarfile

import numpy as np
import pytest

COLORS = {"red": (220, 40, 40), "blue": (40, 60, 220), "green": (40, 180, 70), "yellow": (240, 210, 40)}


def toy_pair(rng: np.random.Generator, size: int = 64, task: str = "texture") -> tuple[np.ndarray, dict]:
    """A square on grey that changes its colour: enough to see a trainer learn."""
    names = list(COLORS)
    old, new = rng.choice(len(names), 2, replace=False)
    source = np.full((size, size, 3), 128, np.uint8)
    x, y, side = *rng.integers(4, size - 28, 2), rng.integers(16, 24)
    source[y : y + side, x : x + side] = COLORS[names[old]]
    target = source.copy()
    target[y : y + side, x : x + side] = COLORS[names[new]]
    note = {
        "task": task,
        "instructions": [f"make the square {names[new]}", f"paint it {names[new]}"],
        "sourceCaption": f"a {names[old]} square",
        "targetCaption": f"a {names[new]} square",
    }
    return np.stack([source, target]), note


def write_shard(path, count: int, seed: int = 0, task: str = "texture") -> None:
    rng = np.random.default_rng(seed)
    with tarfile.open(path, "w") as tar:
        for index in range(count):
            pair, note = toy_pair(rng, task=task)
            buffer = io.BytesIO()
            np.save(buffer, pair)
            for name, data in (("pair.npy", buffer.getvalue()), ("json", json.dumps(note).encode())):
                info = tarfile.TarInfo(f"{index:06d}.{name}")
                info.size = len(data)
                tar.addfile(info, io.BytesIO(data))


@pytest.fixture
def shards(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    write_shard(folder / "train-000000.tar", 300)
    write_shard(folder / "benchmark-000000.tar", 16, seed=9)
    return folder
