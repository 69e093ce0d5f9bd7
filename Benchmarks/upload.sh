#!/usr/bin/env bash
# Uploads an image as docs/PROTOCOL.md has it and prints how many seconds the upload itself took.
# Usage: upload.sh URL KEY IMAGE TARGET
set -euo pipefail

device=$1 key=$2 module=$3 target=$4
bytes() { for byte in "$@"; do printf "\\$(printf %03o "$byte")"; done; }

nonce=$(curl -sSf "$device/challenge" | sed 's/.*"nonce":"\([0-9a-f]*\)".*/\1/')
sha256=$(openssl dgst -sha256 -r "$module" | cut -d ' ' -f 1)
length=$(($(wc -c <"$module")))
hmac=$(
  {
    bytes $(printf %s "$nonce$sha256" | sed 's/../0x& /g')
    bytes $(for shift in 0 8 16 24 32 40 48 56; do echo $(((length >> shift) & 255)); done)
    printf %s "$target"
  } | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$(od -An -v -tx1 "$key" | tr -d ' \n')" -r |
    cut -d ' ' -f 1
)
curl -sSf -o /dev/null -w '%{time_total}\n' -H Expect: --data-binary "@$module" "$device$target" \
  -H "X-Hotreload-Nonce: $nonce" -H "X-Hotreload-SHA256: $sha256" -H "X-Hotreload-HMAC: $hmac"
