#!/bin/bash
# Enforces who may include whom; the ranks are in tests/layers. Usage: tests/layers.sh [FOLDER], which holds compiler and lsp
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd) && cd "${1:-$here/..}" || exit 2
declare -A rank only apart
while read -r kind name rest; do
  case $kind in
  room) rank[$name]=$rest ;;
  only) only[$name]=$rest ;;
  apart) apart[$name]=$rest ;;
  esac
done < "$here/layers"

wrong=0 seen=0
complain() { echo "$folder/$file:$line: $1"; wrong=1; }
# set_room PATH : compiler/view/view.c is in "view", lsp/text/uri.c in "lsp/text"; sets `room_of`
set_room() {
  room_of=${1%%/*}
  if [[ $1 == lsp/*/* ]]; then room_of=${1#lsp/} room_of=lsp/${room_of%%/*}; fi
}
# among PATH "GLOB GLOB…"
among() {
  local globs glob
  read -ra globs <<< "$2"
  # shellcheck disable=SC2053 # they are patterns
  for glob in "${globs[@]}"; do [[ $1 == $glob ]] && return; done
  false
}
while IFS=: read -r file line text; do
  folder=${file%%/*} seen=$((seen + 1))
  [[ $folder == compiler ]] && file=${file#compiler/}
  set_room "$file"
  room=$room_of
  [[ $folder == lsp ]] && folder=.
  [[ ${rank[$room]} ]] || complain "the folder $room has no rank in tests/layers"
  [[ $text =~ include[[:space:]]*([\<\"])([^\>\"]+) ]] || { complain "an include without a plain name"; continue; }
  header=${BASH_REMATCH[2]} quote=${BASH_REMATCH[1]}
  set_room "$header"
  to=$room_of
  for library in "${!only[@]}"; do
    among "$header" "$library" && ! among "$file" "${only[$library]}" && complain "only ${only[$library]} may see $header"
  done
  if [[ $quote == '<' ]] || among "$header" 'tree_sitter/*'; then continue; fi
  if [[ $header != */* || ! ${rank[$to]} ]]; then complain "$header is no room/file of compiler/ or lsp/"
  elif [[ $to != "$room" ]] && ((rank[$to] >= ${rank[$room]:-0})); then complain "$room may not include $to"
  elif among "$to" "${apart[$room]:-}"; then complain "$room and $to stay apart"; fi
done < <(grep -rnE '^[[:space:]]*#[[:space:]]*include' compiler lsp --include='*.[ch]' --include='*.def')
((seen)) || { echo "no includes found in $PWD"; exit 2; }
exit $wrong
