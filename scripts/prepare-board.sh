#!/bin/sh
# Makes what the toolchain file of a board takes from build/: its C library, and compilers that no package has.
# Usage: prepare-board.sh BOARD; run install-prerequisites.sh --board BOARD before it.
# SPDX-License-Identifier: MIT
set -eu
if [ $# -ne 1 ]; then
  echo "usage: $0 BOARD" >&2
  exit 64
fi
cd "$(dirname "$0")/.."

case $1 in
  qemu-riscv32)
    scripts/fetch-libc.sh build/libc
    ;;
  qemu-xtensa)
    scripts/make-xtensa-tools.sh build/xtensa
    scripts/make-xtensa-libc.sh build/xtensa build/libc-xtensa
    ;;
  *)
    echo "error: prepare-board.sh knows no board named $1" >&2
    exit 64
    ;;
esac
