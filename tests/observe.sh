#!/bin/bash
# observe.sh JOURNEY [--update]: what `journey observe` says of the logs in data/observe and of the shop in examples/,
# against the goldens beside them; what it says where it can't; and that both faults of the shop are told first.
set -uo pipefail
journey=$(realpath "$1") update=${2:-} failed=0
cd "$(dirname "${BASH_SOURCE[0]}")/data/observe" || exit 2
shop=../../../examples/shop

compare() { # golden arguments…
  local golden=$1 actual
  shift
  actual=$("$journey" observe --today 2026-11-22 "$@" 2>&1; echo "exit $?")
  if [[ $update == --update ]]; then printf '%s\n' "$actual" > "$golden"
  elif ! diff -u "$golden" - <<< "$actual"; then echo "FAILED: observe $*"; failed=1; fi
}
for map in tiny broken untimed where; do
  compare "$map.txt" "$map.journey" --width 80
  compare "$map.json" "$map.journey" --format json
done
compare shop.txt "$shop" --width 120 --by device
compare part.txt "$shop" --width 80 --ascii --from cart --to ordered
compare no-column.txt tiny.journey --by planet
compare no-step.txt tiny.journey --from nowhere
compare unseen-step.txt tiny.journey --to wrap
compare no-log.txt tiny.journey --evidence other
compare no-journey.txt tiny.journey --journey other
compare nothing.txt ../../../examples/first.journey

# Without being asked: who, when, what.
told=$("$journey" observe --today 2026-11-22 --width 200 "$shop")
for words in 'Clients whose device is phone, 19 April to 6 May 2026: .* meet "blank_page", against 0%' \
  'All clients, 1 to 17 June 2026: .* meet "payment_failed", against 0%'; do
  grep -q "$words" <<< "$told" || { echo "FAILED: not told: $words"; failed=1; }
done

# Drawn over the map: a lane, a flow, and what went otherwise; arrows that nobody drew have a meaning of their own.
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
"$journey" observe --format html "$shop" > "$work/shop.html" && "$journey" observe --format svg tiny.journey > "$work/tiny.svg"
for words in 'What clients did' 'What the map says' 'What went otherwise for some' '49% come here' '83.6%'; do
  grep -q "$words" "$work/shop.html" || { echo "FAILED: the page does not say: $words"; failed=1; }
done
for words in 'goes where the map draws no arrow' 'not in the log' 'never seen'; do
  grep -q "$words" "$work/tiny.svg" || { echo "FAILED: the drawing does not say: $words"; failed=1; }
done

# Bytes of any kind, cut anywhere, are read without harm.
for size in 0 1 2 13 50 100 200 300; do
  head -c "$size" broken.csv > "$work/broken.csv" && cp broken.journey "$work"
  "$journey" observe "$work/broken.journey" > /dev/null 2>&1
  [[ $? -le 2 ]] || { echo "FAILED: broken.csv cut at $size"; failed=1; }
done
exit $failed
