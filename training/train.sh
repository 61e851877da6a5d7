#!/usr/bin/env bash
# Trains with the process settings that matter on a CPU (README: "What makes it fast"); arguments go to emend_train.train.
set -euo pipefail
cd "$(dirname "$0")"
python=${PYTHON:-python3}
[ -n "${PYTHON:-}" ] || { [ -x .venv/bin/python ] && python=.venv/bin/python; }
cores=$(nproc)
export MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=100000000000 MALLOC_TOP_PAD_=268435456
export OMP_NUM_THREADS=${OMP_NUM_THREADS:-$cores} GOMP_CPU_AFFINITY=${GOMP_CPU_AFFINITY:-0-$((cores - 1))}
exec "$python" -m emend_train.train "$@"
