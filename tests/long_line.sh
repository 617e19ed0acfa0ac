#!/bin/bash
# Hundreds of kilobytes of mistakes on one line are checked in a second: what looks at the whole line of each takes minutes.
# Usage: tests/long_line.sh JOURNEY
set -uo pipefail
journey=$(realpath "$1") failed=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for text in '}' '-> ' '{ ' 'touch point "é" ' ';' "'"; do
  yes -- "$text" | tr -d '\n' | head -c 300000 > "$work/long.journey"
  (ulimit -t 40; exec "$journey" check "$work/long.journey") > "$work/said" 2>&1
  code=$?
  if ((code != 1)) || ! grep -q 'error.* in 1 file' "$work/said"; then
    echo "FAILED: $text: exit $code"
    failed=1
  fi
done
exit $failed
