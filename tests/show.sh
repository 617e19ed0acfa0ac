#!/bin/bash
# tests/data/show: NAME.WIDTH.txt is what `show` draws of NAME.journey in a terminal of that width; NAME.WIDTH.ascii.txt without UTF-8.
# Usage: tests/show.sh JOURNEY; with UPDATE=1 in the environment it writes the goldens anew.
journey=$(realpath "$1") && cd "$(dirname "${BASH_SOURCE[0]}")/data/show" || exit 2
got=$(mktemp) && trap 'rm -f "$got"' EXIT
failed=0
for golden in *.txt; do
  IFS=. read -r name width kind _ <<< "$golden"
  ascii=(); [[ $kind == ascii ]] && ascii=(--ascii)
  "$journey" show --today 2026-11-22 --width "$width" "${ascii[@]}" "$name.journey" > "$got" || { echo "$golden: can't be shown"; failed=1; }
  if [[ $UPDATE ]]; then cp "$got" "$golden"; else diff -u "$golden" "$got" || failed=1; fi
done
exit $failed
