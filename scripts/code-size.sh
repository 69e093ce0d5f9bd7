#!/usr/bin/env bash
# Prints how many bytes of a linked firmware each module of the runtime takes, from the linker's map file.
# Usage: code-size.sh [MAP]   (default: the map that `make demo` leaves; BOARD=qemu-xtensa leaves another one)
set -euo pipefail
cd "$(dirname "$0")/.."

map=${1:-build/basic-qemu-riscv32/firmware/basic.map}
[ -r "$map" ] || { echo "error: no map file at $map" >&2; echo "hint: run make demo first" >&2; exit 1; }

# Lines of "size section", one for each section of the runtime that is in the firmware. lld's columns: VMA LMA size
# align, then file:(section). GNU ld's: section, address, size, file; what follows a long name is in the next line,
# and what was dropped stands before "Linker script and memory map".
awk '
  function hexadecimal(text,   value, i) {
    sub(/^0x/, "", text)
    value = 0
    for (i = 1; i <= length(text); i++) value = value * 16 + index("0123456789abcdef", substr(text, i, 1)) - 1
    return value
  }
  /hotreload\.o\):\(/ {
    section = $0; sub(/.*hotreload\.o\):\(/, "", section); sub(/\)$/, "", section)
    print hexadecimal($3), section
  }
  /^Linker script and memory map/ { gnu = 1 }
  gnu && /^ \.[a-z]/ { section = $1; $1 = "" }
  gnu && section != "" && $NF ~ /\(hotreload\.o\)$/ { print hexadecimal($(NF - 1)), section; section = "" }
' "$map" | awk '
  # Functions have sections of their own, named after the mangled symbol, which begins with the module that defines it.
  $2 ~ /^\.text/ {
    if (match($2, /\$e[0-9]+HotReload[A-Za-z]*/)) {
      name = substr($2, RSTART, RLENGTH); sub(/^\$e/, "", name)
      count = name + 0; sub(/^[0-9]+/, "", name); name = substr(name, 1, count)
    } else if ($2 ~ /^\.text\.hotreload_/) name = "HotReloadExports"
    else name = "shared and standard library"
    code[name] += $1; total += $1
  }
  $2 ~ /^\.s?rodata/ { constants += $1 }
  $2 ~ /^\.s?data/ { data += $1 }
  $2 ~ /^\.s?bss/ { zero += $1 }
  END {
    for (name in code) printf "%6d  %s\n", code[name], name | "sort -rn"
    close("sort -rn")
    printf "%6d  loader, store and server\n", code["HotReloadLoader"] + code["HotReloadStore"] + code["HotReloadServer"]
    printf "%6d  code\n%6d  constants, without strings (merged with the strings of the firmware)\n", total, constants
    printf "%6d  data\n%6d  zero-initialised RAM\n", data, zero
  }
'
