#!/usr/bin/env bash
# Makes a release for this kind of computer: the component with the tool (bin/<host>/, needs no Swift) and the
# runtime of every chip (lib/<abi>/), as build/release/hotreload-<version>-<host>.tar.gz. A commit that
# is packed again from the same build gives the same archive, byte by byte.
# Usage: release.sh
# RELEASE_DRAFT=1: also with changes that are not committed.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() { printf 'error: %s\nhint: %s\n' "$1" "$2" >&2; exit 1; }

version=$(sed -n 's/.*static let version = "\(.*\)"$/\1/p' Sources/HotReloadCommands/Tool/HotReloadTool.swift)
manifest=$(sed -n 's/^version: "\(.*\)"$/\1/p' components/hotreload/idf_component.yml)
if [ -z "$version" ] || [ "$version" != "$manifest" ]; then
  fail "the tool is version '$version', the component '$manifest'" "say the same in HotReloadTool.swift and idf_component.yml"
fi
if [ -z "${RELEASE_DRAFT:-}" ] && [ -n "$(git status --porcelain)" ]; then
  fail "there are changes that are not committed" "commit them, or try the release out: RELEASE_DRAFT=1 $0"
fi
# The names that components/hotreload/cmake/tool.cmake looks for.
case $(uname -s) in
  Darwin) host=macos-$(uname -m) static=() ;;  # Swift is part of the system
  *) host=$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m) static=(--static-swift-stdlib) ;;
esac
out=build/release
name=hotreload-$version-$host
component=$out/$name/hotreload
tool=$component/bin/$host/hotreload

echo "release: the tool for $host (some minutes the first time)" >&2
# A folder of its own: with other options the tests' build would begin anew.
build=(swift build -c release ${static[@]+"${static[@]}"} --product hotreload --scratch-path .build/static)
"${build[@]}" 1>&2
rm -rf "${out:?}/$name"
mkdir -p "${tool%/*}"
cp "$("${build[@]}" --show-bin-path)/hotreload" "$tool"
strip "$tool"
# Whoever builds in C has neither Swift nor its libraries.
if command -v ldd >/dev/null && libraries=$(ldd "$tool") && grep libswift <<<"$libraries" >&2; then
  fail "$tool needs libraries of Swift" "are all of its dependencies linked statically?"
fi
said=$(env -i PATH=/nowhere "$tool" --version) || fail "$tool does not run without Swift" "ldd $tool"
[ "$said" = "$version" ] || fail "$tool says it is '$said', not $version" "rm -rf .build/static and try again"

echo "release: the component with the runtime of every chip" >&2
git ls-files components/hotreload | while read -r file; do
  to=$out/$name/${file#components/}
  mkdir -p "${to%/*}"
  cp "$file" "$to"
done
cp LICENSE CHANGELOG.md "$component/"
HOTRELOAD_TOOL=$tool scripts/runtime.sh "$component/lib" >&2

# GNU's tar; that of macOS knows no order.
if tar --version | grep -q GNU; then
  tar --sort=name --mtime="@$(git log -1 --format=%ct)" --mode='u=rwX,go=rX' --owner=0 --group=0 --numeric-owner \
    --format=ustar -C "$out/$name" -cf - hotreload
else
  tar -C "$out/$name" -cf - hotreload
fi | gzip -n -9 >"$out/$name.tar.gz"

echo "release: a project of ESP-IDF with what was packed, where there is no Swift" >&2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/path"
for program in cmake ninja; do ln -s "$(command -v "$program")" "$scratch/path/"; done
tar -xzf "$out/$name.tar.gz" -C "$scratch"
cp -r Tests/Fixtures/ESPIDF/original_project "$scratch/project"
# The stand-in for ESP-IDF takes Swift's clang and lld for the chip's compiler.
resources=$(swiftc -frontend -print-target-info | sed -n 's/.*"runtimeResourcePath" *: *"\(.*\)".*/\1/p')
without_swift() {
  env -i PATH="$scratch/path" STANDIN_TOOLS="$resources/../../bin" IDF_PATH="$PWD/Tests/ESPIDFStandIn" \
    STANDIN_IDF_VERSION=5.5 IDF_TARGET=esp32c3 "$@" >"$scratch/log" 2>&1 || { cat "$scratch/log" >&2; return 1; }
}
without_swift cmake -G Ninja -S "$scratch/project" -B "$scratch/build" -DEXTRA_COMPONENT_DIRS="$scratch/hotreload"
without_swift cmake --build "$scratch/build"
without_swift "$scratch/hotreload/bin/$host/hotreload" inspect "$scratch/build/hotreload/lamp/module.elf" --chip esp32c3 \
  --firmware "$scratch/build/lamp_firmware.elf"
echo "$out/$name.tar.gz"
