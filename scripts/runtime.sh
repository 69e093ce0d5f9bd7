#!/usr/bin/env bash
# Compiles the chip's runtime for every ABI that ESP-IDF's chips have, as a release brings it: with these archives
# a project in C needs no Swift compiler.
# Usage: runtime.sh [FOLDER]   (default: components/hotreload/lib)
# HOTRELOAD_TOOL: the tool to use (default: it is built)
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:-components/hotreload/lib}

tool=${HOTRELOAD_TOOL:-}
if [ -z "$tool" ]; then
  swift build --product hotreload 1>&2
  tool=$(swift build --show-bin-path)/hotreload
fi
for abi in rv32imc-ilp32 rv32imafc-ilp32f; do
  # What is made on the way stays out of the component.
  made=build/runtime/$abi/libhotreload_runtime.a
  mkdir -p "$(dirname "$made")" "$folder/$abi"
  "$tool" compile-runtime --abi "$abi" --component components/hotreload --output "$made"
  cmp -s "$made" "$folder/$abi/libhotreload_runtime.a" || cp "$made" "$folder/$abi/libhotreload_runtime.a"
  echo "$folder/$abi/libhotreload_runtime.a"
done
