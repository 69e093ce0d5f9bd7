#!/usr/bin/env bash
# Makes a release for this kind of computer: the component with the tool (bin/<host>/, needs no Swift) and the
# runtime of every chip (lib/<abi>/), in build/release/hotreload-<version>-<host>.tar.gz. The same commit gives
# the same component, file by file.
# Usage: release.sh
set -euo pipefail
cd "$(dirname "$0")/.."

fail() { echo "error: $1" >&2; echo "hint: $2" >&2; exit 1; }

version=$(sed -n 's/.*static let version = "\(.*\)"$/\1/p' Sources/HotReloadCommands/Tool/HotReloadTool.swift)
manifest=$(sed -n 's/^version: "\(.*\)"$/\1/p' components/hotreload/idf_component.yml)
[ -n "$version" ] && [ "$version" = "$manifest" ] ||
  fail "the tool is version '$version', the component '$manifest'" "say the same in HotReloadTool.swift and idf_component.yml"
case $(uname -s) in
  Darwin) host=macos-$(uname -m) static=() ;;  # Swift is part of the system
  *) host=$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m) static=(--static-swift-stdlib) ;;
esac
out=build/release
name=hotreload-$version-$host

echo "release: the tool for $host (some minutes the first time)" >&2
swift build -c release "${static[@]}" --product hotreload 1>&2
rm -rf "${out:?}/$name"
component=$out/$name/hotreload
mkdir -p "$component/bin/$host"
cp "$(swift build -c release "${static[@]}" --show-bin-path)/hotreload" "$component/bin/$host/"
tool=$component/bin/$host/hotreload
strip "$tool"
# Whoever builds in C has neither Swift nor its libraries.
said=$(env -i PATH=/nowhere "$tool" --version) || fail "$tool does not run without Swift" "ldd $tool"
[ "$said" = "$version" ] || fail "$tool says it is '$said', not $version" "remove $out and try again"

echo "release: the component with the runtime of every chip" >&2
git ls-files components/hotreload | while read -r file; do
  to=$out/$name/${file#components/}
  mkdir -p "$(dirname "$to")"
  cp "$file" "$to"
done
cp LICENSE CHANGELOG.md "$component/"
HOTRELOAD_TOOL=$tool scripts/runtime.sh "$component/lib" >&2

time=$(git log -1 --format=%ct)
# GNU tar; bsdtar of macOS has no --sort.
if tar --version | grep -q GNU; then
  tar --sort=name --mtime="@$time" --owner=0 --group=0 --numeric-owner -C "$out/$name" -cf - hotreload
else
  tar -C "$out/$name" -cf - hotreload
fi | gzip -n -9 >"$out/$name.tar.gz"
echo "$out/$name.tar.gz"
