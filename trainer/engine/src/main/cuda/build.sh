#!/usr/bin/env bash
# Compiles the kernels for every supported device into the resource that the program carries, and stores beside it the
# hash of the sources that it was made of. Needs nvcc (CUDA 13). With --check nothing is stored.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

readonly resources=../resources/brink/trainer/kernels/cuda
readonly targets=(80 90 100 120)

options=(--fatbin --std=c++17 --compress-mode=size --Werror all-warnings)
for target in "${targets[@]}"; do
  options+=("--generate-code=arch=compute_$target,code=sm_$target")
done
# Newer devices compile this once, at load time.
for target in 80 120; do
  options+=("--generate-code=arch=compute_$target,code=compute_$target")
done

if [[ ${1-} == --check ]]; then
  out=$(mktemp -d)
  trap 'rm -rf "$out"' EXIT
else
  mkdir -p "$resources"
  out=$resources
fi

nvcc "${options[@]}" -o "$out/kernels.fatbin" kernels.cu
# names and contents of the sources, in the order of the bytes of their names
find . -maxdepth 1 -name '*.cu' -o -name '*.cuh' -o -name '*.inc' | sed 's#^\./##' | LC_ALL=C sort | xargs sha256sum \
  | sha256sum | cut -d ' ' -f 1 > "$out/kernels.sources.sha256"
echo "cuda: $(stat --format=%s "$out/kernels.fatbin") bytes for sm_${targets[*]}"
