#!/bin/bash
# What `cmake --install` puts into place works there, without the source tree. Usage: tests/install.sh JOURNEY
[[ -x ${1-} ]] || { echo "usage: tests/install.sh JOURNEY"; exit 2; }
build=$(dirname "$(realpath "$1")") source=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
unset JOURNEY_STDLIB
fail() { echo "FAILED: $*"; exit 1; }

DESTDIR=$work/root cmake --install "$build" > "$work/log" 2>&1 || { cat "$work/log"; fail "cmake --install"; }
installed=$(find "$work/root" -type f -name journey -perm -u+x)
[[ $installed ]] || fail "no journey among $(find "$work/root" -type f)"

# In an empty folder, and as far as root may, with the source tree out of sight.
mkdir "$work/away" && cp -r "$source/examples/saas-onboarding" "$work/away/example" && cd "$work/away" || exit 2
away() {
  if ((EUID == 0)) && unshare -m true 2> /dev/null; then
    # shellcheck disable=SC2016
    unshare -m bash -c 'mount -t tmpfs tmpfs "$0" && exec "$@"' "$source" "$installed" "$@"
  else
    "$installed" "$@"
  fi
}
away --version || fail "--version"
away check example || fail "check"
away score example | tee score || fail "score"
grep -qi effort score || fail "the metrics of the standard library are not found"
away build -o maps example || fail "build"
find maps -name '*.html' -size +2k | grep -q . || fail "no map was drawn"
