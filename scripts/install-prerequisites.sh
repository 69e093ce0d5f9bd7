#!/usr/bin/env bash
# Installs what the virtual device needs and this machine lacks. Debian and Ubuntu; says what and why.
# Usage: install-prerequisites.sh [--board NAME] [--tests]; for one board (default: qemu-riscv32), with --tests
# for all of them and for what only the tests need.
set -euo pipefail

board=qemu-riscv32 tests=
while [ $# -gt 0 ]; do
  case $1 in
    --board) board=$2; shift 2 ;;
    --tests) tests=yes; shift ;;
    *) echo "usage: $0 [--board NAME] [--tests]" >&2; exit 64 ;;
  esac
done

# Command that must exist, Debian package that has it, what it is for.
needs=(
  "cmake cmake building the example firmware"
  "ninja ninja-build building the example firmware"
  "curl curl talking to the device without our tool"
  "make make running this project's commands"
)

if [ "$board" = qemu-riscv32 ] || [ -n "$tests" ]; then
  needs+=("qemu-system-riscv32 qemu-system-misc the virtual chip")
fi
if [ "$board" = qemu-xtensa ] || [ -n "$tests" ]; then
  needs+=(
    "qemu-system-xtensa qemu-system-misc the virtual chip"
    "xtensa-lx106-elf-gcc gcc-xtensa-lx106 compiling C for Xtensa"
    "xtensa-lx106-elf-ld binutils-xtensa-lx106 linking for Xtensa"
    "llc-22 llvm-22 compiling Swift for Xtensa"
  )
fi
if [ -n "$tests" ]; then
  needs+=(
    "openssl openssl signing an upload without our tool"
    "riscv64-linux-gnu-ld binutils-riscv64-linux-gnu linking modules as GNU ld does"
    "riscv64-unknown-elf-gcc gcc-riscv64-unknown-elf compiling firmware and modules as ESP-IDF does"
    "clang-22 clang-22 compiling modules for Xtensa by a second compiler"
    "flake8 flake8 checking the Python of idf.py's commands"
    "pytest-3 python3-pytest collecting the tests of test_apps/"
  )
fi

if ! command -v swiftc >/dev/null; then
  echo "error: swiftc is not on PATH" >&2
  echo "hint: install Swift 6.3 from https://www.swift.org/install/linux/ and try again" >&2
  exit 1
fi

packages=()
for need in "${needs[@]}"; do
  read -r program package reason <<<"$need"
  if ! command -v "$program" >/dev/null; then
    echo "install: $package ($reason)" >&2
    packages+=("$package")
  fi
done
[ ${#packages[@]} -gt 0 ] || exit 0

if ! command -v apt-get >/dev/null; then
  echo "error: no apt-get on this machine" >&2
  echo "hint: install these yourself: ${packages[*]}" >&2
  exit 1
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  as_root=(sudo)
  echo "install: root is needed for apt-get, asking sudo" >&2
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
if ! { "${as_root[@]}" apt-get update && "${as_root[@]}" apt-get install -y --no-install-recommends "${packages[@]}"; } >"$log" 2>&1; then
  cat "$log" >&2
  echo "error: apt-get could not install: ${packages[*]}" >&2
  exit 1
fi
