#!/bin/bash
# Each NAME.journey of tests/data/check says exactly NAME.expected, on the 22nd of November 2026.
# Usage: tests/check.sh JOURNEY; with UPDATE=1 in the environment it writes the goldens anew.
journey=$(realpath "$1") && cd "$(dirname "${BASH_SOURCE[0]}")/data/check" || exit 2
got=$(mktemp) && trap 'rm -f "$got"' EXIT
failed=0
for file in *.journey; do
  golden=${file%.journey}.expected expected=0
  "$journey" check --today 2026-11-22 "$file" > "$got" 2>&1
  code=$?
  grep -q '^error ' "$got" && expected=1
  [[ $code == "$expected" ]] || { echo "$file: exit code $code instead of $expected"; failed=1; }
  if [[ $UPDATE ]]; then cp "$got" "$golden"; else diff -u "$golden" "$got" || failed=1; fi
done
exit $failed
