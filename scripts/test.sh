#!/usr/bin/env bash
# Every test in one command: lint, unit, golden, simulator, and end to end on the virtual chip.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install-prerequisites.sh --tests
boards=
for file in Boards/*/board.toml; do boards+=" $(basename "$(dirname "$file")")"; done
for board in $boards; do scripts/prepare-board.sh "$board"; done
scripts/lint.sh
echo "test: building (a few minutes the first time)" >&2
swift build --build-tests

# Runs some of the tests. What failed is said again at the end, where people and CI look.
run() {
  local log
  log=$(mktemp)
  if swift test --skip-build --parallel "$@" 2>&1 | tee "$log"; then
    rm -f "$log"
  else
    printf '\ntest: FAILED\n' >&2
    awk '/^✘/ { shown = /known issue/ ? 0 : 40 } /^(◇|✔)/ { shown = 0 } shown-- > 0' "$log" | grep -a . >&2 ||
      tail -n 20 "$log" >&2
    rm -f "$log"
    exit 1
  fi
}
# Apart: compilers and emulators would take the processors from tests that talk to devices and watch files.
conversations='HotReload(Client|Commands|Watch)Tests'
run --filter "$conversations"
run --skip "$conversations" --skip SystemTests
run --filter SystemTests

# What is known to be hostile, and ten seconds of more of it.
FUZZ_SECONDS=10 FUZZ_SEED=1 scripts/fuzz.sh

# What the README shows, as a user runs it.
scripts/check-docs.sh
# Examples/esp-idf/ is for chips.
for board in $boards; do
  for project in Examples/*/CMakeLists.txt; do
    scripts/demo.sh --board "$board" --example "$(basename "$(dirname "$project")")"
  done
  scripts/check-play.sh "$board"
done
