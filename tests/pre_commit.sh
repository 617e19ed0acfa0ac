#!/bin/bash
# The hooks of .pre-commit-hooks.yaml in the real pre-commit, on a git repository: a broken commit is refused and says why,
# a good one passes. Needs no network. Usage: tests/pre_commit.sh JOURNEY
# Backquotes are those of the output.
# shellcheck disable=SC2016
journey=$(realpath "$1") && here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd) || exit 2
for tool in git pre-commit; do
  command -v $tool > /dev/null || { echo "SKIPPED: no $tool here"; exit 77; }
done
work=$(mktemp -d) && trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE PRE_COMMIT_FROM_REF PRE_COMMIT_TO_REF SKIP
export LC_ALL=C.UTF-8 TZ=UTC HOME=$work GIT_CONFIG_SYSTEM=/dev/null PRE_COMMIT_HOME=$work/cache PRE_COMMIT_COLOR=never
mkdir "$work/bin" && ln -s "$journey" "$work/bin/journey" && export PATH="$work/bin:$PATH"
git config --global user.name Ana && git config --global user.email ana@example.org || exit 2
git config --global init.defaultBranch main
failed=0 name=
complain() { echo "$name: $*"; failed=1; }

# ---- the words the cases are written in ----
# What pre-commit clones: the manifest is all that it takes of the project.
git init -q "$work/journey" && cp "$here/../.pre-commit-hooks.yaml" "$work/journey" && cd "$work/journey" || exit 2
git add -A && git commit -qm manifest && revision=$(git rev-parse HEAD)
# repository NAME HOOK… : a new one, with the hooks installed
repository() {
  name=$1
  shift
  mkdir "$work/$name" && cd "$work/$name" && git init -q . || exit 2
  { printf 'repos:\n- repo: %s\n  rev: %s\n  hooks:\n' "$work/journey" "$revision"
    printf -- '  - id: %s\n' "$@"
  } > .pre-commit-config.yaml
  pre-commit install > "$work/got" 2>&1 || complain "pre-commit can't be installed: $(cat "$work/got")"
}
# passes WHAT : the commit of all that is staged goes through
passes() {
  git commit -qm "$1" > "$work/got" 2>&1 || complain "$1: it is refused: $(cat "$work/got")"
  [[ $(git log -1 --format=%s) == "$1" ]] || complain "$1: there is no such commit"
}
# refused WHAT WORDS : it does not, and these words are in view
refused() {
  ! git commit -qm "$1" > "$work/got" 2>&1 || complain "$1: it is not refused"
  [[ $(git log -1 --format=%s 2> "$work/null") != "$1" ]] || complain "$1: there is such a commit"
  grep -qF -- "$2" "$work/got" || complain "$1: it does not say \"$2\": $(cat "$work/got")"
}
# map FILE LINES… : a tidy map behind these lines; its team is us, or $team
map() {
  local file=$1
  shift
  mkdir -p "$(dirname "$file")"
  { (($# == 0)) || printf '%s\n' "$@" ''
    printf 'team us "Us"\n\njourney "A map" {\n  owner    %s\n  reviewed 2026-11-01 every year\n\n  stage "One" {\n    touchpoint "Asks" via web\n  }\n}\n' "${team-us}"
  } > "$file"
}

# ---- the check ----
repository check journey-check
git add -A && map "maps/first one.journey" && git add -A && passes "a first commit"
team=nobody map maps/Zoë.journey && git add -A
refused "a broken map" 'error E0203: there is no team called `nobody`'
grep -qF "maps/Zoë.journey:4:12" "$work/got" || complain "where is not said: $(cat "$work/got")"
map maps/Zoë.journey && git add -A && passes "the map mended"
team=nobody map ./--fix.journey && git add -A && refused "a file that begins like an option" "--fix.journey:4:12"
mv ./--fix.journey ./--fix && git add -A && passes "a file that is named as an option"
git rm -qf ./--fix && git commit -qnm away
for i in {0..9}; do map "maps/map-$i.journey" 'use "../people.journey"'; done
echo 'persona ana "Ana"' > people.journey
git add -A && passes "ten maps"
sed -i 's/via web/via we/' maps/map-7.journey && git add -A && refused "one of them broken" "maps/map-7.journey:10:27"
git checkout -q HEAD -- .

name="what other maps depend on"
mkdir -p data checks
printf 'date,score\n2026-10-01,8\n' > data/nps.csv
printf 'return { check = function(journey, report) end }\n' > checks/calm.lua
map maps/counted.journey 'check calm "Calm" warning computed-by "../checks/calm.lua"' 'evidence nps method survey collected 2026-10-31 file "../data/nps.csv"'
git add -A && passes "data and Lua"
printf 'return { check = function(journey report) end }\n' > checks/calm.lua && git add -A
refused "a broken Lua file" "checks/calm.lua:1"
git checkout -q HEAD -- . && git mv data/nps.csv data/nps-2026.csv
refused "data that was renamed" 'nps.csv'
git reset -q --hard && git rm -q people.journey
refused "a file that is only taken away" 'there is no file "../people.journey"'
git reset -q --hard && echo 'text' > notes.txt && git add -A && passes "nothing of the maps"
printf 'project {\n  rule W0604 hint\n  rule W0604 hint\n}\n' > project.journey && git add -A && refused "broken settings" "project.journey:3"
git rm -qf project.journey

name="what is staged counts"
sed -i 's/via web/via email/' maps/map-1.journey && git add -A && sed -i 's/via email/via nothing/' maps/map-1.journey
passes "good is staged, broken is not"
git diff --quiet && complain "what was not staged is lost"
git add -A && sed -i 's/via nothing/via web/' maps/map-1.journey
refused "broken is staged, good is not" "maps/map-1.journey:10"
git checkout -q HEAD -- .

name="runs of pre-commit itself"
pre-commit run --all-files > "$work/got" 2>&1 || complain "--all-files does not pass: $(cat "$work/got")"
git rm -q people.journey && git commit -qnm "taken away without a check"
pre-commit run --from-ref HEAD~1 --to-ref HEAD > "$work/got" 2>&1 && complain "between two commits it passes"
grep -q '10 errors' "$work/got" || complain "of ten maps not each is refused: $(cat "$work/got")"
pre-commit run --all-files > "$work/got" 2>&1 && complain "--all-files passes"
git reset -q --hard HEAD~1

# More names than fit on a command line: pre-commit calls the hook several times.
name="many files"
mkdir many && for i in {1000..2999}; do echo 'team us "Us"' > "many/a map with quite a long name, so that there is soon no more room $i.journey"; done
team=nobody map "many/z.journey" && git add -A
refused "one of 2,001 files broken" "many/z.journey:4:12"
[[ $(grep -c '^error' "$work/got") == 1 ]] || complain "it is not said once: $(grep '^error' "$work/got")"
map many/z.journey && git add -A && passes "2,001 files"

# ---- tidied ----
repository tidied journey-fmt
map good.journey && git add -A && passes "a tidy map"
sed 's/owner    us/owner us/' good.journey > "not tidy.journey" && git add -A
refused "a map that is not tidy" "files were modified by this hook"
git diff --quiet -- good.journey || complain "a tidy map was changed"
cmp -s good.journey "not tidy.journey" || complain "it was not tidied"
git add -A && passes "the same, tidied"

repository both journey
map good.journey && git add -A && passes "a tidy map"
sed 's/owner    us/owner us/' good.journey > other.journey && git add -A
refused "a map that is not tidy" "tidied other.journey"
cmp -s good.journey other.journey || complain "it was not tidied"
git add -A && passes "the same, tidied"
team=nobody map other.journey && sed -i 's/owner    nobody/owner nobody/' other.journey && git add -A
refused "a map that is neither tidy nor right" 'there is no team called `nobody`'
grep -q '^    4 |   owner    nobody' "$work/got" || complain "it is checked before it is tidied: $(cat "$work/got")"

name="without the program"
PATH=$(printf '%s' "$PATH" | sed "s|$work/bin:||") git commit -qm lost > "$work/got" 2>&1 && complain "it passes"
grep -qi 'journey. not found' "$work/got" || complain "that it is missing is not said: $(cat "$work/got")"
exit $failed
