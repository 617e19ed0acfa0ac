#!/bin/bash
# `journey preview` from outside: who is let in, what is told, how it ends. Usage: tests/preview.sh JOURNEY
[[ -x ${1-} ]] || { echo "usage: tests/preview.sh JOURNEY"; exit 2; }
journey=$(realpath "$1")
cd "$(dirname "${BASH_SOURCE[0]}")/preview" || exit 2
command -v node > /dev/null || { echo "skipped: node is not installed"; exit 77; }
if [[ $("$journey" --version) == *'without live preview'* ]]; then
  said=$("$journey" preview /nowhere 2>&1)
  [[ $? == 2 && $said == *libmicrohttpd* && $said == *'journey build'* ]] && exit 0
  echo "FAILED: where there is no live preview, it has to say what to install, and what to do instead; it says: $said"
  exit 1
fi
JOURNEY=$journey node --test
