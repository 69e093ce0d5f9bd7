#!/bin/sh
# Rebuilds the binary fixtures in Tests/Fixtures/ELF from the sources there, with the clang and the linker
# that come with Swift. The bytes are committed: tests need no compiler, and a rebuild must not change them.
set -eu
cd "$(dirname "$0")/ELF"
tools=$(dirname "$(readlink -f "$(command -v swiftc)")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

compile() {  # compile NAME FLAGS…: NAME.c to $work/NAME.o
  name=$1
  shift
  "$tools/clang" --target=riscv32-none-elf -march=rv32imac -mabi=ilp32 -ffreestanding -fPIC -Os \
    -ffunction-sections -fdata-sections -fno-ident -Wno-array-bounds "$@" -c "$name.c" -o "$work/$name.o"
}
link() {  # link OUTPUT FLAGS… OBJECTS…: a shared object
  output=$1
  shift
  "$tools/ld.lld" -m elf32lriscv -shared --no-dynamic-linker -o "$output" "$@"
}

for name in module helper packed weak strong thread trivial original; do compile "$name"; done
cd "$work"
objects="module.o helper.o packed.o"

# What `ld -shared` makes without further flags: four segments, symbolic relocations, a PLT.
link plain.so -z max-page-size=4096 $objects
# Own symbols bound, RELATIVE only, in one page size; and the same linked at an address: what a loader
# makes of the first at that address has to be what the linker made of the second.
link symbolic.so -Bsymbolic -z norelro -z max-page-size=16 --hash-style=sysv $objects
link symbolic-at-3fc80000.so -Bsymbolic -z norelro -z max-page-size=16 --hash-style=sysv \
  --image-base=0x3fc80000 --apply-dynamic-relocs $objects
# The same with RELR.
link relr.so -Bsymbolic -z norelro -z max-page-size=16 --hash-style=gnu --pack-dyn-relocs=relr $objects
# Linked for two buses whose addresses differ by 0x700000, and at an address.
bus="-Bsymbolic -z norelro -z max-page-size=16 --hash-style=sysv -T $OLDPWD/bus.ld"
link bus.so $bus --defsym=BASE=0 --defsym=EXECUTABLE_OFFSET=0x700000 $objects
link bus-at-3fc80000.so $bus --apply-dynamic-relocs \
  --defsym=BASE=0x3fc80000 --defsym=EXECUTABLE_OFFSET=0x700000 $objects
link weak.so -z max-page-size=16 weak.o
link strong.so -z max-page-size=16 strong.o
link thread.so -z max-page-size=16 thread.o
link trivial.so -z max-page-size=16 trivial.o
# Relocations of the link editor left in, which a loader has to pass over.
link emitted.so --emit-relocs -z max-page-size=4096 $objects
# As igrr/hotreload 0.10 ships its modules: the same without .dynamic.
"$tools/llvm-objcopy" --strip-debug --remove-section=.comment --remove-section=.riscv.attributes \
  --remove-section=.dynamic emitted.so original-style.so
# Its example by the whole recipe of its project_include.cmake: the firmware's symbols as absolute ones from a
# linker script, --emit-relocs, strip.
printf 'printf = 0x42003456;\nesp_get_idf_version = 0x42001234;\n' > original.ld
link original.so --emit-relocs original.ld original.o
"$tools/llvm-objcopy" --strip-debug --remove-section=.comment --remove-section=.got.loc \
  --remove-section=.riscv.info --remove-section=.dynamic original.so original_stripped.so
# Other types of file, for readers.
"$tools/ld.lld" -m elf32lriscv -e run -o executable.elf $objects

install -m 644 plain.so symbolic.so symbolic-at-3fc80000.so relr.so bus.so bus-at-3fc80000.so weak.so \
  strong.so thread.so trivial.so emitted.so original-style.so original_stripped.so executable.elf module.o "$OLDPWD"
