#!/bin/bash
# The examples of docs/settings.md: the block and the journey.json say the same, and the silence is heard. What stands in
# project.journey holds whichever file is checked. Usage: tests/settings.sh JOURNEY
set -uo pipefail
journey=$(realpath "$1") page=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../docs/settings.md") failed=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2

fail() { echo "FAILED: $*"; failed=1; }
example() { sed -n '/^```[a-z]* file='"$1"'$/,/^```$/{//!p}' "$page"; }
codes() { # ARGUMENTS… : each message's severity and code, and the exit code
  "$journey" check --today 2026-11-22 "$@" > said 2>&1
  local exit=$?
  sed -nE 's/^(error|warning|information|hint) ([EW][0-9]{4}): .*/\1 \2/p; s/^journey: /FAILED /p' said | tr '\n' ' '
  echo "exit $exit"
}
is() { # WHAT WANTED FOUND
  [[ $2 == "$3" ]] || fail "$1: '$3', not '$2'"
}

mkdir -p block/maps json/maps plain/maps both/maps plain/.git
example project.journey > block/project.journey
example journey.json > json/journey.json
example returns.journey > block/maps/returns.journey
[[ -s block/project.journey && -s json/journey.json && -s block/maps/returns.journey ]] || fail "no examples found"
for folder in block json plain both; do
  is "the silence, $folder" "exit 0" "$(codes block/maps/returns.journey)"
  {
    grep -v silence block/maps/returns.journey | sed '$d'
    printf '  opportunity later "Later" { owner shop }\n}\njourney lost "Nobody owns it" { stage "A" { touchpoint "B" } }\n'
  } > $folder/maps/map.journey
done
is "no settings" "warning W0603 warning W0604 warning W0501 exit 0" "$(codes plain/maps/map.journey)"
is "the block" "error W0603 hint W0604 exit 1" "$(codes block/maps/map.journey)"
is "journey.json" "error W0603 hint W0604 exit 1" "$(codes json/maps/map.journey)"
is "journey.json of another folder" "warning W0603 warning W0604 warning W0501 exit 0" "$(cd json && codes ../plain/maps/map.journey)"
is "from a folder within" "error W0603 hint W0604 exit 1" "$(cd json/maps && codes)"
is "from standard input" "error W0603 hint W0604 exit 1" "$(cd json/maps && codes - --stdin-path map.journey < ../../plain/maps/map.journey)"
cp json/journey.json both
printf 'project { rule W0603 information }\n' > both/project.journey
is "both: the block wins" "information W0603 hint W0604 exit 0" "$(codes both/maps/map.journey)"
is "only the settings" "exit 0" "$(codes json/journey.json)"
printf '{' > json/journey.json
is "broken settings" "warning W0603 warning W0604 warning W0501 error E0006 exit 1" "$(codes json/maps/map.journey)"

# Only warnings count for --deny-warnings, not what is slighter.
is "denied" "information W0603 hint W0604 exit 0" "$(codes --deny-warnings both/maps/map.journey)"
is "denied warnings" "warning W0603 warning W0604 warning W0501 exit 1" "$(codes --deny-warnings plain/maps/map.journey)"
# A silence in what other maps may speak of is of no use only where all of them are there.
mkdir -p whole/.git
printf 'team a "A" { silence W0604 "Later" }\n' > whole/people.journey
printf 'use "people.journey"\njourney "B" {\n  owner a\n  silence W0604 "Soon"\n  stage "C" { touchpoint "D" }\n}\n' > whole/map.journey
unused() { codes "$@" > /dev/null; grep -c '^warning W1001' said; }
is "unused, one file" 1 "$(unused whole/map.journey)"
is "unused, the file of names" 0 "$(unused whole/people.journey)"
is "unused, all of it" 2 "$(unused whole)"

# A warning that the project calls an error stops what needs a sound map.
"$journey" build -o . block/maps/map.journey > said 2>&1
[[ $? -eq 1 ]] || fail "a map that breaks the project's rules is drawn"
grep -q '^error W0603' said || fail "the broken rule is not told"
exit $failed
