#!/usr/bin/env bash
# Checks the layout of the Swift sources and the rules that the compiler does not know.
set -euo pipefail
cd "$(dirname "$0")/.."

# Fuzz/Modules and Benchmarks/Modules link to sources that are elsewhere, too.
mapfile -t sources < <(git ls-files -co --exclude-standard '*.swift' ':!Fuzz/Modules')
swift format lint --strict --parallel "${sources[@]}"

# A device module imports device modules only; unsafe code says why it is safe.
device='CHotReload|HotReload(ELF|Loader|Delta|Port|Store|Server|SoftwareCrypto|Runtime|Exports)'
if grep -rnE '^ *(public |internal |package )?import ' components/hotreload/Sources --include '*.swift' |
  grep -vE "import ($device)\$"; then
  echo "error: a device module imports something that does not run on the chip" >&2
  exit 1
fi
if git ls-files -co --exclude-standard | grep -vE '\.md$|^scripts/lint\.sh$|^(Benchmarks|Fuzz)/(Corpus|Modules)/' | xargs grep -nwIE 'TODO|FIXME|XXX'; then
  echo "error: unfinished work; open an issue instead" >&2
  exit 1
fi

mapfile -t scripts < <(git ls-files -co --exclude-standard '*.py')
flake8 --max-line-length 120 "${scripts[@]}"
echo "lint: ${#sources[@]} Swift files and ${#scripts[@]} Python files are clean"
