#!/bin/bash
# check.sh JOURNEY [--update]: each file and folder of data/check against the golden diagnostics beside it.
set -uo pipefail
journey=$(realpath "$1") update=${2:-} failed=0
cd "$(dirname "${BASH_SOURCE[0]}")/data/check" || exit 2
for given in *.journey */; do
  name=${given%/}
  golden=${name%.journey}.expected
  actual=$("$journey" check --today 2026-11-22 "$name" 2>&1; echo "exit $?")
  if [[ $update == --update ]]; then
    printf '%s\n' "$actual" > "$golden"
  elif ! diff -u "$golden" - <<< "$actual"; then
    echo "FAILED: $name" >&2
    failed=1
  fi
done
exit $failed
