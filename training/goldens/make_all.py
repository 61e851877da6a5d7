"""Writes all of test/golden anew: `python training/goldens/make_all.py`."""

import subprocess
import sys
from pathlib import Path

# The pipeline's goldens use the checkpoint that the components' script writes.
for script in ("make_components.py", "make_schedulers.py", "make_pipeline.py", "make_predictor.py", "make_layouts.py"):
    subprocess.run([sys.executable, str(Path(__file__).with_name(script))], check=True)
