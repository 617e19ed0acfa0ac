#!/bin/bash
# tests/data/plan/cases: what `journey plan` says to arguments, each beside a golden; and the CSV, read back as a spreadsheet does.
# Usage: tests/plan.sh JOURNEY; with UPDATE=1 in the environment it writes the goldens anew.
# Both halves of `A && B || …` are tests; what stands in single quotes is meant as it is.
# shellcheck disable=SC2015,SC2016
journey=$(realpath "$1") && cd "$(dirname "${BASH_SOURCE[0]}")/data/plan" || exit 2
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
failed=0
while read -r golden arguments; do
  [[ $golden == '#' ]] && continue
  read -ra arguments <<< "$arguments"
  "$journey" plan --today 2026-11-22 "${arguments[@]}" > "$work/got" || { echo "$golden: can't be planned"; failed=1; }
  if [[ $UPDATE ]]; then cp "$work/got" "$golden"; else diff -u "$golden" "$work/got" || failed=1; fi
done < cases

# A day later than its day, and not on it, an opportunity is overdue.
for day in 2026-11-20:no 2026-11-21:yes; do
  "$journey" plan --today "${day%:*}" --format csv bakery.journey | grep "^\"Order ahead, collect by number\",2,.*order-ahead.*,${day#*:},\"The queue" > /dev/null ||
    { echo "overdue on ${day%:*} should be ${day#*:}"; failed=1; }
done

# docs/plan.md tells what is said of its map.
sed -n '/^```journey$/,/^```$/{//!p}' ../../../docs/plan.md > "$work/bread.journey"
sed -n '/^    \$ journey plan bread/,/^[^ ]/{/^    \$/d;/^[^ ]/d;s/^    //;p}' ../../../docs/plan.md | sed -e '$d' > "$work/told"
(cd "$work" && "$journey" plan bread.journey --by rice --today 2026-11-22) > "$work/said"
[[ -s $work/told ]] && diff -u "$work/told" "$work/said" || { echo "docs/plan.md tells another story"; failed=1; }

# The drawing: the same each time, and only where there is something to plot.
for map in bakery.journey ../../../examples/saas-onboarding; do
  "$journey" plan --today 2026-11-22 --format svg "$map" > "$work/one.svg" && "$journey" plan --today 2026-11-22 --format svg "$map" > "$work/two.svg"
  cmp "$work/one.svg" "$work/two.svg" && grep -q '>Easy wins</text>' "$work/one.svg" || { echo "$map: not drawn"; failed=1; }
done
"$journey" plan --today 2026-11-22 --format html bakery.journey > "$work/plan.html"
[[ $(grep -c '^<tr role="row"><th scope="row"' "$work/plan.html") == 5 ]] || { echo "the page lists five opportunities"; failed=1; }
"$journey" plan --format svg ../maps/tiny.journey > "$work/got" 2> "$work/said"
[[ $? == 2 && ! -s $work/got ]] && grep -q 'nothing to plot' "$work/said" || { echo "a plot of nothing"; failed=1; }

command -v python3 > /dev/null || { echo "skipped: no python3 to read the CSV back"; exit $((failed ? failed : 77)); }
"$journey" plan --today 2026-11-22 --format csv --all bakery.journey > "$work/plan.csv"
"$journey" plan --today 2026-11-22 --format json --all bakery.journey > "$work/plan.json"
python3 -c 'import sys, xml.dom.minidom as xml; xml.parse(sys.argv[1])' "$work/one.svg" || failed=1
python3 - "$work" << 'END' || failed=1
import csv, json, sys
text = open(sys.argv[1] + "/plan.csv", newline="", encoding="utf-8").read()
rows = list(csv.DictReader(text.splitlines(keepends=True), strict=True))
items = json.load(open(sys.argv[1] + "/plan.json"))["opportunities"]
assert text.count("\r\n") == len(rows) + 1 == len(items) + 1, "a line for each opportunity, ended by CRLF"
for row, item in zip(rows, items):
    assert all(not cell.startswith(tuple("=+-@\t\r")) for cell in row.values()), row
    assert row["opportunity"].removeprefix("'") == item["title"], (row, item)
    for key in ("rank", "score", "reach", "impact", "confidence", "effort", "importance", "satisfaction"):
        assert row[key] == "" and key not in item or float(row[key]) == item[key], (key, row, item)
    assert (row["owner"], row["due"], row["status"]) == tuple(item.get(key, "") for key in ("owner", "due", "status"))
    assert row["overdue"] == ("yes" if item["overdue"] else "no")
assert len(rows) == 7 and sum(row["rank"] != "" for row in rows) == 4, "four are ranked"
END
exit $failed
