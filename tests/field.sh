#!/bin/bash
# docs/field.md holds: each word of a row is a word of the language and stands in one of the row's examples, each code has its
# page and each of the program's codes that judge a map is somewhere on the page. Usage: tests/field.sh JOURNEY
# Words and codes have no spaces; backticks are those of Markdown.
# shellcheck disable=SC2013,SC2016
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd) && cd "$root/docs" || exit 2
failed=0
complain() { echo "FAILED: $*"; failed=1; }

rows=0
while IFS='|' read -r _ name words _ _ example _; do
  mapfile -t files < <(grep -oE '\]\([^)]+\.(journey|md)\)' <<< "$example" | tr -d ']()')
  ((${#files[@]})) || { complain "$name: names no example"; continue; }
  for file in "${files[@]}"; do [[ -f $file ]] || complain "$name: there is no $file"; done
  for word in $(grep -oE '`[^`]+`' <<< "$words" | tr -d '`'); do
    grep -qE "^ *KEYWORD\([A-Z_]+, \"$word\"" ../compiler/schema/schema.def || complain "$name: \`$word\` is no word of the language"
    cat "${files[@]}" 2> /dev/null | grep -qE "(^|[ {])$word([ \"]|$)" || complain "$name: \`$word\` is not in ${files[*]}"
  done
  rows=$((rows + 1))
done < <(sed -n '/^## What a map says/,/^## What is noticed/p' field.md | grep '^| ' | grep -v '^| The field')
((rows >= 30)) || complain "only $rows rows were found"

for code in $(grep -oE '\b[EWIH][0-9]{4}\b' field.md | sort -u); do [[ -f diagnostics/$code.md ]] || complain "$code has no page"; done
for code in $(grep -oE '"[EWIH](0[2-9]|1)[0-9]+"' ../compiler/source/codes.def | tr -d '"'); do
  grep -q "$code" field.md || complain "$code is not on the page"
done
for file in $(grep -oE '\]\([^)#]+\)' field.md | tr -d ']()'); do [[ -e $file ]] || complain "there is no $file"; done
exit $failed
