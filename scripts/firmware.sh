# Builds the tool, the C library and an example firmware in a scratch copy of its sources.
# Sourced by demo.sh and play.sh, which have set `scratch` and hand on their arguments:
# [--board NAME] [--chip NAME] [--example NAME]; without a chip it is the board's first.
# Sets `board`, `example`, `tool`, `project`, `firmware`, and `source`: the file to edit, the only one of the
# example's modules that says "Hello".

board=qemu-riscv32 chip= example=basic
while [ $# -gt 0 ]; do
  case $1 in
    --board) board=$2; shift 2 ;;
    --chip) chip=$2; shift 2 ;;
    --example) example=$2; shift 2 ;;
    *) echo "usage: $0 [--board NAME] [--chip NAME] [--example NAME]" >&2; exit 64 ;;
  esac
done

# On stdout, in order with what the device and the tool say.
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ] && [ -z "${CI:-}" ]; then
  step() { printf '\033[1m==> %s\033[0m\n' "$*"; }
else
  step() { printf '==> %s\n' "$*"; }
fi

# Runs a command quietly; its output appears only if it fails.
quietly() {
  if ! "$@" >"$scratch/log" 2>&1; then
    cat "$scratch/log" >&2
    echo "error: failed: $*" >&2
    return 1
  fi
}

[ -f "Boards/$board/board.toml" ] || { echo "error: no board named $board in Boards/" >&2; exit 64; }
[ -f "Examples/$example/CMakeLists.txt" ] || { echo "error: no example named $example in Examples/" >&2; exit 64; }
if [ -z "$chip" ]; then
  chip=$(awk -F '"' '/^\[\[chips\]\]/ { chips = 1 } chips && /^name = / { print $2; exit }' "Boards/$board/board.toml")
fi

scripts/install-prerequisites.sh --board "$board"
step "C library for the virtual chip"
scripts/prepare-board.sh "$board"
step "Tool: swift build (a few minutes the first time)"
swift build --product hotreload 1>&2
tool=$(swift build --show-bin-path)/hotreload

# A copy, so that edits do not touch the repository.
project=$PWD/build/$example-$chip/project
firmware_build=$PWD/build/$example-$chip/firmware
rm -rf "$project"
mkdir -p "$project"
cp -r "Examples/$example/." "$project"

step "Firmware: Examples/$example for $chip"
quietly cmake -G Ninja -S "$project" -B "$firmware_build" \
  -DCMAKE_TOOLCHAIN_FILE="$PWD/Boards/$board/toolchain.cmake" \
  -DHOTRELOAD_CHIP="$chip" -DHOTRELOAD_ROOT="$PWD" -DHOTRELOAD_TOOL="$tool" \
  -DHOTRELOAD_RUNTIME_FOLDER="$PWD/build/runtime"
cmake --build "$firmware_build"
firmware=$firmware_build/$example.elf
export HOTRELOAD_PLAN=$firmware_build/hotreload-plan.json
source=$(grep -rlF '"Hello"' "$project/components")
