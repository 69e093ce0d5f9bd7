#!/usr/bin/env bash
# Every test in one command: lint, unit, golden, simulator, and end to end on the virtual chip.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install-prerequisites.sh
scripts/fetch-libc.sh build/libc
scripts/lint.sh
echo "test: building (a few minutes the first time)" >&2
swift build --build-tests
swift test --skip-build --parallel

# What the README shows, as a user runs it.
scripts/check-docs.sh
scripts/demo.sh
scripts/check-play.sh
