#!/usr/bin/env bash
# On a bare machine with a GPU, CUDA libraries and PyTorch: checks the engine against the processor, and times it beside
# PyTorch. Each step's output is kept in a file of its own; a step that fails or takes too long does not end the rest.
# run.sh OUT [STEP ...]: only the steps whose names begin so.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=${1:?run.sh OUT [STEP ...]}
shift
wanted=("$@")
mkdir -p "$out"

# Where PyTorch's wheels keep the libraries, if it has brought its own.
wheels=$(python3 - <<'P' 2> /dev/null || true
import glob, os, torch
packages = os.path.dirname(os.path.dirname(torch.__file__))
print(":".join(sorted(glob.glob(packages + "/nvidia/*/lib"))))
P
)
export BRINK_CUDA_PATH=${BRINK_CUDA_PATH:-$wheels}
# cuDNN lies in a folder of its own there; without it, convolutions are products of patches.
without_dnn=$(tr : '\n' <<< "$BRINK_CUDA_PATH" | grep -v cudnn | paste -sd :)
# The tests take the machine's own device instead of the emulated one.
export BRINK_CUDA_TEST=gpu

java=("$here/java/bin/java" --enable-native-access=ALL-UNNAMED -Xmx12g)

chosen() {
  ((${#wanted[@]})) || return 0
  local prefix
  for prefix in "${wanted[@]}"; do
    [[ $1 == "$prefix"* ]] && return 0
  done
  return 1
}

# step NAME SECONDS COMMAND ...
step() {
  local name=$1 limit=$2 started=$SECONDS verdict=0
  shift 2
  chosen "$name" || return 0
  timeout --kill-after=10 "$limit" "$@" > "$out/$name.txt" 2>&1 || verdict=$?
  echo "== $name: exit $verdict after $((SECONDS - started)) s" | tee -a "$out/summary.txt"
  tail -n "${TAIL:-4}" "$out/$name.txt" | tee -a "$out/summary.txt"
}

bench() {
  "${java[@]}" -cp "$here/lib/*" brink.bench.gpu.GpuBench "$@"
}

# under WRAPPER ... -- MEASUREMENT ...
under() {
  local wrapper=()
  while [[ $1 != -- ]]; do
    wrapper+=("$1")
    shift
  done
  shift
  "${wrapper[@]}" "${java[@]}" -cp "$here/lib/*" brink.bench.gpu.GpuBench "$@"
}

# tests WRAPPER ... CLASS
tests() {
  local class=${*: -1}
  "${@:1:$#-1}" "${java[@]}" -cp "$here/lib/*" org.junit.platform.console.ConsoleLauncher execute \
    --disable-banner --details=summary --select-class="$class"
}

# The program itself, with a broker and the monitor in it.
program() {
  "${java[@]}" --add-opens=java.base/java.nio=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -cp "$here/lib/*" \
    brink.distribution.Main "$@"
}

# Functions need a shell of their own under timeout.
shell() {
  local name=$1 limit=$2
  shift 2
  step "$name" "$limit" env HERE="$here" bash -c "here=\$HERE; java=($(printf '%q ' "${java[@]}")); $(declare -f bench under tests program); \"\$@\"" "$name" "$@"
}

readonly cuda=brink.trainer.kernels.cuda

step machine 60 bash -c 'nvidia-smi; nproc; free -g; python3 -c "import torch; print(torch.__version__, torch.version.cuda, torch.backends.cudnn.version())"; printenv BRINK_CUDA_PATH'
shell survey 60 bench survey
TAIL=14
shell contract-float32 180 tests $cuda.Float32ContractTest
shell contract-bf16x9 180 tests $cuda.Bf16x9ContractTest
shell contract-float64 180 tests $cuda.Float64ContractTest
shell contract-sliced 180 tests $cuda.SlicedFloat32ContractTest
shell contract-dnn 60 tests $cuda.DnnConvolutionTest
shell contract-recording 60 tests $cuda.RecordingTest
shell contract-networks 180 tests brink.trainer.network.DeviceAgreementTest
shell accuracy-small 120 bench accuracy SMALL 2000
shell accuracy-mlp 180 bench accuracy MLP 2000
shell accuracy-vgg 240 bench accuracy VGG 64
TAIL=4
# BF16X9 says in words where the device has none; PyTorch has no such setting.
for arithmetic in FLOAT32 TF32 BF16X9; do
  shell "time-small-$arithmetic" 90 bench time SMALL 5000 $arithmetic 100
  shell "time-mlp-$arithmetic" 120 bench time MLP 50000 $arithmetic 20
  shell "time-vgg-10000-$arithmetic" 180 bench time VGG 10000 $arithmetic 5
  BRINK_CUDA_PATH=$without_dnn shell "time-vgg-10000-$arithmetic-patches" 180 bench time VGG 10000 $arithmetic 5
  [[ $arithmetic == BF16X9 ]] && continue
  for compiled in "" compile; do
    step "peer-small-$arithmetic$compiled" 150 python3 "$here/peer.py" SMALL 5000 $arithmetic 100 $compiled
    step "peer-mlp-$arithmetic$compiled" 150 python3 "$here/peer.py" MLP 50000 $arithmetic 20 $compiled
    step "peer-vgg-10000-$arithmetic$compiled" 180 python3 "$here/peer.py" VGG 10000 $arithmetic 5 $compiled
  done
done
shell time-vgg-50000-TF32 300 bench time VGG 50000 TF32 5
step peer-vgg-50000-TF32 300 python3 "$here/peer.py" VGG 50000 TF32 5
TAIL=14
for arithmetic in FLOAT32 TF32; do
  shell "edge-small-$arithmetic" 240 bench edge SMALL 5000 $arithmetic 4000
  shell "edge-mlp-$arithmetic" 400 bench edge MLP 50000 $arithmetic 4000
done
shell publishing-vgg 300 bench publishing VGG 50000 TF32 3
shell program-doctor 60 program doctor --bootstrap-servers 127.0.0.1:1
shell program-demo 240 program demo --exit --problem mlp-bn --hidden 200,200 --device cuda --steps 3000
TAIL=200
if command -v ncu > /dev/null; then
  shell profile-mlp 240 under ncu --clock-control none --graph-profiling node --launch-count 400 --print-summary per-kernel \
    --metrics gpu__time_duration.sum,dram__throughput.avg.pct_of_peak_sustained_elapsed -- time MLP 50000 FLOAT32 1
fi
TAIL=14
if command -v compute-sanitizer > /dev/null; then
  shell sanitizer-memory 400 tests compute-sanitizer --error-exitcode 9 $cuda.Float32ContractTest
  shell sanitizer-races 400 tests compute-sanitizer --tool racecheck --error-exitcode 9 $cuda.Float32ContractTest
fi
