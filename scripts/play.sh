#!/usr/bin/env bash
# Starts a firmware in QEMU and `hotreload watch` beside it: edit, save, see. Ctrl-C ends both.
# Usage: play.sh [--board NAME] [--chip NAME] [--example NAME]
set -euo pipefail
cd "$(dirname "$0")/.."

scratch=$(mktemp -d)
device='' watcher=''
finish() {
  for process in $watcher $device; do
    kill "$process" 2>/dev/null || true
    wait "$process" 2>/dev/null || true
  done
  rm -rf "$scratch"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

. scripts/firmware.sh "$@"

mkfifo "$scratch/messages"
"$tool" run --board "Boards/$board" "$firmware" 2>"$scratch/messages" &
device=$!
exec 3<"$scratch/messages"
while IFS= read -r line <&3; do
  printf '%s\n' "$line" >&2
  [[ $line =~ ' answers at '(.*) ]] && break
done
[ -n "${BASH_REMATCH[1]:-}" ] || { echo "error: the device did not start" >&2; exit 1; }
export HOTRELOAD_URL=${BASH_REMATCH[1]}
cat <&3 >&2 &

step "Edit ${source#"$PWD/"} and save; Ctrl-C ends"
"$tool" watch &
watcher=$!
# Whichever ends first ends both.
wait -n "$device" "$watcher"
