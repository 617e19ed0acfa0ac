#!/bin/sh
# The examples, the templates and the maps that the pictures are tried on are clean, warnings included, each by itself;
# the flawed one has exactly the weaknesses that its first lines name. What the examples test about their metrics passes. Usage: tests/examples.sh JOURNEY
set -u
journey=$(realpath "$1")
cd "$(dirname "$0")/.." || exit 2
today=2026-11-22
failed=0

clean() {
  "$journey" check --deny-warnings --today $today "$1" || { echo "$1 is not clean"; failed=1; }
}

for place in examples/*/ stdlib/templates/*.journey tests/data/maps/world.journey; do clean "$place"; done

"$journey" test --today $today examples > /dev/null || { "$journey" test --today $today examples; failed=1; }

flawed=tests/data/maps/flawed.journey
wanted=$(grep '^//' $flawed | grep -oE '[EW][0-9]{4}' | sort -u)
found=$("$journey" check --today $today $flawed 2>&1 | grep -oE '\b[EW][0-9]{4}\b' | sort -u)
[ "$wanted" = "$found" ] || { printf '%s yields\n%s\ninstead of\n%s\n' "$flawed" "$found" "$wanted"; failed=1; }

# A first map is weak, and not wrong.
for first in examples/first.journey tests/data/maps/tiny.journey; do
  "$journey" check --today $today $first > /dev/null || { echo "$first is wrong"; failed=1; }
done
exit $failed
