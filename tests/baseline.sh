#!/bin/bash
# A baseline leaves out what was weak when it was written and nothing else, says what of it is no longer needed, and is a
# file that git can merge. tests/data/check/baseline* has what is said of wrong ones. Usage: tests/baseline.sh JOURNEY
journey=$(realpath "$1") && work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT && cd "$work" || exit 2
export LC_ALL=C.UTF-8 TZ=UTC GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
failed=0 name=
complain() { echo "$name: $*"; failed=1; }
# says EXIT WORDS ARGUMENTS… : the check ends so and says these words, on either stream; no words: it finds nothing
says() {
  local code=$1 words=${2:-No problems} exit
  shift 2
  "$journey" check --today 2026-11-22 "$@" > "$work/got" 2>&1
  exit=$?
  ((exit == code)) || complain "check $* ended with $exit, not $code: $(head -n 5 "$work/got")"
  grep -qF -- "$words" "$work/got" || complain "check $* does not say \"$words\": $(head -n 8 "$work/got")"
}
silent() { ! grep -qF -- "$1" "$work/got" || complain "it says \"$1\": $(head -n 8 "$work/got")"; }
# map FILE PAIN… : a map with these pains, about each of which three things are to be said
map() {
  local file=$1
  shift
  { printf 'team us "Us"\njourney way "The way" {\n  owner us\n  reviewed 2026-11-01 every year\n  stage one "One" {\n    touchpoint asks "Asks" via web {\n'
    (($# == 0)) || printf '      pain %s "It hurts" severity high\n' "$@"
    printf '    }\n  }\n}\n'
  } > "$file"
}

name="written and heeded"
mkdir project project/maps && cd project && git init -q . || exit 2
map maps/a.journey first second
cp maps/a.journey maps/b.journey
says 1 "12 warnings in 2 files" --deny-warnings
says 0 "known.json: 12 messages of 2 files recorded" --write-baseline known.json
grep -qF 'project { baseline "known.json" }' "$work/got" || complain "how it is heeded is not said: $(cat "$work/got")"
[[ $(grep -c '"file"' known.json) == 12 ]] || complain "not one entry a line"
says 1 "12 warnings" --deny-warnings
says 0 "" --deny-warnings --baseline known.json
printf 'project { baseline "known.json" }\n' > project.journey
says 0 "" --deny-warnings
(cd maps && says 0 "" --deny-warnings a.journey) || failed=1
says 0 "" --deny-warnings maps
says 2 "maps: is no plain file" --baseline maps
cp known.json before && says 0 "12 messages" --write-baseline known.json
silent "Checks and editors"
cmp -s known.json before || complain "written again, it is another"
(cd maps && says 0 "12 messages" --write-baseline ../known.json && cmp -s ../known.json ../before) || complain "from a folder, it is another"
printf '{"baseline": "known.json"}' > journey.json && rm project.journey
says 0 "" --deny-warnings

name="what is new is said, what is gone is no longer needed"
map maps/a.journey zero first
says 1 "3 warnings in 1 file" --deny-warnings
grep -q 'a.journey:7:12' "$work/got" || complain "not the new pain is shown: $(cat "$work/got")"
grep -qF "journey: 3 entries of known.json are no longer needed; \`journey check --write-baseline known.json\` drops them" "$work/got" || complain "what is no longer needed is not said: $(cat "$work/got")"
says 0 "3 warnings" maps/a.journey
silent "no longer needed"
says 0 "" maps/b.journey
mv maps/b.journey maps/c.journey
says 1 "9 warnings" --deny-warnings
says 0 "12 messages of 2 files" --write-baseline known.json

name="so many of the same are put up with"
mkdir ../counts && cd ../counts && map way.journey && printf 'check twice "Said twice" warning computed-by "twice.lua"\nproject { baseline "known.json" }\n' > project.journey
many() { printf 'return { check = function(journey, report)\n  for i = 1, %d do report { at = journey, message = "number " .. i } end\nend }\n' "$1" > twice.lua; }
many 2
says 0 "2 messages" --write-baseline known.json
grep -qF '"count": 2' known.json || complain "it does not count: $(cat known.json)"
says 0 ""
many 3
says 0 "1 warning in 1 file"
many 1
says 0 ""
grep -qF "1 entry of known.json is no longer needed" "$work/got" || complain "one too many is not told: $(cat "$work/got")"

name="errors are not recorded"
echo 'journey b "B" { owner nobody }' > wrong.journey
says 1 "Not recorded, since an error stays an error" --write-baseline known.json
says 1 "there is no team called \`nobody\`"
silent "no longer needed"
rm wrong.journey

name="a map that was wrong"
says 2 "records the whole project" --write-baseline known.json way.journey
says 2 "take one of them" --write-baseline known.json --baseline known.json
says 2 "none.json: there is no such file" --baseline none.json
says 2 "can't be written" --write-baseline none/known.json
echo '{"version": 7, "entries": []}' > later.json
says 1 "version 7" --baseline later.json
head -c 17000000 /dev/zero > huge.json
says 1 "larger than 16 MiB" --baseline huge.json
printf '\xef\xbb\xbf{"version": 1, "entries": []}' > marked.json
says 0 "1 warning" --baseline marked.json
printf '{"version": 1, "entries": [{"file": "\xff"}]}' > latin.json
says 1 "is no JSON from here on" --baseline latin.json
echo '[1]' > list.json
says 1 "this is no baseline" --baseline list.json

# Two branches, each with an old warning more, or less, at some distance.
name="git merges it"
command -v git > /dev/null || { echo "no git here: merging is not tried"; exit $failed; }
mkdir ../merged && cd ../merged && git init -q . && printf 'project { baseline "known.json" }\n' > project.journey
commit() { git add -A && git -c user.name=Ana -c user.email=ana@example.org commit -qm "$1"; }
for letter in a c e g; do map $letter.journey first second; done
says 0 "24 messages" --write-baseline known.json && commit one
git checkout -q -b other && map b.journey third && says 0 "27 messages" --write-baseline known.json && commit other
git checkout -q - && map e.journey first && map f.journey third && says 0 "24 messages" --write-baseline known.json && commit two
git -c user.name=Ana -c user.email=ana@example.org merge -q other > "$work/merge" 2>&1 || complain "it does not merge: $(cat "$work/merge")"
says 0 "" --deny-warnings
silent "no longer needed"
cp known.json merged && says 0 "27 messages" --write-baseline known.json
cmp -s known.json merged || complain "merged, it is another than written"
exit $failed
