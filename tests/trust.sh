#!/bin/bash
# --no-scripts: no Lua file of the project is run, under whatever name it stands; what the standard library computes is
# there all the same. Usage: tests/trust.sh JOURNEY
set -uo pipefail
journey=$(realpath "$1") failed=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
fail() { echo "FAILED: $*"; failed=1; }

# A stranger's files: each says when it is run. One stands where the standard library has one of that name; one is
# asked for by that library.
mkdir -p checks stdlib/metrics metrics .git
cat > trip.journey <<'END'
use "metrics/effort.lua"
use "stdlib/metrics/friction.lua"
metric mine "Mine" computed-by "mine.lua"
check own "Own" warning computed-by "checks/own.lua"
team desk "Desk"
journey trip "Trip" {
  owner desk
  reviewed 2026-11-01 every quarter
  expect mine > 3
  expect handoffs < 3
  stage pay "Pay" {
    touchpoint card "Pays by card" via web feels -1
    touchpoint mail "Reads the mail" via email feels +1
  }
}
END
for file in mine metrics/effort stdlib/metrics/friction metrics/weights; do
  echo 'print("it was run") return function(place) return 7 end' > $file.lua
done
echo 'print("it was run") return function(journey, report) report { message = "it was run" } end' > checks/own.lua

"$journey" check --today 2026-11-22 > said 2>&1
(($(grep -c 'it was run' said) >= 4)) || { cat said; fail "with scripts, each of them is seen"; }
"$journey" check --today 2026-11-22 --no-scripts > said 2>&1 || { cat said; fail "check --no-scripts ends well"; }
grep -q 'it was run' said && { cat said; fail "check --no-scripts runs none of them"; }
grep -qx 'No problems in 1 file' said || { cat said; fail "what isn't run is no fault of the map"; }

"$journey" score --today 2026-11-22 > said 2>&1
grep -qE '^Mine +7' said || { cat said; fail "with scripts, the metric has its number"; }
"$journey" score --today 2026-11-22 --no-scripts > said 2>&1 || { cat said; fail "score --no-scripts ends well"; }
grep -qE '\b7\b|it was run' said && { cat said; fail "score --no-scripts runs none of them"; }
grep -q '^Handoffs' said || { cat said; fail "the standard library's numbers are there"; }

"$journey" build --today 2026-11-22 > said 2>&1
grep -q 'it was run' said trip.html || { cat said; fail "with scripts, a check of the project has its say before a map is drawn"; }
"$journey" build --today 2026-11-22 --no-scripts > said 2>&1 || { cat said; fail "build --no-scripts ends well"; }
grep -q 'it was run' said trip.html && { cat said; fail "build --no-scripts runs none of them"; }
for verb in show plan report paths; do
  "$journey" $verb --today 2026-11-22 --no-scripts > said 2>&1 || { cat said; fail "$verb --no-scripts ends well"; }
  grep -q 'it was run' said && { cat said; fail "$verb --no-scripts runs none of them"; }
done
exit $failed
