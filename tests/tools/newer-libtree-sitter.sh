#!/bin/bash
# newer-libtree-sitter.sh [FOLDER] : a current libtree-sitter beside the system's 0.20.7, to build journey against:
#   PKG_CONFIG_PATH=$(tests/tools/newer-libtree-sitter.sh) cmake -B build/newer && cmake --build build/newer
# Prints the folder of its tree-sitter.pc. The archive alone is kept, so that the program needs no other C library.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
folder=$(realpath -m "${1:-${XDG_CACHE_HOME:-$HOME/.cache}/journey/libtree-sitter}")

if [[ ! -f $folder/pkgconfig/tree-sitter.pc ]]; then
  root=$folder/root
  rm -rf "$root"
  "$here/unpack-debian.sh" sid "$root" libtree-sitter-dev >&2 ||
    "$here/unpack-debian.sh" trixie "$root" libtree-sitter-dev >&2
  mkdir -p "$folder/lib" "$folder/include" "$folder/pkgconfig"
  cp "$root"/usr/lib/*/libtree-sitter.a "$folder/lib/"
  cp -r "$root/usr/include/tree_sitter" "$folder/include/"
  version=$(sed -n 's/^Version: *//p' "$root"/usr/lib/*/pkgconfig/tree-sitter.pc)
  cat >"$folder/pkgconfig/tree-sitter.pc" <<END
Name: tree-sitter
Description: the tree-sitter library of a newer Debian
Version: $version
Libs: -L$folder/lib -ltree-sitter
Cflags: -I$folder/include
END
  rm -rf "$root"
fi
sed -n 's/^Version: /libtree-sitter /p' "$folder/pkgconfig/tree-sitter.pc" >&2
echo "$folder/pkgconfig"
