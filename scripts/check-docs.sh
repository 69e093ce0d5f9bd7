#!/usr/bin/env bash
# Checks that what the documents name exists: tests, links, files, commands, options; and that docs/API.md is what
# the headers say. Needs no network and builds nothing. Says what, where and a hint for each mistake; exits
# non-zero if there are any.
set -euo pipefail
cd "$(dirname "$0")/.."

features=docs/FEATURES.md
tab=$'\t'
mistakes=0

# mistake WHERE WHAT HINT
mistake() {
  printf 'error: %s: %s\nhint: %s\n' "$1" "$2" "$3" >&2
  mistakes=$((mistakes + 1))
}

mapfile -t documents < <(git ls-files -co --exclude-standard '*.md')
mapfile -t test_files < <(git ls-files -co --exclude-standard 'Tests/*Tests.swift')

# "file <tab> name" of every test: the function's name, and the display name where there is one.
tests() {
  awk '
    FNR == 1 { text = "" }
    /^ *@Test/ { text = " " }
    text != "" { text = text $0 " " }
    text != "" && /func / {
      if (text ~ /@Test\( *"/) {
        name = text
        sub(/^[^"]*"/, "", name)
        sub(/".*/, "", name)
        print FILENAME "\t" name
      }
      name = text
      sub(/.*func /, "", name)
      if (name ~ /^`/) { name = substr(name, 2); sub(/`.*/, "", name) } else sub(/[(<].*/, "", name)
      print FILENAME "\t" name
      text = ""
    }' "${test_files[@]}"
}

# "kind <tab> file <tab> line <tab> text": link targets, code spans, and the commands of sh blocks in README.md
# and ESP-IDF.md.
pieces() {
  awk '
    function emit(kind, text) { print kind "\t" FILENAME "\t" FNR "\t" text }
    FNR == 1 { block = "" }
    /^ *```/ {
      language = $0
      sub(/^ *```/, "", language)
      block = block == "" ? "[" language "]" : ""
      continued = 0
      next
    }
    block != "" {
      if (block == "[sh]" && FILENAME ~ /(^|\/)(README|ESP-IDF)\.md$/ && !continued && $0 !~ /^ *(#|$)/) emit("command", $0)
      continued = $0 ~ /\\$/
      next
    }
    {
      rest = $0
      while (match(rest, /\]\([^) ]+\)/)) {
        emit("link", substr(rest, RSTART + 2, RLENGTH - 3))
        rest = substr(rest, RSTART + RLENGTH)
      }
      count = split($0, spans, "`")
      for (i = 2; i < count; i += 2) emit("code", spans[i])
      rest = $0
      gsub(/`[^`]*`|\[[^]]*\]\([^)]*\)/, "", rest)
      while (match(rest, /docs\/[A-Z][A-Z-]*\.md/)) {
        emit("document", substr(rest, RSTART, RLENGTH))
        rest = substr(rest, RSTART + RLENGTH)
      }
    }' "${documents[@]}"
}

# Files and folders that a fresh clone has, folders without a slash at the end.
declare -A present=()
while IFS= read -r path; do
  [ -e "$path" ] || continue
  while [ "$path" != . ] && [ -z "${present[$path]:-}" ]; do
    present[$path]=1
    case $path in */*) path=${path%/*} ;; *) path=. ;; esac
  done
done < <(git ls-files -co --exclude-standard)

# exists FOLDER PATH: whether PATH, seen from FOLDER, is part of the repository.
exists() {
  local path
  path=$(realpath -sm --relative-to=. "$1/$2")
  [ "$path" = . ] || [ -n "${present[$path]:-}" ]
}

declare -A is_test=()
while IFS= read -r test; do is_test[$test]=1; done < <(tests)

# check_test WHERE FILE NAME
check_test() {
  local found=() file
  for file in "${test_files[@]}"; do
    case /$file in */"$2") found+=("$file") ;; esac
  done
  if [ ${#found[@]} -eq 0 ]; then
    mistake "$1" "there is no test file $2" "git ls-files 'Tests/*Tests.swift' lists them"
  elif [ ${#found[@]} -gt 1 ]; then
    mistake "$1" "$2 may be ${found[*]}" "write the folder, too: ${found[0]#Tests/}"
  elif [ -z "${is_test["${found[0]}$tab$3"]:-}" ]; then
    mistake "$1" "no test '$3' in ${found[0]}" "name the function of a @Test, or its display name"
  fi
}

# What runs commands of idf.py. Nothing runs those that need a board, or somebody who looks; what set-target does,
# test-esp-idf.sh asks for by -D IDF_TARGET.
shopt -s nullglob
idf_py_runs=(scripts/*esp-idf*.sh Tests/ESPIDFExtension/*.py)
by_hand='^(menuconfig|monitor|qemu|set-target|flash|[a-z_]+-flash)$'

# check_idf_py WHERE WORD…: whether a script or a test runs each action.
check_idf_py() {
  local where=$1 word previous=
  for word in "${@:2}"; do
    [[ $word != '#'* ]] || break
    if [[ $word =~ ^[a-z][a-z-]*$ && ! $word =~ $by_hand && ! $previous =~ ^(-.*|set-target)$ ]]; then
      grep -qw -- "$word" "${idf_py_runs[@]}" ||
        mistake "$where" "no script and no test runs 'idf.py $word'" "have one of ${idf_py_runs[*]} do it"
    fi
    previous=$word
    [[ ! $word =~ ^(-v|--verbose|--skip-build|--help)$ ]] || previous=
  done
}

# check_command WHERE COMMAND REST…
check_command() {
  local where=$1 program=$2 argument=${3:-}
  case $program in
    make)
      [ -z "$argument" ] || grep -qE "^$argument:" Makefile ||
        mistake "$where" "make has no target '$argument'" "make help lists them"
      ;;
    hotreload)
      grep -qE "^  $argument  +[A-Z]" Tests/Fixtures/CommandHelp/help.txt ||
        mistake "$where" "hotreload has no command '$argument'" "hotreload help lists them"
      ;;
    cd) exists . "$argument" || mistake "$where" "there is no $argument" "name a folder of the repository" ;;
    idf.py) check_idf_py "$where" "${@:3}" ;;
    pytest | python | .) ;;  # in ESP-IDF's terminal
    */*) exists . "$program" || mistake "$where" "there is no $program" "name a file of the repository" ;;
    *)
      command -v "$program" >/dev/null ||
        mistake "$where" "no command '$program'" "name one that scripts/install-prerequisites.sh knows"
      ;;
  esac
}

# check_path WHERE FOLDER PATH: only what begins with a folder of the repository or of the document is a path.
check_path() {
  local first=${3%%/*}
  if exists "$2" "$first" || exists . "$first"; then
    exists "$2" "$3" || exists . "$3" || exists components/hotreload "$3" ||
      mistake "$1" "there is no $3" "correct the path, or say in words what is meant"
  fi
}

path_pattern='^[A-Za-z0-9_][A-Za-z0-9_.+-]*(/[A-Za-z0-9_.+-]*)+$'
test_pattern='^([A-Za-z0-9_+/]+\.swift): (.+)$'
while IFS=$tab read -r kind file line text; do
  where=$file:$line
  folder=$(dirname "$file")
  case $kind in
    link)
      target=${text%%#*}
      case $text in http:* | https:* | mailto:* | '#'*) continue ;; esac
      exists "$folder" "$target" || mistake "$where" "broken link: $text" "links are relative to $folder/"
      # The component is packed alone.
      if [[ $folder == components/hotreload && $target == ../* ]]; then
        mistake "$where" "a link out of the component: $text" "say in words where to look"
      fi
      ;;
    document) exists . "$text" || mistake "$where" "there is no $text" "write it, or name another" ;;
    command)
      # shellcheck disable=SC2086 # words of a command
      set -- $text
      while [[ ${1:-} == *=* ]]; do shift; done
      [ $# -eq 0 ] || check_command "$where" "$@"
      ;;
    code)
      if [[ $text =~ $test_pattern ]]; then
        check_test "$where" "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}"
      elif [[ $text == 'idf.py '* ]]; then
        # shellcheck disable=SC2086 # words of a command
        check_idf_py "$where" ${text#idf.py }
      elif [[ $text =~ ^(make|hotreload)\ ([a-z][a-z-]*)( |$) ]]; then
        check_command "$where" "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}"
      elif [[ $text =~ $path_pattern && $text != build/* ]]; then
        check_path "$where" "$folder" "${text%/}"
      fi
      ;;
  esac
done < <(pieces)

# Every option of the component is described, and there are no others.
guide=docs/ESP-IDF.md
kconfig=components/hotreload/Kconfig
mapfile -t options < <(sed -n 's/^ *config  *\(HOTRELOAD_[A-Z0-9_]*\).*/\1/p' "$kconfig")
for option in "${options[@]}"; do
  grep -q "^| \`CONFIG_$option\` |" "$guide" ||
    mistake "$guide" "CONFIG_$option is not described" "give it a row under Configuration"
done
while IFS=: read -r file line option; do
  [[ " ${options[*]} " == *" ${option#CONFIG_} "* ]] ||
    mistake "$file:$line" "there is no $option" "$kconfig has the options"
done < <(grep -noE 'CONFIG_HOTRELOAD_[A-Z0-9_]+' "${documents[@]}")

swift scripts/api-reference.swift --check || mistakes=$((mistakes + 1))

# Every row of the list is there, in order, and says its state as the document's first table defines it.
expected=()
for number in {1..74}; do expected+=("F$number"); done
for number in {1..36}; do expected+=("B$number"); done
index=0
while IFS='|' read -r _ row _ state tests _; do
  read -r row <<<"$row"
  read -r state <<<"$state"
  read -r tests <<<"$tests"
  where="$features, row $row"
  if [ "$row" != "${expected[index]:-}" ]; then
    mistake "$where" "expected row ${expected[index]:-none}" "keep the numbers, each once"
    index=${#expected[@]}
    break
  fi
  index=$((index + 1))
  case $state in
    works | 'works; '* | 'part: '*)
      [ -n "$tests" ] || mistake "$where" "'$state' without a test" "name one, or say 'works, no test'" ;;
    'works, no test'* | 'part, no test: '* | 'not yet')
      [ -z "$tests" ] || mistake "$where" "'$state' names a test" "leave the last column empty" ;;
    'hardware only: '*) ;;
    *) mistake "$where" "unknown state '$state'" "see the table of states" ;;
  esac
done < <(grep -E '^\| [FB][0-9]+ \|' "$features" || true)
[ "$index" -eq ${#expected[@]} ] ||
  mistake "$features" "$index of ${#expected[@]} rows" "the list goes to ${expected[-1]}"

[ $mistakes -eq 0 ] || exit 1
echo "check-docs: ${#documents[@]} documents name nothing that is not there"
