#!/bin/bash
# install-neovim.sh SUITE [FOLDER] : the Neovim of another Debian suite, beside the system's 0.7: trixie has 0.10, sid 0.12
# or newer. Prints the path of a program that starts it. A second call is instant.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
[[ $# -ge 1 ]] || { sed -n '2,3s/^# //p' "$0" >&2; exit 2; }
suite=$1
folder=$(realpath -m "${2:-${XDG_CACHE_HOME:-$HOME/.cache}/journey/neovim-$suite}")
root=$folder/root start=$folder/nvim

# One at a time, so that tests that run beside each other may both ask for it.
mkdir -p "$folder"
exec 9> "$folder/.lock"
flock 9

if ! [[ -x $start ]] || ! "$start" --version > /dev/null 2>&1; then
  rm -rf "$root" "$start"
  "$here/unpack-debian.sh" "$suite" "$root" neovim patchelf >&2
  libraries=$(dirname "$(find "$root/usr/lib" -maxdepth 2 -name 'libc.so.6' | head -n 1)")
  loader=$(find "$root/usr/lib64" "$root/usr/lib" -maxdepth 2 -name 'ld-linux-*.so.*' | head -n 1)
  [[ $loader && -f $libraries/libc.so.6 ]] || { echo "the packages of $suite have no C library" >&2; exit 1; }
  # Its own C library starts it, so that it runs on an older system too. It is told so in the program itself, since
  # Neovim starts itself once more for the terminal; what else it starts uses the system's.
  "$loader" --library-path "$libraries" "$root/usr/bin/patchelf" \
    --set-interpreter "$loader" --force-rpath --set-rpath "$libraries" "$root/usr/bin/nvim"
  cat > "$start" << END
#!/bin/sh
export VIM="$root/usr/share/nvim" VIMRUNTIME="$root/usr/share/nvim/runtime"
export LUA_PATH="$root/usr/share/lua/5.1/?.lua;$root/usr/share/lua/5.1/?/init.lua;\${LUA_PATH-;}"
export LUA_CPATH="$libraries/lua/5.1/?.so;\${LUA_CPATH-;}"
exec "$root/usr/bin/nvim" --cmd "set runtimepath+=$root/usr/lib/nvim" "\$@"
END
  chmod +x "$start"
fi
"$start" --version | sed -n 1p >&2
echo "$start"
