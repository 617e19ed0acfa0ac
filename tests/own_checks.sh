#!/bin/bash
# The example of docs/checks.md: its files are written beside each other, and `journey check` says what the page shows; explain
# tells of the check, and what the page lists is what stdlib/checks reports. Usage: tests/own_checks.sh JOURNEY
set -uo pipefail
root=$(realpath "$(dirname "${BASH_SOURCE[0]}")/..") journey=$(realpath "$1") failed=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2

fail() { echo "FAILED: $*"; failed=1; }

mkdir checks .git
awk '
  /^```/ && out { close(out); out = ""; next }
  /^```(journey|lua) file=/ { out = $0; sub(/.*file=/, "", out); printf "" > out; next }
  /^```text$/ { out = "shown"; printf "" > out; next }
  out { print > out }
' "$root/docs/checks.md"
[[ -s project.journey && -s returns.journey && -s checks/no-picture.lua && -s checks/long-wait.lua && -s shown ]] || fail "no example found"
{ echo '$ journey check'; "$journey" check --today 2026-11-22; } > said 2>&1
diff -u shown said || fail "what the page shows"

has() { # WHAT WORDS COMMAND…
  local what=$1 words=$2
  shift 2
  "$@" > said 2>&1
  grep -qF -- "$words" said || { cat said; fail "$what"; }
}
has "the page's tests" "2 passed" "$journey" test
has "explain: the title" "# long-wait: A wait that is too long" "$journey" explain long-wait
has "explain: what it is about" "We promise an answer within three days." "$journey" explain long-wait
has "explain: the comment" "Whoever waits longer than they were told calls" "$journey" explain long-wait
has "explain: no such check" "there is no code long-whale, nor a check of that name" "$journey" explain long-whale
has "JSON: the name in place of the code" '"code": "long-wait"' "$journey" check --format json
has "JSON: the title" '"title": "A wait that is too long"' "$journey" check --format json

# A proposal stays one; what is sure is made.
"$journey" check --fix > said 2>&1
grep -q 'waits 7d' returns.journey || fail "a proposal was made by --fix"
sed -i 's/replace = "waits 3d"/&, sure = true/' checks/long-wait.lua
"$journey" check --fix > said 2>&1
grep -q 'waits 3d' returns.journey || fail "a fix that is sure was not made"

# journey.json knows checks by their names, and offers the nearest.
rm project.journey
{ echo 'check no-picture "P" warning computed-by "checks/no-picture.lua"'; sed '/silence/d' returns.journey; } > map.journey
echo '{"rules": {"no-picture": "error"}}' > journey.json
has "journey.json" "error no-picture: nobody can tell" "$journey" check map.journey
echo '{"rules": {"no-pictures": "error"}}' > journey.json
has "journey.json: a slip" 'did you mean "no-picture"?' "$journey" check map.journey
echo '{"rules": {"no-picture": {"severity": "off", "reason": "Not now"}}}' > journey.json
has "journey.json: off" "No problems" "$journey" check map.journey

echo '{"rules": {"W0407": "hint"}}' > journey.json
has "journey.json: no name" "go by their names, not by W0407" "$journey" check map.journey

# A check of the library's name stands in its place, in the files that see it.
mkdir other other/.git
echo 'return function(journey, report) report { at = journey, message = "ours" } end' > other/ours.lua
printf 'check claims "Ours" warning computed-by "ours.lua"\njourney "J" {\n  claim "Nobody says where"\n}\n' > other/own.journey
printf 'journey "J" {\n  claim "Nobody says where"\n}\n' > other/plain.journey
(cd other && "$journey" check) > said 2>&1
[[ $(grep -oE '^warning [^:]+' said | tr '\n' ' ') == 'warning claims warning W0805 ' ]] || { cat said; fail "a check in the library's place"; }
exit $failed
