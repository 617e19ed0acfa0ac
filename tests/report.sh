#!/bin/bash
# The report's tables, without their tags, are those of tests/data/report/*.expected; the same input gives the same bytes; nothing
# in it points outside. Usage: tests/report.sh JOURNEY; with UPDATE=1 in the environment it writes the goldens anew.
journey=$(realpath "$1") && cd "$(dirname "${BASH_SOURCE[0]}")/data/report" || exit 2
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
failed=0
complain() { echo "FAILED: $*"; failed=1; }

for project in */; do
  name=${project%/}
  "$journey" report --today 2026-11-22 -o "$work/a.html" "$name" > /dev/null || complain "$name: no report"
  "$journey" report --today 2026-11-22 -o - "$name" > "$work/b.html" || complain "$name: no report on standard output"
  cmp "$work/a.html" "$work/b.html" || complain "$name: twice the same input, two pages"
  grep -oE '(src|href)="[a-z]+:[^"]*' "$work/a.html" && complain "$name: points outside"
  # All but style, drawings, tables of maps and script: a line for each cell.
  sed -E -e 's/<style>.*<\/style>//' -e '/<div class="plot">/,/<\/template><\/div>/d' -e '/<section class="map"/,/<\/section>/d' -e '/<script>/,$d' -e '/<ul id="index"/,$d' "$work/a.html" |
    sed -E -e 's/<[^>]*>/\n/g' | sed -E '/^ *$/d' > "$work/text"
  if [[ $UPDATE ]]; then cp "$work/text" "$name.expected"; else diff -u "$name.expected" "$work/text" || failed=1; fi
done
"$journey" report -o "$work/no.html" "$work" 2> "$work/why" && complain "a folder without journeys has a report"
[[ -e $work/no.html ]] && complain "a page was written where there is no journey"
# Two maps of one name, in two files: each link has one map that it leads to.
mkdir "$work/twice" && for n in 1 2; do echo 'journey walk "Walk" { stage "S" { touchpoint "T" } }' > "$work/twice/$n.journey"; done
"$journey" report -o "$work/twice.html" "$work/twice" > /dev/null || complain "two maps of one name: no report"
[[ $(grep -oE 'class="map" id="[^"]*' "$work/twice.html" | sort -u | wc -l) == 2 ]] || complain "two maps of one name share an id"
exit $failed
