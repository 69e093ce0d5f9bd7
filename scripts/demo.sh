#!/usr/bin/env bash
# Shows one live reload: starts a firmware in QEMU, edits its module, reloads it, and checks that the same
# firmware runs the new code. Usage: demo.sh [--board NAME] [--chip NAME] [--example NAME]
set -euo pipefail
cd "$(dirname "$0")/.."

scratch=$(mktemp -d)
device=
finish() {
  [ -z "$device" ] || { kill "$device" 2>/dev/null || true; wait "$device" 2>/dev/null || true; }
  rm -rf "$scratch"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

. scripts/firmware.sh "$@"

step "Device: $firmware in QEMU"
mkfifo "$scratch/console"
"$tool" run --board "Boards/$board" "$firmware" --url-file "$scratch/url" >"$scratch/console" &
device=$!
exec 3<"$scratch/console"

# Prints the console until a line matches; fails if the device ends or stays silent before.
console_until() {
  local line
  while IFS= read -r -t 60 line <&3; do
    printf '    %s\n' "$line"
    [[ $line =~ $1 ]] && return 0
  done
  echo "error: the device ended or fell silent before it printed: $1" >&2
  return 1
}

console_until 'Hello, World.*! 2$'
HOTRELOAD_URL=$(cat "$scratch/url")
export HOTRELOAD_URL

step "Edit: \"Hello\" becomes \"Hot reloaded\" in ${source#"$PWD/"}"
sed -i 's/"Hello"/"Hot reloaded"/' "$source"
step "Reload: hotreload reload"
"$tool" reload

step "The same firmware goes on"
console_until '^\[boot 1, up [0-9.]+ s\] Hot reloaded, World'
console_until '^\[boot 1, up [0-9.]+ s\] Hot reloaded, World.*! 1$'
"$tool" status
step "Done: the code is new, boot 1 was never left, and the uptime kept counting"
