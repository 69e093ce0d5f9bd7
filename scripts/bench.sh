#!/usr/bin/env bash
# Measures, and writes docs/BENCHMARKS.md: `make bench`. Under 10 minutes, with nothing else to do for the machine.
# ONLY="load sizes": these parts, and nothing is written. UPDATE_BASELINE=1: what is the same on every machine becomes
# Benchmarks/baseline.json. ORIGINAL=path: igrr/hotreload's sources, whose loader does the same loads.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install-prerequisites.sh --tests
for file in Boards/*/board.toml; do scripts/prepare-board.sh "$(basename "$(dirname "$file")")"; done
echo "bench: building the tool, optimised (a few minutes the first time)" >&2
swift build -c release --product hotreload >&2
swift build --package-path Benchmarks --scratch-path .build/benchmarks --product bench >&2
tool=$(swift build -c release --show-bin-path)/hotreload
bench=$(swift build --package-path Benchmarks --scratch-path .build/benchmarks --show-bin-path)/bench

options=()
for part in ${ONLY:-}; do options+=(--only "$part"); done
[ -z "${UPDATE_BASELINE:-}" ] || options+=(--update-baseline)
[ -z "${ORIGINAL:-}" ] || options+=(--original "$(realpath "$ORIGINAL")")
"$bench" "$PWD" "$tool" "${options[@]}"
