#!/bin/bash
# score.sh JOURNEY [--update]: `journey score` of data/score against the goldens beside it, the whole table, one number explained, and
# again when a file changes.
set -uo pipefail
journey=$(realpath "$1") update=${2:-} failed=0
cd "$(dirname "${BASH_SOURCE[0]}")/data/score" || exit 2
fail() { echo "FAILED: $*" >&2; failed=1; }

golden() { # file exit arguments…
  local file=$1 wanted=$2; shift 2
  local actual code
  actual=$("$journey" score --today 2026-11-22 "$@" 2>&1); code=$?
  [[ $code == "$wanted" ]] || fail "score $*: exit $code, not $wanted"
  if [[ $update == --update ]]; then printf '%s\n' "$actual" > "$file"
  else diff -u "$file" - <<< "$actual" || fail "score $*"; fi
}

golden shop.100.txt 1 --width 100 shop.journey
golden shop.60.ascii.txt 1 --width 60 --ascii shop.journey
golden shop.json 1 --format json shop.journey
golden unknown.txt 1 --width 100 unknown.journey
golden explain.load.txt 0 --width 100 --explain load shop.journey
golden explain.asks.txt 0 --width 100 --explain nps choosing.asks shop.journey
golden explain.asks.txt 0 --width 100 shop.journey --explain nps choosing.asks
golden explain.retention.json 0 --format json --explain retention shop.journey
golden explain.scale.txt 1 --width 100 --explain scale Paying shop.journey

says() { # words arguments…: could not run, for that reason
  local words=$1; shift
  local said; said=$("$journey" score "$@" 2>&1 < /dev/null)
  [[ $? == 2 && $said == *"$words"* ]] || fail "score $*: $said"
}
says 'there is no metric "effrt"; did you mean "effort"?' --explain effrt shop.journey
says 'there is no stage, step, persona or team "nowhere" here, nor such a file' --explain effort nowhere shop.journey
says '--watch takes files and folders, not standard input' --watch -

# The same bytes on every run, however many workers there are.
for _ in 1 2 3; do
  cmp -s <("$journey" score --today 2026-11-22 --format json shop.journey 2> /dev/null) shop.json || fail "another run says something else"
done

# --watch: a line of the map, then of the Lua file, then of the data changes; Ctrl-C ends it.
work=$(mktemp -d) watching=
trap 'rm -rf "$work"; [[ ! $watching ]] || kill "$watching"' EXIT
cat > "$work/map.journey" << 'END'
evidence rows "Rows" method survey file "rows.csv" column score "Score"
metric weight "Weight" computed-by "weight.lua"
journey j "Watched" {
  measure ces from rows
  stage s "Start" { touchpoint t "Begin" via web }
}
END
echo 'return function() return 1 end' > "$work/weight.lua"
printf 'Score\n4\n' > "$work/rows.csv"
mkfifo "$work/out"
set -m # else what runs in the background does not hear of Ctrl-C
"$journey" score --watch "$work/map.journey" > "$work/out" 2>&1 &
watching=$!
exec 9< "$work/out"
until_said() { # pattern: reads on until a line has it; the time limit is only against hanging for ever
  local line
  while IFS= read -r -t 120 -u 9 line; do [[ $line == *$1* ]] && return; done
  fail "--watch never said $1"
}
until_said 'Map size'
sed -i 's/touchpoint t "Begin" via web/touchpoint t "Begin" via web touchpoint u "End"/' "$work/map.journey"
printf '%s\n' 'evidence rows "Rows" method survey file "rows.csv" column score "Score"' 'metric weight "Heaviness" computed-by "weight.lua"' \
  'journey j "Watched" {' '  measure ces from rows' '  stage s "Start" { touchpoint t "Begin" via web }' '}' > "$work/new"
mv "$work/new" "$work/map.journey"
until_said 'map.journey changed'
until_said 'Heaviness'
until_said 'Map size'
echo 'return function() return 77 end' > "$work/weight.lua"
until_said 'weight.lua changed'
until_said '77'
until_said 'Map size'
printf 'Score\n4\n6\n' > "$work/rows.csv"
until_said 'rows.csv changed'
until_said 'n 2'
kill -INT "$watching"
wait "$watching"; code=$? watching=
[[ $code == 0 ]] || fail "--watch ended with exit $code at Ctrl-C"
exec 9<&-
exit $failed
