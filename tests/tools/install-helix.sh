#!/bin/bash
# install-helix.sh [FOLDER] : Helix of a newer Debian, beside the system. Prints the path of the program.
# A second call is instant.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
folder=$(realpath -m "${1:-${XDG_CACHE_HOME:-$HOME/.cache}/journey/helix}")
root=$folder/root start=$folder/hx

if [[ ! -x $start ]]; then
  rm -rf "$root"
  "$here/unpack-debian.sh" sid "$root" hx >&2 ||
    "$here/unpack-debian.sh" forky "$root" hx >&2
fi
find "$root" -name 'hx*' | head
