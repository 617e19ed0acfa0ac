#!/bin/bash
# `journey check --format …`: the project of tests/data/ci and one in which all is well, against the documents beside them;
# in folders of their own, so that it does not matter where this one lies. tests/ci holds them against the schemas.
# Usage: tests/check_formats.sh JOURNEY [--update]
[[ -x ${1-} ]] || { echo "usage: tests/check_formats.sh JOURNEY [--update]"; exit 2; }
journey=$(realpath "$1") update=${2-} failed=0
cd "$(dirname "${BASH_SOURCE[0]}")/data/ci" || exit 2
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
for name in project sound; do
  cp -r $name "$work" && mkdir "$work/$name/.git" || exit 2
  for format in json sarif junit github gitlab; do
    golden=$name.$format
    (cd "$work/$name" && "$journey" check --today 2026-11-22 --format $format) > "$work/said" 2> "$work/complaint"
    exit=$? expected=1
    [[ $name == sound ]] && expected=0
    if ((exit != expected)) || [[ -s $work/complaint ]]; then
      echo "FAILED: $golden: exit $exit: $(cat "$work/complaint")"
      failed=1
    fi
    [[ $update == --update ]] && cp "$work/said" "$golden"
    diff -u "$golden" "$work/said" || { echo "FAILED: tests/data/ci/$golden"; failed=1; }
  done
done
exit $failed
