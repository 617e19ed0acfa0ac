#!/bin/bash
# The parser in grammar/src is what grammar.js says, and the grammar's own tests (corpus, highlights, tags) pass.
# Needs the tree-sitter command, from the PATH or from tests/tools/install-tree-sitter.sh; skipped without it.
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
made_by=0.26  # other versions write the same parser in other words

command=$(command -v tree-sitter || echo "${XDG_CACHE_HOME:-$HOME/.cache}/journey/tree-sitter/tree-sitter")
version=$("$command" --version 2>/dev/null | sed 's/^tree-sitter *//') || version=
[[ $version ]] || { echo "skipped: no tree-sitter command; tests/tools/install-tree-sitter.sh brings one"; exit 77; }

work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cp -r "$root/grammar" "$work/journey"
export XDG_CACHE_HOME=$work/cache XDG_CONFIG_HOME=$work/config TREE_SITTER_LIBDIR=$work/lib
mkdir -p "$work/cache" "$work/config" "$work/lib"
cd "$work/journey" && rm -rf src

"$command" generate --abi 14 >"$work/log" 2>&1 || { cat "$work/log"; echo "grammar.js: no parser can be made"; exit 1; }
wrong=0
if [[ $version != "$made_by".* ]]; then
  echo "grammar/src is made by tree-sitter $made_by and this is $version: not compared"
elif ! diff -r "$root/grammar/src" src | head -20; then
  echo "grammar/src is not what grammar.js says: run 'tree-sitter generate --abi 14' in grammar/"
  wrong=1
fi
"$command" test >"$work/log" 2>&1 || { cat "$work/log"; wrong=1; }
exit $wrong
