#!/usr/bin/env bash
# Builds the emulated device into a folder: one library under the sonames of the driver, cuBLAS and cuDNN, with the
# driver alone in driver/ and without cuDNN in driver-and-blas/.
set -euo pipefail
folder=${1:?build.sh FOLDER}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

mkdir -p "$folder/driver" "$folder/driver-and-blas"
folder=$(cd "$folder" && pwd)
g++ -std=c++20 -O2 -fPIC -shared -fvisibility=hidden -U_FORTIFY_SOURCE -Wall -Wextra -Werror -Wno-unknown-pragmas \
  -o "$folder/emulation.so" "$here/emulation.cpp"

link() {
  local name
  for name in "${@:2}"; do
    ln --symbolic --force "$folder/emulation.so" "$1/$name"
  done
}
link "$folder/driver" libcuda.so.1
link "$folder/driver-and-blas" libcuda.so.1 libcublas.so.13
# the last link says that all is there
link "$folder" libcuda.so.1 libcublas.so.13 libcudnn.so.9
