#!/bin/bash
# Texts that look like HTML are texts, wherever they stand: no page, drawing or Markdown has an element of theirs.
# Usage: tests/hostile.sh JOURNEY
journey=$(realpath "$1") && cd "$(dirname "${BASH_SOURCE[0]}")/data/hostile" || exit 2
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
failed=0

# plain WHAT ARGUMENTS… : what journey writes has the texts, escaped
plain() {
  local what=$1
  shift
  "$journey" "$@" --today 2026-11-22 > "$work/got" 2> "$work/why" || { echo "FAILED: $what: $(head -n 3 "$work/why")"; failed=1; }
  grep -q 'img src=x' "$work/got" || { echo "FAILED: $what: the texts are not there"; failed=1; }
  if grep -noE '(^|.{0,60}[^\\])<img.{0,30}' "$work/got" | head -n 3 | grep .; then echo "FAILED: $what: a text became an element"; failed=1; fi
}

"$journey" check --today 2026-11-22 map.journey | grep -E '^error' && failed=1
for format in html svg md mermaid; do plain "build as $format" build --format $format -o - map.journey; done
plain "the flow" build --view flow --format svg -o - map.journey
plain "the report" report -o - .
for format in html svg md; do plain "the plan as $format" plan --format $format .; done
for format in html svg md; do plain "the difference as $format" diff --format $format -o - evil later map.journey; done
exit $failed
