#!/bin/sh
# Rebuilds the binary fixtures in Tests/Fixtures/ELF from the sources there, with the clang and the linker
# that come with Swift, for Xtensa with Debian's GCC and LLVM 22. The bytes are committed: tests need no compiler, and
# a rebuild must not change them.
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

# Xtensa: GCC's objects and LLVM's, linked by GNU ld. Its sections are made writable, or it refuses to leave
# relocations in them.
cd "$OLDPWD"
root=$(cd ../../.. && pwd)
"$root/scripts/make-xtensa-tools.sh" "$root/build/xtensa"
xtensa=$root/build/xtensa/bin/xtensa-windowed-elf
xtensa_writable() {  # xtensa_writable OBJECT
  "$xtensa-objcopy" -w --set-section-flags '.text*=alloc,load,code,data' \
    --set-section-flags '.rodata*=alloc,load,data' "$1"
}
xtensa_link() {  # xtensa_link OUTPUT FLAGS… OBJECTS…: a shared object
  output=$1
  shift
  "$xtensa-ld" --no-relax --no-warn-rwx-segments -shared --hash-style=sysv -z max-page-size=16 \
    -o "$work/$output" "$@"
}
for name in regions regions2; do
  "$xtensa-gcc" -mlongcalls -mtext-section-literals -ffunction-sections -fdata-sections -Os \
    -ffreestanding -fno-ident -Wno-array-bounds -c $name.c -o "$work/$name.gcc.o"
  clang-22 --target=xtensa -Os -ffreestanding -fno-ident -Wno-array-bounds -emit-llvm -S $name.c \
    -o "$work/$name.ll"
  llc-22 -O2 -relocation-model=static -mtriple=xtensa -mcpu=esp32 \
    -mattr=-fp,-bool,-mul32high,-dfpaccel -data-sections "$work/$name.ll" -o "$work/$name.s"
  "$xtensa-as" --text-section-literals "$work/$name.s" -o "$work/$name.clang.o"
  for compiler in gcc clang; do xtensa_writable "$work/$name.$compiler.o"; done
done
# What `ld -shared` makes by itself; and with the module's own symbols left to others.
xtensa_link xtensa-plain.so -Bsymbolic "$work/regions.gcc.o" "$work/regions2.gcc.o"
xtensa_link xtensa-symbolic.so "$work/regions.gcc.o" "$work/regions2.gcc.o"
# Linked with one bias, and with two; each also where it is loaded.
for compiler in gcc clang; do
  at="-Bsymbolic -T regions.ld $work/regions.$compiler.o $work/regions2.$compiler.o"
  xtensa_link xtensa-adjacent-$compiler.so $at --defsym=DATA=0 --defsym=CODE=0x1000
  xtensa_link xtensa-adjacent-$compiler-at.so $at --defsym=DATA=0x03000000 --defsym=CODE=0x03001000
  xtensa_link xtensa-apart-$compiler.so $at --defsym=DATA=0x10000000 --defsym=CODE=0x20000000
  xtensa_link xtensa-apart-$compiler-at.so $at --defsym=DATA=0x3ffb0000 --defsym=CODE=0x40088000
done
install -m 644 "$work"/xtensa-*.so .
