"""Writes all of test/golden anew: `python training/goldens/make_all.py`."""

import subprocess
import sys
from pathlib import Path

# The pipeline's and DeepCache's goldens use checkpoints that the components' script writes.
for script in (
    "make_components.py",
    "make_deep_cache.py",
    "make_schedulers.py",
    "make_pipeline.py",
    "make_predictor.py",
    "make_t5.py",
    "make_families.py",
    "make_anysd.py",
    "make_full_size.py",
    "make_safety.py",
    "make_layouts.py",
):
    subprocess.run([sys.executable, str(Path(__file__).with_name(script))], check=True)
