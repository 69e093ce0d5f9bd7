#!/usr/bin/env bash
# Feeds the readers of foreign bytes what somebody hostile would: the ELF views, the loader, the server, the store, and what
# the tool reads. Usage: fuzz.sh [TARGET...]; all of them, two at a time, if none is named.
# FUZZ_SECONDS: how long each (60). FUZZ_SEED: the same inputs again, as far as the time is the same (0: others every time).
# Inputs that reached something new are kept in build/fuzz/<target>/. Ends with an error if an input broke a rule, and says
# which file holds it.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${FUZZ_SECONDS:-60}
seed=${FUZZ_SEED:-0}
jobs=2
targets=("$@")
if [ $# -eq 0 ]; then
  for folder in Fuzz/Corpus/*/; do targets+=("$(basename "$folder")"); done
fi
for target in "${targets[@]}"; do
  [ -d "Fuzz/Corpus/$target" ] || {
    echo "error: nothing is called '$target' to fuzz" >&2
    echo "hint: one of $(ls -x Fuzz/Corpus)" >&2
    exit 64
  }
done

echo "fuzz: building (a minute the first time)" >&2
swift build --package-path Fuzz --scratch-path .build/fuzz -c release --sanitize=fuzzer --product fuzz >&2
program=$(swift build --package-path Fuzz --scratch-path .build/fuzz -c release --show-bin-path)/fuzz
# Swift would take the signal that libFuzzer waits for.
export SWIFT_BACKTRACE=enable=no

# fuzz TARGET: runs what is known, then what comes of it.
fuzz() {
  local target=$1 found=build/fuzz/$1 log=build/fuzz/$1.log input
  local inputs=("$found" "Fuzz/Corpus/$target")
  local options=("-max_total_time=$seconds")
  case $target in
    elf | loader | objects) inputs+=(Tests/Fixtures/ELF) ;;
    # Every input is thousands of images: those that are there are all there are.
    tables) options=(-runs=0) ;;
  esac
  mkdir -p "$found"
  local begin=$SECONDS
  if "$program" "--target=$target" "${options[@]}" -seed="$seed" -timeout=120 -rss_limit_mb=2048 \
    -print_final_stats=1 -artifact_prefix="build/fuzz/$target-" "${inputs[@]}" >"$log" 2>&1; then
    echo "fuzz: $target: $(summary "$log") in $((SECONDS - begin)) s, no rule broken" >&2
    return
  fi
  input=$(sed -n 's/^.*Test unit written to //p' "$log")
  {
    grep -a 'Fatal error' "$log" || tail -n 20 "$log"
    echo "error: $target: an input breaks it: ${input:-see $log}"
    echo "hint: replay it: SWIFT_BACKTRACE=enable=no $program --target=$target $input"
    echo "hint: when it is mended, keep it: cp $input Fuzz/Corpus/$target/"
  } >&2
  return 1
}

# summary LOG: inputs, edges that were reached, and inputs that are worth to be kept.
summary() {
  awk '
    match($0, /cov: [0-9]+/) { edges = substr($0, RSTART + 5, RLENGTH - 5) }
    match($0, /corp: [0-9]+/) { kept = substr($0, RSTART + 6, RLENGTH - 6) }
    /^stat::number_of_executed_units/ { count = $2 }
    END { printf "%d inputs, %d edges, %d inputs differ", count, edges, kept }' "$1"
}

failed=0
running=0
for target in "${targets[@]}"; do
  if [ $running -eq $jobs ]; then
    wait -n || failed=1
    running=$((running - 1))
  fi
  echo "fuzz: $target, $([ "$target" = tables ] && echo "every table" || echo "$seconds s")" >&2
  fuzz "$target" &
  running=$((running + 1))
done
while [ $running -gt 0 ]; do
  wait -n || failed=1
  running=$((running - 1))
done
exit $failed
