#!/bin/bash
# Proves that layers.sh fails where it should: plants one violation after another where there is nothing else.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
failed=0

# plant EXPECTED-EXIT FILE LINE [WORDS OF THE COMPLAINT]
plant() {
  local planted=compiler/$2
  [[ $2 == lsp/* ]] && planted=$2
  rm -rf "$work/compiler" "$work/lsp" && mkdir "$work/compiler" "$work/lsp"
  mkdir -p "$work/${planted%/*}" && echo "$3" >> "$work/$planted"
  local said exit
  said=$("$here/layers.sh" "$work"); exit=$?
  if [[ $exit != "$1" || $said != *"$4"* ]]; then
    echo "FAILED: '$3' in $2: expected exit $1 and \"$4\", got exit $exit: $said"
    failed=1
  fi
}
plant 0 write/planted.c '#include "view/view.h"'
plant 0 script/planted.c '#include <lua.h>'
plant 0 write/planted_json.c '#include <jansson.h>'
plant 0 syntax/planted.c '#include <tree_sitter/api.h>'
plant 1 base/planted.h '#include "source/source.h"' 'base may not include source'
plant 1 view/planted.c '#  include "write/html.h"' 'view may not include write'
plant 1 check/planted.c '#include "metric/metric.h"' 'check may not include metric'
plant 1 check/planted.c '#include <lauxlib.h>' 'only script/* may see lauxlib.h'
plant 1 command/planted.c '#include "lua.h"' 'only script/* may see lua.h'
plant 1 write/planted.c '#include <jansson.h>' 'may see jansson.h'
plant 1 unit/planted.c '#include <tree_sitter/api.h>' 'may see tree_sitter/api.h'
plant 1 unit/planted.c '#include "unit.h"' 'unit.h is no room/file'
plant 1 attic/planted.c '#include "base/str.h"' 'no rank'
plant 1 unit/planted.h '#include SOMETHING' 'without a plain name'
plant 0 lsp/feature/planted.c '#include "lsp/workspace/file.h"'
plant 1 lsp/feature/planted.c '#include "lsp/protocol/call.h"' 'lsp/feature may not include lsp/protocol'
plant 1 lsp/feature/planted.c '#include <jansson.h>' 'may see jansson.h'
plant 1 lsp/protocol/planted.c '#include "write/svg.h"' 'stay apart'
plant 1 view/planted.c '#include "lsp/text/uri.h"' 'view may not include lsp/text'
exit $failed
