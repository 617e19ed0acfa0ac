#!/bin/bash
# Time is given, not taken: with --today, every verb writes the same bytes whatever the clock says; without it, the clock
# counts. The clock is moved by a library that stands in front of the system's. Usage: tests/today.sh JOURNEY
set -uo pipefail
journey=$(realpath "$1") failed=0
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 2
command -v cc > /dev/null || { echo "skipped: there is no C compiler"; exit 77; }
[[ $(ldd "$journey") != *asan* ]] || { echo "skipped: the sanitizers want to be in front themselves"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat > "$work/clock.c" << 'END'
#include <stdlib.h>
#include <time.h>
time_t time(time_t *to) {
  time_t now = (time_t)atoll(getenv("CLOCK"));
  if (to) *to = now;
  return now;
}
END
cc -shared -fPIC -o "$work/clock.so" "$work/clock.c" || exit 2

fail() { echo "FAILED: $*"; failed=1; }

# what SECONDS ARGUMENTS… : everything that journey writes at that time
what() {
  local clock=$1
  shift
  rm -rf "$work/out" && mkdir "$work/out"
  CLOCK=$clock LD_PRELOAD=$work/clock.so "$journey" "${@//OUT/$work/out}" 2>&1
  find "$work/out" -type f -print0 | sort -z | xargs -0 -r cat
}

early=1000000000 late=2000000000 # 2001-09-09 and 2033-05-18
differs() { # ARGUMENTS… : whether the clock counts
  what $early "$@" > "$work/early"
  what $late "$@" > "$work/late"
  ! cmp -s "$work/early" "$work/late"
}
same() { differs "$@" --today 2026-11-22 && fail "the clock counts: $*"; }
other() { differs "$@" || fail "the clock does not count: $*"; }

maps=examples/saas-onboarding
other check $maps
other build -o OUT $maps
other show $maps/onboarding.journey
other new current-state OUT
same check $maps
same check --format json $maps
same new current-state OUT
same new --list
for format in html svg json md mermaid; do same build --format $format -o OUT $maps; done
same report -o OUT/report.html $maps
# Every verb that knows --today, on the same maps.
for verb in $("$journey" --help | sed -nE '/^All verbs:/,/^$/s/^  ([a-z]+) .*/\1/p'); do
  case $verb in new | check | build | report | preview) continue ;; esac # preview goes on until Ctrl-C
  "$journey" "$verb" --help | grep -q -- '--today' || continue
  same "$verb" $maps
done
# The project says how long evidence holds for all that doesn't say so itself: in checks, on the map and in the report.
mkdir "$work/old" && cat > "$work/old/map.journey" << 'END'
project "P" { fresh-for 30d }
evidence talks "Talks" method interview collected 2026-01-01
journey a "A" {
  stage "S" { touchpoint "T" { feels +1 "fine" from talks } }
}
END
for day in 2026-01-31 2026-02-01; do
  "$journey" check --today $day "$work/old" > "$work/check"
  "$journey" show --today $day "$work/old" > "$work/show"
  "$journey" report --today $day -o "$work/report" "$work/old" > "$work/said"
  found=$(grep -cE 'out of date' "$work/check")-$(grep -c 'out of date' "$work/show")-$(grep -c ': stale' "$work/report")
  case $day-$found in
    2026-01-31-0-0-0 | 2026-02-01-[1-9]*-[1-9]*-1) ;;
    *) fail "evidence of the project's fresh-for on $day is out of date in check, show, report: $found"; cat "$work/check" "$work/show" ;;
  esac
done
exit $failed
