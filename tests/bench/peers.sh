#!/bin/bash
# peers.sh [FOLDER] : the language servers of YAML and JSON that tests/bench/lsp puts beside journey's, from npm, outside
# of this tree. clangd comes with the system's packages.
set -euo pipefail
folder=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/journey/peers}
mkdir -p "$folder"
npm install --silent --no-audit --no-fund --prefix "$folder" yaml-language-server@1.25 vscode-langservers-extracted@4.10 >&2
for name in yaml-language-server vscode-langservers-extracted; do
  printf '%s %s\n' "$name" "$(node -p "require('$folder/node_modules/$name/package.json').version")"
done
command -v clangd >/dev/null && clangd --version | head -n 1 || echo "clangd is not installed: apt install clangd" >&2
