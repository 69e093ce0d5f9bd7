#!/bin/sh
# Puts a C compiler and binutils for Xtensa's windowed ABI into a folder, without installing anything.
#
#   scripts/make-xtensa-tools.sh FOLDER     makes FOLDER/bin/xtensa-windowed-elf-{gcc,as,ld,…}
#
# They are Debian's xtensa-lx106-elf-*, made for a core without register windows, with another ABI and another
# core: binutils loads the description of a core from the library that XTENSA_GNU_CONFIG names. This script
# compiles that library from binutils' own tables, out of the Debian package binutils-source.
#
# Does nothing if FOLDER is complete. A folder is complete or absent, never half-filled.
# SPDX-License-Identifier: MIT
set -eu

prefix=xtensa-lx106-elf
compilers="gcc g++"
programs="addr2line ar as c++filt ld nm objcopy objdump ranlib readelf size strings strip"

say() { printf '%s\n' "make-xtensa-tools: $*" >&2; }
fail() {
  say "error: $1"
  say "hint: $2"
  exit 1
}

if [ $# -ne 1 ]; then
  printf 'usage: %s FOLDER\n' "$0" >&2
  exit 64
fi
if [ -e "$1/bin/xtensa-windowed-elf-gcc" ]; then exit 0; fi

scripts=$(cd "$(dirname "$0")" && pwd)
case $1 in /*) folder=$1 ;; *) folder=$PWD/$1 ;; esac
for program in $compilers $programs; do
  command -v $prefix-"$program" >/dev/null || fail "no $prefix-$program in PATH" \
    "scripts/install-prerequisites.sh --board qemu-xtensa installs it (Debian: gcc-xtensa-lx106, binutils-xtensa-lx106)"
done
# Swift needs one of them, too: it links with it.
for host_compiler in ${CC:-} cc clang gcc; do
  if command -v "$host_compiler" >/dev/null; then break; fi
done
command -v "$host_compiler" >/dev/null || fail "no C compiler for this computer (cc, clang, gcc) in PATH" \
  "install one, or name it in the environment variable CC"

mkdir -p "$(dirname "$folder")"
work=$(mktemp -d "$folder.new.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
cd "$work"
. "$scripts/debian-packages.sh"

# "GNU assembler (2.40-2+5+b1) 2.40": the tables have to be of the version that will read them.
version=$($prefix-as --version | sed -n '1s/.* //p')
archive=usr/src/binutils/binutils-$version.tar.xz
root=/
if [ ! -e "/$archive" ]; then
  say "downloading binutils-source (24 MB; the tables of Xtensa's instructions); nothing is installed"
  download_packages binutils-source "on a system other than Debian, install binutils-$version.tar.xz as /$archive"
  dpkg-deb --fsys-tarfile ./binutils-source_*.deb | tar x "./$archive" 2>/dev/null || fail \
    "$(echo binutils-source_*.deb) does not have the source of $prefix-as, which is version $version" \
    "bring binutils-xtensa-lx106 and binutils-source to one version: apt-get update, apt-get upgrade"
  root=./
fi

say "compiling the description of the core for binutils $version"
source=binutils-$version
tar xf "$root$archive" "$source/bfd/xtensa-modules.c" "$source/include/ansidecl.h" \
  "$source/include/xtensa-config.h" "$source/include/xtensa-dynconfig.h" \
  "$source/include/xtensa-isa.h" "$source/include/xtensa-isa-internal.h"
mkdir -p result/bin result/lib empty
# What these say of BFD and of the computer the tables do not need.
: >empty/sysdep.h
: >empty/bfd.h
"$host_compiler" -shared -fPIC -O1 -w -Iempty -I"$source/include" -o result/lib/core.so \
  "$scripts/xtensa-core.c" "$source/bfd/xtensa-modules.c" || fail \
  "$host_compiler could not compile the description of the core" "say in CC which C compiler to use"

# As short as can be: a reload starts some of these. $0 is a path even if PATH led here.
for program in $compilers $programs; do
  case " $compilers " in
    *" $program "*) abi=' -mabi=windowed' ;;
    *) abi= ;;
  esac
  cat >"result/bin/xtensa-windowed-elf-$program" <<END
#!/bin/sh
XTENSA_GNU_CONFIG=\${0%/*}/../lib/core.so exec $prefix-$program$abi "\$@"
END
done
chmod -R u+rwX,go+rX result
chmod 755 result/bin/*

# The proof: the other ABI's assembler does not know this.
printf '.text\nf: entry sp, 16\nretw\n' >proof.s
result/bin/xtensa-windowed-elf-as -o proof.o proof.s || fail "$prefix-as does not take the description of the core" \
  "binutils-xtensa-lx106 has to be version 2.40 or newer (Debian 12)"
mv -T result "$folder" 2>/dev/null || [ -e "$folder/bin/xtensa-windowed-elf-gcc" ] || fail \
  "$folder is in the way" "remove it"
say "$folder is ready"
