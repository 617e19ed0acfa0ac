#!/bin/bash
# tests/data/diff: of each folder NAME, what `diff` says of before.journey and after.journey, or of what NAME/command says,
# is in NAME/expected.txt, .md and .json. Then revisions, in a git repository of its own; then what may never differ.
# Usage: tests/diff.sh JOURNEY; with UPDATE=1 in the environment it writes the expected files anew.
# Curly quotes are those of the output.
# shellcheck disable=SC1111
journey=$(realpath "$1") && here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd) || exit 2
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
export LC_ALL=C.UTF-8 TZ=UTC
failed=0
complain() { echo "$*"; failed=1; }
diff_() { "$journey" diff --today 2026-11-22 --width 100 "$@"; }

# ---- what is said of the examples ----
for folder in "$here"/data/diff/*/; do
  cd "$folder" || exit 2
  arguments=(before.journey after.journey)
  [[ -f command ]] && read -ra arguments < ./command
  for format in text md json; do
    expected=expected.${format/text/txt}
    diff_ --format $format "${arguments[@]}" > "$work/got" 2>&1 || complain "$folder: can't be compared"
    if [[ $UPDATE ]]; then cp "$work/got" "$expected"; else diff -u "$expected" "$work/got" || failed=1; fi
  done
done

# ---- what can't be understood is left out, and told of both sides ----
mkdir "$work/wrong" && cd "$work/wrong" || exit 2
printf 'journey a "A" {\n  owner absent\n}\n' > one.journey
printf 'journey a "A" {\n  owner absent\n  persona absent\n}\n' > two.journey
diff_ one.journey two.journey > "$work/got" 2>&1 || complain "two wrong maps can't be compared"
for words in "one.journey has 1 error;" "two.journey has 2 errors;"; do
  grep -qF -- "$words" "$work/got" || complain "of two wrong maps is not said \"$words\": $(< "$work/got")"
done

# ---- revisions ----
command -v git > /dev/null || { echo "no git here: revisions are not tried"; exit $failed; }
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
mkdir "$work/repository" && cd "$work/repository" || exit 2
commit() { git add -A && git -c user.name=Ana -c user.email=ana@example.org commit -qm "$1"; }
# says EXIT WORDS ARGUMENTS… : diff ends so, and says these words; no words: it says that nothing differs
says() {
  local code=$1 words=${2:-Nothing differs} exit
  shift 2
  diff_ "$@" > "$work/got" 2>&1
  exit=$?
  ((exit == code)) || complain "diff $* ended with $exit, not $code: $(head -n 5 "$work/got")"
  grep -qF -- "$words" "$work/got" || complain "diff $* does not say \"$words\": $(head -n 12 "$work/got")"
}
git init -q . 2> /dev/null
says 2 "there is no last commit"
mkdir maps && printf 'team sales "Sales"\n' > maps/people.journey
printf 'use "people.journey"\njourney way "The way" {\n  owner sales\n  stage one "One" {\n    touchpoint a "Asks" feels +1\n  }\n}\n' > maps/way.journey
commit first && git tag v1
says 0 "" HEAD
says 0 "" --exit-code
sed -i 's/+1/-1/' maps/way.journey
says 1 "feels  +1 → -1" --exit-code
says 0 "feels  +1 → -1" maps/way.journey
says 0 "" HEAD maps/people.journey
commit second
says 0 ""
says 0 "feels  +1 → -1" HEAD~1
says 0 "feels  +1 → -1" v1..HEAD
says 0 "feels  -1 → +1" HEAD..v1
says 0 "feels  +1 → -1" v1 HEAD maps
says 0 "feels  +1 → -1" v1..
# The team of a revision is that of its people, not of today's.
sed -i 's/Sales/Trade/' maps/people.journey && commit third
says 0 "title  “Sales” → “Trade”" HEAD~1
! grep -q owner "$work/got" || complain "an owner under a new title is no other owner"
# Files that came and went.
cp maps/way.journey maps/other.journey && sed -i 's/way "The way"/other "The other way"/' maps/other.journey
says 0 "+ journey The other way" HEAD
says 0 "+ journey The other way" HEAD maps/other.journey
commit fourth && rm maps/other.journey
says 0 "journey The other way" HEAD maps/other.journey
says 0 "− journey The other way"
git checkout -q maps
# Where the two went apart.
git checkout -q -b branch && sed -i 's/"Asks"/"Asks twice"/' maps/way.journey && commit branch
git checkout -q - && sed -i 's/owner sales/owner sales\n  scenario "Late"/' maps/way.journey && commit main
says 0 "Asks twice" HEAD...branch
! grep -q scenario "$work/got" || complain "what the other side did since is not asked for"
# From below, and with other words for the same paths.
cd maps && says 0 "Asks twice" HEAD...branch . && says 0 "Asks twice" HEAD...branch way.journey && says 0 "" HEAD ../maps && cd ..
# What is wrong is said.
says 2 "there is no such file or folder, neither in HEAD" HEAD absent.journey
says 2 "is no file, no revision and no journey" nothing-like-it
says 2 "did you mean the journey way" wya
says 2 "extends no other journey" way
says 2 "there is no such revision" v1..v7
says 2 "there is no such file" absent.journey maps/way.journey
says 2 "say which revision" maps/way.journey maps/people.journey maps
cd "$work" && mkdir outside && printf 'journey a "A" {\n}\n' > outside/a.journey && cd outside || exit 2
GIT_CEILING_DIRECTORIES=$work says 2 "in no git repository"
GIT_CEILING_DIRECTORIES=$work says 2 "in no git repository" HEAD~1
PATH=/nowhere "$journey" diff 2>&1 | grep -qF "git can't be run" || complain "that there is no git is not said"

# ---- drawn ----
cd "$here/data/diff/parcel" || exit 2
for format in html svg; do
  diff_ --format $format -o "$work/drawn" before.journey after.journey > "$work/got" 2>&1 || complain "a map can't be drawn"
  [[ $(< "$work/got") == "$work/drawn/parcel.diff.$format" ]] || complain "the drawing is called $(< "$work/got")"
  for words in Moved Dropped New Changed "New or changed here" before.journey; do
    grep -qF -- "$words" "$work/drawn/parcel.diff.$format" || complain "parcel.diff.$format does not show \"$words\""
  done
  diff_ --format $format -o - before.journey after.journey 2>&1 | cmp -s - "$work/drawn/parcel.diff.$format" ||
    complain "standard output is another drawing"
done
grep -q "What else is different" "$work/drawn/parcel.diff.html" || complain "what no step shows is not on the page"
# Two maps of one name, in two files, have two drawings.
for side in one two; do
  mkdir -p "$work/$side" && cp before.journey "$work/$side/a.journey" && cp before.journey "$work/$side/b.journey"
done
sed -i '0,/touchpoint [a-z-]* "/s//&Other: /' "$work"/two/?.journey
diff_ --format svg -o "$work/same" "$work/one" "$work/two" > "$work/got" 2> /dev/null
[[ $(sort "$work/got") == "$work/same/parcel-2.diff.svg
$work/same/parcel.diff.svg" ]] || complain "two maps of one name are drawn as $(< "$work/got")"
diff_ --format svg -o "$work/none" before.journey before.journey > "$work/got" 2>&1
grep -q "so none is drawn" "$work/got" || complain "that nothing is drawn is not said"

# ---- what is no difference ----
cd "$here/.." || exit 2
for map in examples/first.journey examples/*/ tests/data/maps; do
  diff_ --exit-code "$map" "$map" > "$work/got" 2>&1 || complain "$map differs from itself: $(head -n 12 "$work/got")"
  rm -rf "$work/copy" && cp -r "$map" "$work/copy" && { [[ -d $work/copy ]] || { mv "$work/copy" "$work/copy.journey"; }; }
  copy=$work/copy; [[ -d $copy ]] || copy=$work/copy.journey
  find "$copy" -name '*.journey' -exec sed -i -e 's/$/   /' -e 's/^\( *\)  *\([a-z-]*\)  */\1\2   /' {} +
  find "$copy" -name '*.journey' -exec "$journey" fmt {} + > /dev/null 2>&1
  diff_ --exit-code "$map" "$copy" > "$work/got" 2>&1 || complain "$map differs from what is formatted: $(head -n 12 "$work/got")"
done

# ---- size: nothing is looked up one by one ----
cd "$work" || exit 2
steps() { echo 'journey "A" { stage "S" {'; seq 20000 | sed "s/.*/$1/" | ${2-cat}; echo '} }'; }
steps 'touchpoint "Step &" via web feels 1' > a.journey
steps 'touchpoint "Step &" via web feels 1' tac > b.journey
steps 'touchpoint "Other &" via web feels 1' > c.journey
steps 'touchpoint "The same" via web' > d.journey
for other in b c d; do
  for format in text md json; do
    (ulimit -t 30; exec "$journey" diff --format $format a.journey $other.journey) > got 2>&1 || complain "20,000 steps as $format: $(head -n 3 got)"
  done
done
exit $failed
