#!/usr/bin/env bash
# Builds the examples of Examples/esp-idf with the real ESP-IDF for each chip whose toolchain is there, and reloads
# modules on an ESP32 and an ESP32-C3 in Espressif's QEMU, over esp_http_server. Usage, in a shell that has sourced ESP-IDF's
# export.sh: test-esp-idf.sh [CHIP...]. Without a CHIP: all of components/hotreload/idf_component.yml.
#
# What is skipped is said, with the reason. All is done in a scratch folder, which goes away at the end.
# ESP_IDF_TEST_DEFAULTS: a file of more sdkconfig.defaults, for every build.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD

# fail WHAT HINT
fail() {
  printf 'error: %s\nhint: %s\n' "$1" "$2" >&2
  exit 1
}

[ -n "${IDF_PATH:-}" ] || fail 'IDF_PATH is not set' '. <folder of ESP-IDF>/export.sh'
[ -f "$IDF_PATH/tools/cmake/project.cmake" ] ||
  fail "IDF_PATH names no ESP-IDF: $IDF_PATH" '. <folder of ESP-IDF>/export.sh'
command -v idf.py >/dev/null || fail 'idf.py is not in PATH' ". $IDF_PATH/export.sh"

scratch=$(mktemp -d)
# ESP-IDF's kconfgen leaves its temporary files behind.
export TMPDIR=$scratch
passed=0 failed=0 skipped=0
. scripts/esp-idf-device.sh
trap 'stop_device; rm -rf "$scratch"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# check NAME COMMAND...: runs one check; its output is shown if it fails.
check() {
  local name=$1 start=$SECONDS
  shift
  if "$@" >"$scratch/log" 2>&1; then
    passed=$((passed + 1))
    printf 'passed: %s (%s s)\n' "$name" $((SECONDS - start))
  else
    failed=$((failed + 1))
    tail -n 60 "$scratch/log" | cut -c -300
    printf 'FAILED: %s\n' "$name"
    return 1
  fi
}

skip() {
  skipped=$((skipped + 1))
  printf 'skipped: %s: %s\n' "$1" "$2"
}

# Chips of the component.
chips() { sed -n '/^targets:/,/^[^ ]/s/^ *- *//p' components/hotreload/idf_component.yml; }

# Prints why nothing can be built for a chip; fails if it can.
why_no_build() {
  local toolchain=$IDF_PATH/tools/cmake/toolchain-$1.cmake prefix
  if ! grep -qx "$1" "$scratch/targets"; then
    echo "this ESP-IDF does not support it"
  elif ! prefix=$(grep -ohE -m 1 '(riscv32|xtensa)-[a-z0-9-]*elf-' "$toolchain" | head -n 1); then
    echo "no compiler is named in $toolchain"
  elif ! command -v "${prefix}gcc" >/dev/null; then
    echo "${prefix}gcc is not in PATH: \$IDF_PATH/install.sh $1"
  else
    return 1
  fi
}

# build EXAMPLE CHIP BUILD_FOLDER [DEFAULTS...]: with more files of defaults, absolute or in the example's folder.
# Of ESP-IDF only the components that the example needs.
build() {
  local example=$1 chip=$2 folder=$3 defaults=sdkconfig.defaults
  shift 3
  for file in "$@" ${ESP_IDF_TEST_DEFAULTS:+"$ESP_IDF_TEST_DEFAULTS"}; do defaults+=";$file"; done
  idf.py -C "$scratch/Examples/esp-idf/$example" -B "$folder" -D "SDKCONFIG=$folder/sdkconfig" \
    -D "SDKCONFIG_DEFAULTS=$defaults" -D "IDF_TARGET=$chip" -D COMPONENTS=main build
}

# A copy, so that edits and `sdkconfig` do not touch the repository; the component is found at its old place.
mkdir -p "$scratch/Examples"
cp -r Examples/esp-idf "$scratch/Examples/"
ln -s "$root/components" "$scratch/components"
idf.py --list-targets >"$scratch/targets"
printf 'ESP-IDF: %s, %s\n' "$(idf.py --version 2>/dev/null | tail -n 1)" "$IDF_PATH"

if [ -z "${HOTRELOAD_TOOL:-}" ]; then
  swift build --product hotreload 1>&2
  HOTRELOAD_TOOL=$(swift build --show-bin-path)/hotreload
  export HOTRELOAD_TOOL
fi

# What the tests without ESP-IDF take for ESP-IDF.
version=$(sed -nE 's/^set\(IDF_VERSION_(MAJOR|MINOR) ([0-9]+)\).*/\2/p' "$IDF_PATH/tools/cmake/version.cmake" | paste -sd .)
if [ -f "Tests/ESPIDFStandIn/tools/cmake/versions/$version.cmake" ]; then
  check "the stand-in's keywords are those of this ESP-IDF" cmake -P Tests/ESPIDFStandIn/compare.cmake || true
else
  skip 'Tests/ESPIDFStandIn' "it has no ESP-IDF $version"
fi
if command -v swift >/dev/null; then
  check "the declarations of Tests/ESPIDFHeaders are those of this ESP-IDF" \
    swift scripts/check-esp-idf-headers.swift || true
else
  skip 'Tests/ESPIDFHeaders' 'swift is not in PATH'
fi

mapfile -t all < <(chips)
[ $# -eq 0 ] || all=("$@")
for chip in "${all[@]}"; do
  if reason=$(why_no_build "$chip"); then
    skip "$chip" "$reason"
    continue
  fi
  if emulator "$chip" >/dev/null; then
    if reason=$(why_no_device "$chip"); then
      skip "$chip in QEMU" "$reason"
    else
      test_device "$chip" || stop_device
    fi
  fi
  for example in Examples/esp-idf/*/; do
    example=$(basename "$example")
    check "$example is built for $chip" build "$example" "$chip" "$scratch/$example-$chip" || true
  done
done

printf '%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
