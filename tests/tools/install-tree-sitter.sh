#!/bin/bash
# install-tree-sitter.sh [FOLDER] : the tree-sitter command line of a newer Debian, beside the system, for changing the
# grammar (generate --abi 14) and for its tests. Prints the path of the program. A second call is instant.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
folder=$(realpath -m "${1:-${XDG_CACHE_HOME:-$HOME/.cache}/journey/tree-sitter}")
root=$folder/root start=$folder/tree-sitter

if [[ ! -x $start ]]; then
  rm -rf "$root"
  "$here/unpack-debian.sh" sid "$root" tree-sitter-cli >&2 ||
    "$here/unpack-debian.sh" trixie "$root" tree-sitter-cli >&2
  # Its own C library starts it, so that it runs on an older system too.
  cat >"$start" <<END
#!/bin/sh
exec "$root/usr/lib64/ld-linux-x86-64.so.2" --library-path "$root/usr/lib/x86_64-linux-gnu" \\
  "$root/usr/bin/tree-sitter" "\$@"
END
  chmod +x "$start"
fi
"$start" --version >&2
echo "$start"
