#!/bin/sh
# Each template is in the list with its line and its picture, and is written as it is listed. Usage: tests/new.sh JOURNEY
set -u
journey=$(realpath "$1")
cd "$(dirname "$0")/.." || exit 2
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
failed=0
complain() { echo "FAILED: $*"; failed=1; }

list=$("$journey" new --list) || complain "new --list"
printf '%s\n' "$list" | diff -u tests/data/new/list.expected - || complain "the list (tests/data/new/list.expected)"
# The same list for programs: each name, line and picture of it.
"$journey" new --list --format json | python3 -c '
import json, sys
for one in json.load(sys.stdin): print(one["name"], "  " + one["about"], "", one["picture"], sep="\n")
print("Take one: journey new NAME")' | diff -u tests/data/new/list.expected - || complain "the list as JSON"
"$journey" new current-state "$work" --format json > /dev/null 2>&1 && complain "--format without --list"
for template in stdlib/templates/*.journey; do
  name=$(basename "$template" .journey)
  "$journey" new "$name" "$work" > /dev/null || complain "new $name"
  "$journey" check --deny-warnings "$work/$name.journey" || complain "$name is not clean on the day on which it is taken"
done
wanted="buyers-journey current-state customer-churn day-in-the-life future-state healthcare lead-nurturing professional-services saas-onboarding service-blueprint"
for name in $wanted; do
  [ -f "$work/$name.journey" ] || complain "there is no template $name"
done
"$journey" new current-state "$work" > /dev/null 2>&1 && complain "a file that is there was written over"
exit $failed
