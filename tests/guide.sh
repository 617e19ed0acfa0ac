#!/bin/bash
# docs/guide-metrics.md does what it says: in an empty folder, each fenced block with file=PATH is written, and each
# console block is typed, in their order; what comes is what stands there. A line … stands for any lines.
# Usage: tests/guide.sh JOURNEY [--update]
[[ -x ${1-} ]] || { echo "usage: tests/guide.sh JOURNEY [--update]"; exit 2; }
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/repairs" && ln -s "$(realpath "$1")" "$work/bin/journey" && cd "$work/repairs" || exit 2
export PATH="$work/bin:$PATH" NO_COLOR=1
python3 "$here/guide.py" "$here/../docs/guide-metrics.md" "${2-}"
failed=$?
# The maps on the way are as `journey fmt` writes them.
journey fmt --diff . || { echo "FAILED: the guide's maps are not tidy"; failed=1; }
exit $failed
