#!/bin/bash
# fix.sh JOURNEY [--update]: `check --fix` makes of each data/fix/NAME/before what stands in after, and says of fixes
# and errors what stands in output; a second time it finds nothing; --dry-run shows just that change and writes nothing. Where before holds a
# folder `shop`, that is what is fixed.
set -uo pipefail
journey=$(realpath "$1") update=${2:-} failed=0
cd "$(dirname "${BASH_SOURCE[0]}")/data/fix" || exit 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() { echo "FAILED: $*" >&2; failed=1; }

check() { "$journey" check --today 2026-11-22 "$@"; }

fix_folder() { # NAME
  local name=$1 folder=$work/$1 what=.
  mkdir -p "$folder/.git" # the top of a project
  cp -r "$name/before/." "$folder"
  [[ -d $folder/shop ]] && what=shop && rmdir "$folder/.git"
  cd "$folder" || exit 2
  check --fix --dry-run $what > "$work/$name.diff"
  echo "exit $?" >> "$work/$name.diff"
  diff -r "$OLDPWD/$name/before" . -x .git || fail "$name: a dry run writes"
  check --fix $what > "$work/said" 2>&1
  echo "exit $?" | cat "$work/said" - | grep -E '^(fixed|error|journey:|exit) ' > "$work/$name.output"
  [[ -z $(check --fix --dry-run $what) ]] || fail "$name: a second time there is still something to fix"
  cd "$OLDPWD" || exit 2
  rm -rf "$folder/.git"
}

for before in */before; do
  name=${before%/before}
  fix_folder "$name"
  if [[ $update == --update ]]; then
    rm -rf "$name/after"
    cp -r "$work/$name" "$name/after"
    cp "$work/$name.output" "$name/output"
  else
    diff -ru "$name/after" "$work/$name" || fail "$name: the files"
    diff -u "$name/output" "$work/$name.output" || fail "$name: what is said"
  fi
  # The diff leads from before to after.
  cp -r "$name/before" "$work/patched"
  where=$work/patched
  [[ -d $where/shop ]] && where=$where/shop
  if grep -q '^---' "$work/$name.diff"; then
    (cd "$work/patched" && sed '$d' "$work/$name.diff" | patch -s -p0 --binary) || fail "$name: the diff is no patch"
    grep -qx 'exit 1' "$work/$name.diff" || fail "$name: a dry run that would change something exits with 1"
  fi
  diff -r "$work/patched" "$work/$name" || fail "$name: the diff shows another change"
  rm -rf "$work/patched"
done

# Standard input goes to standard output, fixed; what is left to say goes to standard error.
diff -u slips/after/map.journey <(check --fix - < slips/before/map.journey 2> "$work/said") || fail "standard input"
grep -q '^fixed [0-9]* in standard input$' "$work/said" || fail "standard input: what was fixed"
grep -q "^error E0203: there is no team called \`sales3\`" "$work/said" || fail "standard input: what is left"
diff -u windows/after/map.journey <(check --fix - < windows/before/map.journey 2> /dev/null) || fail "standard input: line ends"

# In JSON, standard output is JSON; a fix says whether it is sure.
cp slips/before/map.journey "$work/slips.journey"
check --format json "$work/slips.journey" > "$work/json"
grep -q '"sure": true' "$work/json" || fail "JSON: sure fixes"
grep -q '"sure": false' "$work/json" || fail "JSON: other fixes"
check --fix --format json "$work/slips.journey" > "$work/json" 2> "$work/said"
head -1 "$work/json" | grep -qx '{' || fail "JSON: only JSON"
grep -q '^fixed ' "$work/said" || fail "JSON: what was fixed"

# A file outside of the project is fixed where it is named; a link is written through; what can't be written is said.
mkdir -p "$work/in/.git" "$work/out"
printf 'team a: "A"\n' > "$work/out/named.journey"
ln -s ../out/named.journey "$work/in/link.journey"
(cd "$work/in" && check --fix ../out/named.journey > /dev/null)
grep -qx 'team a "A"' "$work/out/named.journey" || fail "a file that is named"
printf 'team a: "A"\n' > "$work/out/named.journey"
(cd "$work/in" && check --fix link.journey > /dev/null)
[[ -L $work/in/link.journey ]] || fail "a link is gone"
grep -qx 'team a "A"' "$work/out/named.journey" || fail "what a link leads to"
if ((EUID != 0)); then
  printf 'team a: "A"\n' > "$work/out/named.journey"
  chmod a-w "$work/out"
  check --fix "$work/out/named.journey" > "$work/said" 2>&1
  [[ $? -eq 2 ]] || fail "a folder that can't be written"
  grep -q "can't be written" "$work/said" || fail "what can't be written"
  chmod u+w "$work/out"
fi
check --dry-run "$work/slips.journey" 2> /dev/null
[[ $? -eq 2 ]] || fail "--dry-run without --fix"
exit $failed
