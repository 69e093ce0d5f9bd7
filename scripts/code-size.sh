#!/usr/bin/env bash
# Prints how many bytes of a linked firmware each module of the runtime takes, from the linker's map file.
# Usage: code-size.sh [MAP]   (default: the map that `make demo` leaves)
set -euo pipefail
cd "$(dirname "$0")/.."

map=${1:-build/basic-qemu-riscv32/firmware/basic.map}
[ -r "$map" ] || { echo "error: no map file at $map" >&2; echo "hint: run make demo first" >&2; exit 1; }

# lld's columns: VMA LMA size align, then the input section. Functions have sections of their own, named
# after the mangled symbol, which begins with the module that defines it.
awk '
  function hexadecimal(text,   value, i) {
    value = 0
    for (i = 1; i <= length(text); i++) value = value * 16 + index("0123456789abcdef", substr(text, i, 1)) - 1
    return value
  }
  /hotreload\.o\):\(\.text/ {
    size = hexadecimal($3)
    if (match($0, /\$e[0-9]+HotReload[A-Za-z]*/)) {
      name = substr($0, RSTART, RLENGTH); sub(/^\$e/, "", name)
      count = name + 0; sub(/^[0-9]+/, "", name); name = substr(name, 1, count)
    } else if ($0 ~ /\.text\.hotreload_/) name = "HotReloadExports"
    else name = "shared and standard library"
    code[name] += size; total += size
  }
  /hotreload\.o\):\(\.(rodata|srodata)/ { constants += hexadecimal($3) }
  /hotreload\.o\):\(\.(data|sdata)/ { data += hexadecimal($3) }
  /hotreload\.o\):\(\.(bss|sbss)/ { zero += hexadecimal($3) }
  END {
    for (name in code) printf "%6d  %s\n", code[name], name | "sort -rn"
    close("sort -rn")
    printf "%6d  code\n%6d  constants, without strings (merged with the strings of the firmware)\n", total, constants
    printf "%6d  data\n%6d  zero-initialised RAM\n", data, zero
  }
' "$map"
