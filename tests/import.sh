#!/bin/bash
# Mermaid diagrams of tests/data/import: each gives NAME.journey and says NAME.err; what comes out checks without errors, and built
# as Mermaid and imported once more it is the same map.
# Usage: tests/import.sh JOURNEY; with UPDATE=1 in the environment it writes the goldens anew.
journey=$(realpath "$1") && cd "$(dirname "${BASH_SOURCE[0]}")/data/import" || exit 2
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
failed=0
fail() { echo "$*"; failed=1; }

# compare GOLDEN GOT
compare() {
  if [[ $UPDATE ]]; then cp "$2" "$1"; else diff -u "$1" "$2" || fail "$1 differs"; fi
}
# What a diagram says, without the comments and the halves of scores, which Mermaid can't give back.
meaning() { grep -vE '^ *//( |$)|^$' "$1" | sed -E 's/ +feels 3\.5/ feels 4/; s/ +feels/ feels/' | perl -0pe 's/ \{\n *\}//g; s/\n\/\/\/ (?=.*\n)/ /g'; }

round_trip() {
  "$journey" build "$work/$1.journey" --format mermaid -o "$work/again" > "$work/said" 2>&1 || { cat "$work/said"; fail "$1: can't be built"; return; }
  [[ $(find "$work/again" -name '*.mmd' | wc -l) == 1 ]] || return
  cp "$work"/again/*.mmd "$work/$1-again.mmd"
  "$journey" import "$work/$1-again.mmd" -o - > "$work/$1-again.journey" || fail "$1: what was built can't be imported"
  diff -u <(meaning "$work/$1.journey") <(meaning "$work/$1-again.journey") || fail "$1: the map has changed on the way through Mermaid"
}

for file in *.mmd *.md; do
  name=${file%.*} expected=0
  rm -rf "$work/again"
  "$journey" import "$file" -o - > "$work/$name.journey" 2> "$work/$name.err"
  code=$?
  compare "$name.err" "$work/$name.err"
  [[ -s $work/$name.err ]] && expected=1
  if [[ $code == 2 ]]; then
    [[ -s $work/$name.journey ]] && fail "$file: refused, and written all the same"
    [[ -s $work/$name.err ]] || fail "$file: refused without a word"
    [[ $UPDATE || ! -e $name.journey ]] || fail "$file: refused"
    continue
  fi
  [[ $code == "$expected" ]] || fail "$file: exit code $code instead of $expected"
  compare "$name.journey" "$work/$name.journey"
  "$journey" check "$work/$name.journey" > "$work/said" || { cat "$work/said"; fail "$file: what was imported does not check"; }
  round_trip "$name"
done
exit $failed
