#!/bin/bash
# Asks the language server what editors ask, and compares: tests/lsp/features. Skipped where Node or the packages of the
# tests (npm ci in tests/lsp) are missing. Usage: tests/lsp.sh JOURNEY
set -eu
journey=$(realpath "$1")
cd "$(dirname "$0")/lsp"
command -v node > /dev/null || { echo "skipped: node is not installed"; exit 77; }
[ -d node_modules/ajv ] || { echo "skipped: run 'npm ci' in tests/lsp first"; exit 77; }
JOURNEY=$journey node features.mjs
