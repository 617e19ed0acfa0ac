#!/bin/bash
# tests/data/maps/measured.journey, whose numbers are counted from the files beside it: what the terminal, Markdown and the model
# say of them is in measured/expected; what is out of date is hatched, and what is not has no hatching; no page names a folder of
# this machine. Usage: tests/measured.sh JOURNEY; with UPDATE=1 in the environment it writes the expected files anew.
journey=$(realpath "$1") && cd "$(dirname "${BASH_SOURCE[0]}")/data/maps" || exit 2
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
failed=0
complain() { echo "FAILED: $*"; failed=1; }
same() { if [[ $UPDATE ]]; then cp "$2" "measured/expected/$1"; else diff -u "measured/expected/$1" "$2" || failed=1; fi; }

"$journey" show --today 2026-11-22 --width 120 measured.journey > "$work/show.txt" || complain "can't be shown"
same show.txt "$work/show.txt"
"$journey" show --today 2026-11-22 --width 72 --ascii measured.journey > "$work/ascii.txt" || complain "can't be shown in ASCII"
LC_ALL=C grep -q '[^ -~]' "$work/ascii.txt" && complain "more than ASCII: $(LC_ALL=C grep -m1 '[^ -~]' "$work/ascii.txt")"
same ascii.txt "$work/ascii.txt"
for format in md json svg html; do
  "$journey" build --today 2026-11-22 --format $format -o "$work" measured.journey > /dev/null || complain "no $format"
done
for map in leaving better; do same $map.md "$work/$map.md"; done
same leaving.json "$work/leaving.json"
has() { grep -qF -- "$2" "$work/$1" || complain "$1 does not have: $2"; }
for drawing in leaving.svg leaving.html; do
  has $drawing '<pattern id="hatch"'
  has $drawing 'fill="url(#hatch)"'
  has $drawing 'out of date'
  has $drawing 'too close to tell at n 39'
  has $drawing '2025-12: '
done
has better.html '<del>3.65 ± 0.10</del><small>too close to tell</small>'
"$journey" build --today 2026-01-02 --format svg -o "$work/early" measured.journey > /dev/null
grep -q hatch "$work/early/leaving.svg" && complain "something is hatched on a day on which all is fresh"
grep -rlF "$PWD" "$work" | grep -q . && complain "the folder of this machine is named: $(grep -rlF "$PWD" "$work")"
"$journey" report --today 2026-11-22 -o "$work/report.html" measured.journey > /dev/null || complain "no report"
has report.html '<b class="value stale">3.9 ± 0.3</b><small class="fa">out of date</small><small>n 98</small>'
has report.html '<b class="value">−36 ± 25</b>'
exit $failed
