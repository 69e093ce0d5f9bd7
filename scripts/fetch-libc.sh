#!/bin/sh
# Puts a C library for bare-metal RV32IMAC into a folder, without installing anything:
# picolibc (headers, libc.a) and GCC's libgcc.a, taken out of Debian's own packages.
#
#   scripts/fetch-libc.sh FOLDER        makes FOLDER/include and FOLDER/lib
#
# Does nothing if FOLDER is complete. A folder is complete or absent, never half-filled.
# SPDX-License-Identifier: MIT
set -eu

packages="picolibc-riscv64-unknown-elf gcc-riscv64-unknown-elf"
multilib=rv32imac/ilp32
headers=usr/lib/picolibc/riscv64-unknown-elf/include
library=usr/lib/picolibc/riscv64-unknown-elf/lib/$multilib/libc.a
libgcc=usr/lib/gcc/riscv64-unknown-elf/*/$multilib/libgcc.a

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
if [ -e "$1/lib/libgcc.a" ]; then exit 0; fi

case $1 in /*) folder=$1 ;; *) folder=$PWD/$1 ;; esac
mkdir -p "$(dirname "$folder")"
work=$(mktemp -d "$folder.new.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
# apt's sandbox user `_apt` does not get into the 0700 folder of mktemp: root fetches as root.
as_self="-o APT::Sandbox::User=$(id -un)"

# The package files, into the current folder.
download() {
  # shellcheck disable=SC2086 # lists of words
  apt-get -qq $as_self "$@" download $packages >&2
}

# Package lists of our own, from the machine's sources: needs no root, leaves the machine as it is.
update_private_lists() {
  mkdir -p lists/partial cache/archives/partial
  # shellcheck disable=SC2086 # a list of words
  apt-get -qq $as_self "$@" -o APT::Update::Error-Mode=any update >&2
}

fetch_packages() {
  for tool in apt-get dpkg-deb tar; do
    command -v $tool >/dev/null || fail "no $tool here" \
      "on a system other than Debian, fill $folder by hand: include/ and lib/libc.a of picolibc, lib/libgcc.a ($multilib)"
  done
  say "downloading $packages (150 MB; printf, malloc, string, math for the virtual chip); nothing is installed"
  # shellcheck disable=SC2086 # a list of words
  if ! apt-cache show $packages >/dev/null 2>&1; then
    say "this machine's package lists do not name them: reading fresh lists into a temporary folder"
    set -- -o "Dir::State::lists=$work/lists" -o "Dir::Cache=$work/cache"
    update_private_lists "$@" || fail "the package lists cannot be read" \
      "check the network and /etc/apt/sources.list (Debian 12: bookworm main)"
  fi
  download "$@" || fail "the packages cannot be downloaded" \
    "check the network; if apt names an old version, run: sudo apt-get update"
  dpkg-deb --fsys-tarfile ./picolibc-*.deb | tar x "./$headers" "./$library"
  dpkg-deb --fsys-tarfile ./gcc-*.deb | tar x --wildcards "./$libgcc"
}

cd "$work"
if [ -e "/$library" ] && ls /$libgcc >/dev/null 2>&1; then
  say "copying picolibc and libgcc from this machine's installed packages"
  root=/
else
  fetch_packages
  root=./
fi

mkdir -p result/lib
cp -R "$root$headers" result/include
rm -rf result/include/release
cp "$root$library" result/lib/libc.a
# The last file: its presence says that the folder is complete.
# shellcheck disable=SC2086 # a pattern
cp $root$libgcc result/lib/libgcc.a
chmod -R u+rwX,go+rX result
mv -T result "$folder" 2>/dev/null || [ -e "$folder/lib/libgcc.a" ] || fail \
  "$folder is in the way" "remove it"
say "$folder is ready"
