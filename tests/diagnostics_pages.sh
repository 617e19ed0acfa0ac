#!/bin/sh
# Every code has a page in docs/diagnostics; what stands under "Before" yields exactly this code, under "After" none.
# Usage: tests/diagnostics_pages.sh JOURNEY
set -u
journey=$(realpath "$1")
cd "$(dirname "$0")/.." || exit 2
pages=docs/diagnostics
failed=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() { echo "$*"; failed=1; }

# Writes the code fences of one section of a page as files below a folder: ```journey is page.journey,
# ```journey file=NAME is NAME; transcripts (```sh) are left out.
extract() { # page section folder
  mkdir -p "$3"
  awk -v section="## $2" -v folder="$3" '
    /^## / { inside = $0 == section }
    /^```/ && out { close(out); out = ""; next }
    /^```(journey|lua|json|csv)/ && inside {
      out = folder "/page.journey"
      if (match($0, /file=[^ ]+/)) out = folder "/" substr($0, RSTART + 5, RLENGTH - 5)
      printf "" > out
      next
    }
    out { print > out }
  ' "$1"
}

codes_of() { # file
  [ -f "$1" ] || { echo none; return; }
  (cd "$(dirname "$1")" && "$journey" check --today 2026-11-22 page.journey 2>&1; [ $? -le 1 ] || echo CRASHED) |
    sed -nE 's/^(error|warning|information|hint) ([EWH][0-9]{4}): .*/\2/p; s/^(error|warning|information|hint) [a-z][a-z-]*: .*/W0407/p; /^CRASHED$/p; s/^journey: .*/FAILED/p' | sort -u | tr '\n' ' ' | sed 's/ $//'
}

expect() { # code section wanted
  extract "$pages/$1.md" "$2" "$work/$1-$2"
  found=$(codes_of "$work/$1-$2/page.journey")
  [ "$found" = none ] && return
  # Advice may be given of any map: it counts on its own page only.
  # shellcheck disable=SC2086 # a word for each code
  found=$(printf '%s\n' $found | grep -E "^([^H]|$1)" | tr '\n' ' ' | sed 's/ $//')
  [ "$found" = "$3" ] || fail "$pages/$1.md: '$2' yields '$found', not '$3'"
}

sed -nE 's/^CODE\([A-Z0-9_]+, "([EWH][0-9]+)", [A-Z_]+, "(.*)"\)$/\1 \2/p' compiler/source/codes.def > "$work/codes"
[ -s "$work/codes" ] || fail "compiler/source/codes.def: no codes found"
while read -r code title; do
  page=$pages/$code.md
  [ -f "$page" ] || { fail "$page is missing"; continue; }
  [ "$(head -1 "$page")" = "# $code: $title" ] || fail "$page: its first line is not '# $code: $title'"
  grep -qF "[$code]($code.md) | $title |" "$pages/README.md" || fail "$pages/README.md has no line for $code: $title"
  for heading in Before After 'What to do'; do
    grep -qx "## $heading" "$page" || fail "$page has no '## $heading'"
  done
  expect "$code" Before "$code"
  expect "$code" After ""
done < "$work/codes"

# What a page can only tell of.
made() { # code; page.journey comes from standard input
  mkdir -p "$work/$1" && cat > "$work/$1/page.journey"
  [ "$1" != E0005 ] || truncate -s 129M "$work/$1/large.journey"
  found=$(codes_of "$work/$1/page.journey")
  [ "$found" = "$1" ] || fail "a file made for $1 yields '$found'"
}
printf 'team a "Caf\351"\n' | made E0003
printf 'team a "\000"\n' | made E0004
printf 'use "large.journey"\n' | made E0005

for page in "$pages"/[EWH]*.md; do
  code=$(basename "$page" .md)
  grep -q "^$code " "$work/codes" || fail "$page explains a code that is not there"
done
exit $failed
