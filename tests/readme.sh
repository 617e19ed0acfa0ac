#!/bin/bash
# The README's first map is checked with the words that stand below it there. Usage: tests/readme.sh JOURNEY
[[ -x ${1-} ]] || { echo "usage: tests/readme.sh JOURNEY"; exit 2; }
journey=$(realpath "$1") readme=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../README.md")
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
# shellcheck disable=SC2016 # the quotes of Markdown
sed -n '/^```journey$/,/^```$/{//!p}' "$readme" > first.journey
sed -n '/^    \$ journey check first.journey$/,/^[^ ]/{/^    \$/d;/^[^ ]/d;s/^    //;p}' "$readme" | sed -e '$d' > told
"$journey" check first.journey > said
if ! [[ -s told ]] || ! diff -u told said; then echo "FAILED: the README tells another story"; exit 1; fi
[[ $("$journey" build first.journey) == onboarding.html ]] || { echo "FAILED: the first map is not drawn"; exit 1; }
for verb in $("$journey" --help | sed -n '/^All verbs:/,$s/^  \([a-z]*\) .*/\1/p'); do
  grep -q "^| .journey $verb" "$readme" || { echo "FAILED: the README says nothing of $verb"; exit 1; }
done
