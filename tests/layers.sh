#!/bin/bash
# Enforces who may include whom; the ranks are in tests/layers. Usage: tests/layers.sh [COMPILER-FOLDER]
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd) && cd "${1:-$here/../compiler}" || exit 2
declare -A rank only
while read -r kind name rest; do
  case $kind in
  room) rank[$name]=$rest ;;
  only) only[$name]=$rest ;;
  esac
done < "$here/layers"

wrong=0 seen=0
complain() { echo "compiler/$file:$line: $1"; wrong=1; }
# among PATH "GLOB GLOB…"
among() {
  local globs glob
  read -ra globs <<< "$2"
  # shellcheck disable=SC2053 # they are patterns
  for glob in "${globs[@]}"; do [[ $1 == $glob ]] && return; done
  false
}
while IFS=: read -r file line text; do
  file=${file#./} room=${file%%/*} seen=$((seen + 1))
  [[ ${rank[$room]} ]] || complain "the folder $room has no rank in tests/layers"
  [[ $text =~ include[[:space:]]*([\<\"])([^\>\"]+) ]] || { complain "an include without a plain name"; continue; }
  header=${BASH_REMATCH[2]} to=${BASH_REMATCH[2]%%/*}
  for library in "${!only[@]}"; do
    among "$header" "$library" && ! among "$file" "${only[$library]}" && complain "only ${only[$library]} may see $header"
  done
  if [[ ${BASH_REMATCH[1]} == '<' ]] || among "$header" 'tree_sitter/*'; then continue; fi
  if [[ $header != */* || ! ${rank[$to]} ]]; then complain "$header is no room/file of compiler/"
  elif [[ $to != "$room" ]] && ((rank[$to] >= ${rank[$room]:-0})); then complain "$room may not include $to"; fi
done < <(grep -rnE '^[[:space:]]*#[[:space:]]*include' . --include='*.[ch]' --include='*.def')
((seen)) || { echo "no includes found in $PWD"; exit 2; }
exit $wrong
