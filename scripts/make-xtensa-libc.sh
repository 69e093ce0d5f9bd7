#!/bin/sh
# Puts a C library for Xtensa's windowed ABI into a folder, without installing anything: newlib and GCC's
# libgcc, compiled from the sources in Debian's packages newlib-source and gcc-12-source.
#
#   scripts/make-xtensa-libc.sh TOOLS FOLDER    makes FOLDER/include, FOLDER/lib/libc.a, FOLDER/lib/libgcc.a
#
# TOOLS is the folder that scripts/make-xtensa-tools.sh has filled. Debian compiles both libraries for the other
# ABI only.
#
# Does nothing if FOLDER is complete. A folder is complete or absent, never half-filled.
# SPDX-License-Identifier: MIT
set -eu

packages="newlib-source gcc-12-source"
newlib=usr/src/newlib/newlib-3.3.0.tar.xz
newlib_folder=newlib-salsa/newlib
gcc=usr/src/gcc-12/gcc-12.2.0-dfsg.tar.xz
gcc_folder=gcc-12.2.0

say() { printf '%s\n' "make-xtensa-libc: $*" >&2; }
fail() {
  say "error: $1"
  say "hint: $2"
  exit 1
}

if [ $# -ne 2 ]; then
  printf 'usage: %s TOOLS FOLDER\n' "$0" >&2
  exit 64
fi
if [ -e "$2/lib/libgcc.a" ]; then exit 0; fi

scripts=$(cd "$(dirname "$0")" && pwd)
tools=$(cd "$1/bin" 2>/dev/null && pwd) || fail "there is no $1/bin" "run scripts/make-xtensa-tools.sh $1"
case $2 in /*) folder=$2 ;; *) folder=$PWD/$2 ;; esac
command -v make >/dev/null || fail "no make here" "scripts/install-prerequisites.sh installs it"
mkdir -p "$(dirname "$folder")"
work=$(mktemp -d "$folder.new.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
cd "$work"
. "$scripts/debian-packages.sh"

root=/
if [ ! -e "/$newlib" ] || [ ! -e "/$gcc" ]; then
  say "downloading $packages (90 MB; printf, malloc, string, math for the virtual chip); nothing is installed"
  download_packages "$packages" "on a system other than Debian, put the sources into /$newlib and /$gcc"
  for package in $packages; do
    case $package in newlib*) archive=$newlib ;; *) archive=$gcc ;; esac
    dpkg-deb --fsys-tarfile "./${package}_"*.deb | tar x "./$archive" 2>/dev/null || fail \
      "$(echo "${package}_"*.deb) has no $archive" "the package of Debian 12 has it"
  done
  root=./
fi

say "compiling newlib and libgcc for Xtensa's windowed ABI (half a minute)"
tar xf "$root$newlib" "$newlib_folder"
tar xf "$root$gcc" "$gcc_folder/libgcc" "$gcc_folder/include"
mkdir result
if ! make -s -f "$scripts/xtensa-libc/Makefile" -C result -j "$(getconf _NPROCESSORS_ONLN)" TOOLS="$tools" \
    NEWLIB="$work/$newlib_folder" LIBGCC="$work/$gcc_folder/libgcc" >log 2>&1; then
  cat log >&2
  fail "the C library could not be compiled (see above)" "remove $1 and try again with Debian 12's gcc-xtensa-lx106"
fi
rm -rf result/objects
chmod -R u+rwX,go+rX result
mv -T result "$folder" 2>/dev/null || [ -e "$folder/lib/libgcc.a" ] || fail \
  "$folder is in the way" "remove it"
say "$folder is ready"
