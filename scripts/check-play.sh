#!/usr/bin/env bash
# Runs `make play` as a user would: waits for it, saves an edit, sees the new code, and ends it.
# Usage: check-play.sh BOARD
set -euo pipefail
cd "$(dirname "$0")/.."
board=$1

log=$(mktemp)
play=
finish() {
  [ -z "$play" ] || { kill "$play" 2>/dev/null || true; wait "$play" || true; }
  rm -f "$log"
}
trap finish EXIT

CI=1 scripts/play.sh --board "$board" >"$log" 2>&1 &
play=$!

# Follows the output until a line matches; fails when it ends before, or after two minutes.
output_until() {
  if ! grep -qm1 "$1" < <(timeout 120 tail -n +1 --pid="$play" -f "$log"); then
    cat "$log" >&2
    echo "error: make play did not print: $1" >&2
    exit 1
  fi
}

output_until 'Hello, World.*! 1$'
output_until 'hotreload. reloadable .* unchanged'
sed -i 's/"Hello"/"Played"/' "build/basic-$board/project/components/reloadable/reloadable.c"
output_until 'Played, World'
output_until 'reloadable.c: reloadable .* runs'
kill -TERM "$play"
status=0
wait "$play" || status=$?
play=
[ "$status" -eq 143 ] || { echo "error: make play ended with $status, not 143" >&2; exit 1; }
echo "play: on $board a save reloaded, and it ended cleanly"
