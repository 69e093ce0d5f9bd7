#!/usr/bin/env bash
# Compiles the chip's runtime for every ABI that ESP-IDF's chips have, as a release brings it: with these archives
# a project in C needs no Swift compiler. Those for Xtensa take LLVM 22 or newer, too (docs/XTENSA.md).
# Usage: runtime.sh [FOLDER [ABI…]]   (default: components/hotreload/lib, all of them)
# HOTRELOAD_TOOL: the tool to use (default: it is built)
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:-components/hotreload/lib}
abis=("${@:2}")
[ ${#abis[@]} -gt 0 ] || abis=(rv32imc-ilp32 rv32imafc-ilp32f xtensa-esp32 xtensa-esp32s2 xtensa-esp32s3)

tool=${HOTRELOAD_TOOL:-}
if [ -z "$tool" ]; then
  swift build --product hotreload 1>&2
  tool=$(swift build --show-bin-path)/hotreload
fi
for abi in "${abis[@]}"; do
  # What is made on the way stays out of the component.
  made=build/runtime/$abi/libhotreload_runtime.a
  mkdir -p "$(dirname "$made")" "$folder/$abi"
  "$tool" compile-runtime --abi "$abi" --component components/hotreload --output "$made"
  cmp -s "$made" "$folder/$abi/libhotreload_runtime.a" || cp "$made" "$folder/$abi/libhotreload_runtime.a"
  echo "$folder/$abi/libhotreload_runtime.a"
done
