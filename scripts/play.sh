#!/usr/bin/env bash
# Starts a firmware in QEMU and `hotreload watch` beside it: edit, save, see. Ctrl-C ends both.
# Usage: play.sh [--board NAME] [--example NAME]
set -euo pipefail
cd "$(dirname "$0")/.."

board=qemu-riscv32 example=basic
while [ $# -gt 0 ]; do
  case $1 in
    --board) board=$2; shift 2 ;;
    --example) example=$2; shift 2 ;;
    *) echo "usage: play.sh [--board NAME] [--example NAME]" >&2; exit 64 ;;
  esac
done
. scripts/firmware.sh

scratch=$(mktemp -d)
device=
finish() {
  [ -z "$device" ] || { kill "$device" 2>/dev/null || true; wait "$device" 2>/dev/null || true; }
  rm -rf "$scratch"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

mkfifo "$scratch/url"
"$tool" run --board "Boards/$board" "$firmware" --url-file "$scratch/url" &
device=$!
HOTRELOAD_URL=$(cat "$scratch/url")
export HOTRELOAD_URL
step "Edit $project/components/reloadable/ and save; Ctrl-C ends"
"$tool" watch
