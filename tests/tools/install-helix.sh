#!/bin/bash
# install-helix.sh [FOLDER] : Helix of a newer Debian, beside the system. Prints the path of the program `hx`. A second call
# is instant.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
folder=$(realpath -m "${1:-${XDG_CACHE_HOME:-$HOME/.cache}/journey/helix}")
root=$folder/root start=$folder/hx

if [[ ! -x $start ]]; then
  rm -rf "$root"
  "$here/unpack-debian.sh" sid "$root" hx >&2 ||
    "$here/unpack-debian.sh" trixie "$root" hx >&2
  # Its own C library starts it, so that it runs on an older system too; it then has to be told where its files are.
  cat >"$start.new" <<END_OF_START
#!/bin/sh
export HELIX_RUNTIME="$root/usr/lib/hx/runtime"
exec "$root/usr/lib64/ld-linux-x86-64.so.2" --library-path "$root/usr/lib/x86_64-linux-gnu" \\
  "$root/usr/lib/hx/hx" "\$@"
END_OF_START
  chmod +x "$start.new"
  mv "$start.new" "$start"
fi
"$start" --version >&2
echo "$start"
