#!/bin/bash
# tests/data/paths: NAME.WIDTH.txt is what `paths` says of NAME.journey in a terminal of that width (NAME.WIDTH.ascii.txt:
# without UTF-8), NAME.json and NAME.csv the same for programs. And docs/paths.md: its map says what stands below it.
# Usage: tests/paths.sh JOURNEY; with UPDATE=1 in the environment it writes the goldens anew.
# Both halves of `A && B || fail` are tests; what stands in single quotes is meant as it is.
# shellcheck disable=SC2015,SC2016
journey=$(realpath "$1") && cd "$(dirname "${BASH_SOURCE[0]}")/data/paths" || exit 2
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
failed=0
fail() { echo "FAILED: $1"; failed=1; }

for golden in *.txt *.json *.csv; do
  IFS=. read -r name width kind _ <<< "$golden"
  options=(--width "$width")
  [[ $kind == ascii ]] && options+=(--ascii)
  [[ $golden == *.txt ]] || options=(--format "${golden##*.}")
  "$journey" paths --today 2026-11-22 "${options[@]}" "$name.journey" > "$work/got" || fail "$golden: can't be shown"
  if [[ $UPDATE ]]; then cp "$work/got" "$golden"; else diff -u "$golden" "$work/got" || failed=1; fi
done

page=$(realpath ../../../docs/paths.md)
sed -n '/^```journey$/,/^```$/{//!p}' "$page" > "$work/parcel.journey"
sed -n '/^    \$ journey paths parcel.journey --width 100$/,/^[^ ]/{/^    \$/d;/^[^ ]/d;s/^    //;p}' "$page" | sed -e '$d' > "$work/told"
"$journey" paths "$work/parcel.journey" --width 100 --today 2026-11-22 > "$work/said" || fail "the map of docs/paths.md"
if ! [[ -s $work/told ]] || ! diff -u "$work/told" "$work/said"; then fail "docs/paths.md tells another story"; fi

# A map with errors is followed as far as it goes, and says so; what is no number of columns is refused.
"$journey" paths ../check/paths.journey > "$work/got" 2> "$work/errors"
[[ $? == 1 && -s $work/errors ]] && grep -q '^Of 100 who start' "$work/got" || fail "a map with errors"
"$journey" paths --format pdf plain.journey 2> "$work/errors"
[[ $? == 2 ]] && grep -q 'text, json or csv' "$work/errors" || fail "an unknown format"
printf 'team shop\n' | "$journey" paths - 2> "$work/errors"
[[ $? == 2 ]] && grep -q 'no journey to follow' "$work/errors" || fail "a file without a journey"

# The drawing: a file of its own beside the map's, and a part of the page.
(cd "$work" && "$journey" build --format svg --view flow parcel.journey && "$journey" build parcel.journey) > "$work/files" || fail "can't be drawn"
grep -qx return-flow.svg "$work/files" && grep -q '>Of 100 who start, 88.9 complete' "$work/return-flow.svg" || fail "the drawing"
grep -q '>Against "A parcel goes back": 9.1 more complete it' <("$journey" build -o - --format svg --view flow "$work/parcel.journey" | sed 's/&quot;/"/g') || fail "what if, drawn"
grep -q '<h2>Where clients go</h2>' "$work/return.html" && grep -q '<td role="cell">21.3%</td>' "$work/return.html" || fail "the page"
"$journey" build -o - --view flow plain.journey 2> "$work/errors"
[[ $? == 2 ]] && grep -q 'goes with --format svg' "$work/errors" || fail "--view flow of a page"
exit $failed
