#!/bin/sh
# Puts a C library for bare-metal RISC-V into a folder, without installing anything:
# picolibc (headers, libc.a) and GCC's libgcc.a, taken out of Debian's own packages.
#
#   scripts/fetch-libc.sh FOLDER        makes FOLDER/include and FOLDER/lib/MARCH/MABI
#
# Does nothing if FOLDER is complete. A folder is complete or absent, never half-filled.
# SPDX-License-Identifier: MIT
set -eu

packages="picolibc-riscv64-unknown-elf gcc-riscv64-unknown-elf"
# Those that Boards/qemu-riscv32/board.toml names: march/mabi. The last one's libgcc.a is the last file.
multilibs="rv32im/ilp32 rv32imac/ilp32 rv32imafc/ilp32f"
last=rv32imafc/ilp32f
headers=usr/lib/picolibc/riscv64-unknown-elf/include
library_of() { echo "usr/lib/picolibc/riscv64-unknown-elf/lib/$1/libc.a"; }
libgcc_of() { echo "usr/lib/gcc/riscv64-unknown-elf/*/$1/libgcc.a"; }

say() { printf '%s\n' "fetch-libc: $*" >&2; }
fail() {
  say "error: $1"
  say "hint: $2"
  exit 1
}

if [ $# -ne 1 ]; then
  printf 'usage: %s FOLDER\n' "$0" >&2
  exit 64
fi
if [ -e "$1/lib/$last/libgcc.a" ]; then exit 0; fi

scripts=$(cd "$(dirname "$0")" && pwd)
case $1 in /*) folder=$1 ;; *) folder=$PWD/$1 ;; esac
mkdir -p "$(dirname "$folder")"
work=$(mktemp -d "$folder.new.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

fetch_packages() {
  say "downloading $packages (150 MB; printf, malloc, string, math for the virtual chip); nothing is installed"
  download_packages "$packages" "on a system other than Debian, fill $folder by hand: include/ of picolibc, libc.a \
and libgcc.a in lib/ for each of $multilibs"
  set -f  # tar's patterns, not the shell's
  set -- "./$headers"
  for multilib in $multilibs; do set -- "$@" "./$(library_of "$multilib")"; done
  set +f
  dpkg-deb --fsys-tarfile ./picolibc-*.deb | tar x "$@"
  set -f
  set --
  for multilib in $multilibs; do set -- "$@" "./$(libgcc_of "$multilib")"; done
  set +f
  dpkg-deb --fsys-tarfile ./gcc-*.deb | tar x --wildcards "$@"
}

# Whether this machine has the packages installed.
are_installed() {
  for multilib in $multilibs; do
    # shellcheck disable=SC2046 # a pattern
    [ -e "/$(library_of "$multilib")" ] && ls /$(libgcc_of "$multilib") >/dev/null 2>&1 || return 1
  done
}

cd "$work"
. "$scripts/debian-packages.sh"
if are_installed; then
  say "copying picolibc and libgcc from this machine's installed packages"
  root=/
else
  fetch_packages
  root=./
fi

mkdir -p result/lib
cp -R "$root$headers" result/include
rm -rf result/include/release
for multilib in $multilibs; do
  mkdir -p "result/lib/$multilib"
  cp "$root$(library_of "$multilib")" "result/lib/$multilib/libc.a"
  # shellcheck disable=SC2046 # a pattern
  cp $root$(libgcc_of "$multilib") "result/lib/$multilib/libgcc.a"
done
chmod -R u+rwX,go+rX result
# A folder that an earlier version of this script has filled, for one multilib.
if [ -e "$folder/lib/libgcc.a" ]; then mv -T "$folder" old 2>/dev/null || true; fi
mv -T result "$folder" 2>/dev/null || [ -e "$folder/lib/$last/libgcc.a" ] || fail \
  "$folder is in the way" "remove it"
say "$folder is ready"
