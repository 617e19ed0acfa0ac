#!/bin/bash
# metrics.sh JOURNEY [--update]: each folder of data/metrics is named after a metric of the standard library and has a small map
# whose numbers are worked out by hand in its comments; `expected` is what `score --explain` says of it, for the journey and for each
# place that the map names in a line `// of: place, place`. Every shipped metric has such a folder.
set -uo pipefail
journey=$(realpath "$1") update=${2:-} failed=0
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root/tests/data/metrics" || exit 2

explain() { # metric place
  "$journey" score --today 2026-11-22 --width 100 --explain "$1" ${2:+"$2"} map.journey 2>&1 | awk -v id="($1) of " '/^Where it is written/ { skip = 1 } /^[^ ]/ && index($0, id) { skip = 0 } !skip' | cat -s
}

said() { # metric
  explain "$1"
  grep -m1 '^// of: ' map.journey | cut -c8- | tr ',' '\n' | sed 's/^ *//' | while read -r place; do explain "$1" "$place"; done
}

for metric in */; do
  metric=${metric%/}
  actual=$(cd "$metric" && said "$metric")
  if [[ $update == --update ]]; then printf '%s\n' "$actual" > "$metric/expected"
  elif ! diff -u "$metric/expected" - <<< "$actual"; then
    echo "FAILED: $metric" >&2
    failed=1
  fi
done

for file in "$root"/stdlib/metrics/*.lua; do
  name=$(basename "$file" .lua)
  [[ $name == answers ]] || grep -q "^| \`$name\` |" "$root/docs/metrics.md" || { echo "FAILED: docs/metrics.md does not list $name" >&2; failed=1; }
  [[ -d $name ]] || { echo "FAILED: no map tries $name" >&2; failed=1; }
done
while read -r name; do
  [[ -f $root/stdlib/metrics/$name.lua ]] || { echo "FAILED: the metric $name has no file" >&2; failed=1; }
done < <(grep -oE '^metric [a-z-]+' "$root/stdlib/prelude.journey" | cut -d' ' -f2)
exit $failed
