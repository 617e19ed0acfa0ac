#!/bin/bash
# Whether all C files are formatted as .clang-format says; `clang-format -i FILE` mends one.
command -v clang-format > /dev/null || { echo "skipped: clang-format isn't there"; exit 77; }
clang-format --version | grep -q 'version 14\.' || { echo "skipped: the style is that of clang-format 14"; exit 77; }
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 2
find compiler lsp tests -name '*.[ch]' -not -path '*/node_modules/*' -print0 | xargs -0 clang-format --dry-run --Werror
