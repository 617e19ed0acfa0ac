#!/bin/bash
# `check --since REV` and `check --with-dependents FILES` say of what a change touches what `check` says of it, and of
# nothing else; tried in git repositories and on the examples. Usage: tests/since.sh JOURNEY
journey=$(realpath "$1") && here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd) || exit 2
command -v git > /dev/null || { echo "SKIPPED: no git here"; exit 77; }
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
export LC_ALL=C.UTF-8 TZ=UTC GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null GIT_CEILING_DIRECTORIES=$work
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE PRE_COMMIT_FROM_REF PRE_COMMIT_TO_REF
failed=0
complain() { echo "$name: $*"; failed=1; }
commit() { git add -A && git -c user.name=Ana -c user.email=ana@example.org commit -qm "$1"; }
check() { "$journey" check --today 2026-11-22 "$@"; }
# says EXIT WORDS ARGUMENTS… : the check ends so and says these words
says() {
  local code=$1 words=$2 exit
  shift 2
  check "$@" > "$work/got" 2>&1
  exit=$?
  ((exit == code)) || complain "check $* ended with $exit, not $code: $(head -n 5 "$work/got")"
  grep -qF -- "$words" "$work/got" || complain "check $* does not say \"$words\": $(head -n 12 "$work/got")"
}
# touches FILES ARGUMENTS… : of these files, and no others, something is said (each map has a warning at least)
touches() {
  local expected=$1 got
  shift
  check --format json "$@" > "$work/got" 2> "$work/complaints" || complain "check $* ended with $?: $(head -n 3 "$work/complaints" "$work/got")"
  got=$(python3 -c 'import json, sys; print(*sorted({d["path"] for d in json.load(sys.stdin)["diagnostics"]}))' < "$work/got")
  [[ $got == "$expected" ]] || complain "check $* is about ($got), not ($expected)"
}
# map NAME [LINES…] : a map about which there is something to be said, behind these lines
map() {
  local file=$1
  shift
  mkdir -p "$(dirname "$file")"
  { printf '%s\n' "$@"
    printf 'journey "A map" {\n  owner us\n  stage "S" {\n    touchpoint "T" via web feels +1 {\n      pain "P" severity high\n    }\n  }\n}\nteam us "Us"\n'
  } > "$file"
}
project() { rm -rf "$work/p" && mkdir "$work/p" && cd "$work/p" && git init -q . || exit 2; }

# ---- what depends on what ----
name="imports, data, Lua, settings"
project
mkdir -p shared data checks
printf 'persona ana "Ana"\n' > shared/people.journey
printf 'use "people.journey"\nevidence visits method interview collected 2026-10-01 file "../data/visits.csv"\n' > shared/all.journey
printf 'date,who\n2026-10-01,a\n' > data/visits.csv
printf 'return require "weights"\n' > checks/effort.lua
printf 'return { compute = function() return 1 end }\n' > checks/weights.lua
map alone.journey
map maps/first.journey 'use "../shared/people.journey"'
map maps/second.journey 'use "../shared/all.journey"'
map maps/third.journey 'metric effort computed-by "../checks/effort.lua"' '// use "second.journey"'
map "maps/vierte Reise, Zoë.journey" 'use “../shared/all.journey”'
commit first
touches "" --since HEAD
says 0 "Nothing to check: no map depends on what differs from HEAD" --since HEAD
says 0 "Nothing to check" --since HEAD~0 --deny-warnings
says 2 "no such file or folder" --since HEAD mapps/
echo >> alone.journey
touches "alone.journey" --since HEAD
touches "alone.journey" --with-dependents alone.journey
touches "" --since HEAD maps
echo 'persona bo "Bo"' >> shared/people.journey
touches "alone.journey maps/first.journey maps/second.journey maps/vierte Reise, Zoë.journey" --since HEAD
touches "maps/first.journey maps/second.journey maps/vierte Reise, Zoë.journey" --with-dependents shared/people.journey
touches "maps/first.journey maps/second.journey maps/vierte Reise, Zoë.journey" --since HEAD maps
says 1 "warnings in 4 files" --since HEAD --deny-warnings
git checkout -q .
touches "maps/second.journey maps/vierte Reise, Zoë.journey" --with-dependents data/visits.csv
touches "maps/third.journey" --with-dependents checks/weights.lua
touches "maps/third.journey" --with-dependents checks/effort.lua
touches "maps/second.journey" --with-dependents maps/second.journey
touches "maps/first.journey maps/second.journey maps/third.journey maps/vierte Reise, Zoë.journey" --with-dependents maps
echo '2026-10-02,b' >> data/visits.csv && mv checks/weights.lua checks/weight.lua
says 1 "checks/effort.lua:1" --since HEAD
says 1 "2 warnings" --since HEAD
git checkout -q . && rm checks/weight.lua
everything="alone.journey maps/first.journey maps/second.journey maps/third.journey maps/vierte Reise, Zoë.journey"
echo '{"tooLarge": 50}' > journey.json
touches "$everything" --since HEAD
touches "$everything" --with-dependents journey.json
rm journey.json
touches "$everything" --with-dependents journey.json
printf 'use "shared/more.journey"\nproject "P"\n' > project.journey && echo 'team more "More"' > shared/more.journey
touches "$everything" --with-dependents project.journey
touches "$everything" --with-dependents shared/more.journey
rm project.journey shared/more.journey

name="what a Lua file requires cannot be told"
printf 'local name = "weights"\nreturn require(name)\n' > checks/effort.lua
touches "maps/third.journey" --with-dependents checks/weights.lua
git checkout -q .

name="files that came and went"
git rm -q shared/people.journey
says 1 'there is no file "../shared/people.journey"' --since HEAD
says 1 "2 errors" --since HEAD
says 1 'there is no file "../shared/people.journey"' --with-dependents shared/people.journey
says 1 'there is no file "people.journey"' --with-dependents --gone
says 0 "Nothing to check: no map depends on what changed" --with-dependents alone.csv
says 0 "alone.csv is not there, and no map speaks of it" --with-dependents alone.csv
git reset -q --hard
git mv shared/people.journey shared/folk.journey
says 1 'there is no file "../shared/people.journey"' --since HEAD
git reset -q --hard
map new.journey
touches "new.journey" --since HEAD
echo new.journey > .gitignore
touches "" --since HEAD
rm .gitignore new.journey
ln -s ../alone.journey maps/other.journey
touches "alone.journey" --with-dependents maps/other.journey
rm maps/other.journey

name="names that git quotes"
odd=$'zwei\nZeilen "ö".journey'
map "$odd"
says 0 "zwei�Zeilen" --since HEAD
commit odd && echo >> "$odd"
says 0 "Zeilen" --since HEAD
git -c core.quotePath=on status > /dev/null && says 0 "in 1 file" --since HEAD

name="from a folder, and from another working tree"
git checkout -q . && echo >> maps/first.journey
cd maps && touches "first.journey" --since HEAD
touches "first.journey second.journey vierte Reise, Zoë.journey" --with-dependents ../shared/people.journey
touches "../alone.journey" --with-dependents ../alone.journey
cd ..
git worktree add -q "$work/tree" && cd "$work/tree" || exit 2
touches "" --since HEAD
echo >> alone.journey
touches "alone.journey" --since HEAD
cd "$work/p" && git worktree remove --force "$work/tree"

name="where a branch left another"
git checkout -q . && git checkout -q -b branch && echo >> alone.journey && commit branch
git checkout -q - && echo >> maps/first.journey && commit main && git checkout -q branch
touches "alone.journey maps/first.journey" --since master || touches "alone.journey maps/first.journey" --since main
touches "alone.journey" --since "@{-1}..."

name="several projects in one repository"
project
map shop/a.journey 'use "people.journey"'
echo 'persona ana "Ana"' > shop/people.journey
printf 'project "Shop" {\n  rule W0703 error\n}\n' > shop/project.journey
map bank/maps/b.journey 'use "../../shop/people.journey"'
echo '{"rules": {"W0703": {"severity": "off", "reason": "Not here"}}}' > bank/journey.json
map loose.journey
commit first
says 1 "error W0703" --with-dependents shop/a.journey bank/maps/b.journey
says 1 "bank/maps/b.journey:" --with-dependents shop/people.journey
[[ $(grep -c W0703 "$work/got") == 2 ]] || complain "W0703 is an error in the shop, and nothing in the bank: $(cat "$work/got")"
says 0 "warning W0703" --with-dependents loose.journey
says 1 "shop/a.journey:" --with-dependents shop/project.journey
! grep -q 'bank/\|loose' "$work/got" || complain "settings of the shop touch another project: $(cat "$work/got")"
touches "bank/maps/b.journey" --with-dependents bank/journey.json
printf 'project "Shop" {\n  rule W0703 hint\n  rule W0604 hint\n}\n' | tee shop/project.journey > bank/project.journey
says 0 "hint W0703" --with-dependents shop/project.journey bank/project.journey
! grep -q E0 "$work/got" || complain "two projects are in each other's way: $(cat "$work/got")"
says 2 "these files belong to 2 projects" --with-dependents --format json shop/project.journey bank/project.journey
cd "$work/p" || exit 2

# ---- what can't be known ----
name="no such revision, no repository, no git"
says 2 "--since nowhere: there is no such branch or commit" --since nowhere
says 2 "git fetch origin next" --since origin/next
says 2 "one revision is named" --since HEAD~1..HEAD
says 2 "there is no such branch or commit" --since --all
says 2 "--since names no revision" --since ""
says 2 "--since names no revision" --since "..."
says 2 "--since goes without --fix" --since HEAD --fix
says 2 "--with-dependents takes the files" --with-dependents
says 2 "take one of them" --with-dependents --since HEAD alone.journey
commit second
git clone -q --depth 1 "file://$work/p" "$work/shallow" && cd "$work/shallow" || exit 2
says 2 "git fetch --unshallow" --since HEAD~1
cd "$work/p" && mkdir "$work/bin" && for tool in head grep; do ln -s "$(command -v $tool)" "$work/bin"; done
PATH=$work/bin says 2 "git can't be run" --since HEAD
mkdir "$work/outside" && cd "$work/outside" && map a.journey
says 2 "this folder is in no git repository" --since HEAD
touches "a.journey" --with-dependents a.journey
git init -q . && says 2 "--since HEAD: nothing is committed here yet" --since HEAD

# ---- what is said of a file is what is said where all are checked ----
cat > "$work/agree.py" << 'END'
import json, os, subprocess, sys
journey, failed = sys.argv[1], 0
def said(*arguments):
    out = subprocess.run([journey, "check", "--today", "2026-11-22", "--format", "json", *arguments], capture_output=True, text=True).stdout
    by_path = {}
    for one in json.loads(out)["diagnostics"]:
        by_path.setdefault(one["path"], []).append((one["code"], one["start"]["offset"], one["message"]))
    return by_path
everything = said()
files = [os.path.relpath(os.path.join(folder, name)) for folder, _, names in os.walk(".") for name in names]
for name in files:
    here = said("--with-dependents", name)
    for path in here.keys() | ({name} & everything.keys()):
        if here.get(path) != everything.get(path):
            failed = 1
            print(f"{os.getcwd()}: of {path}, --with-dependents {name} says {here.get(path)}, check {everything.get(path)}")
sys.exit(failed)
END
name="the examples"
for folder in "$here"/../examples/*/ "$here"/data/check/{baseline,evidence-wrong,imports,metrics,own-checks,settings}/; do
  cp -r "$folder" "$work/example" && cd "$work/example" && touch project.journey || exit 2
  python3 "$work/agree.py" "$journey" || failed=1
  rm -rf "$work/example"
done
name="programs that a stranger's repository names"
project
map alone.journey
commit first
mkdir hooks
printf '#!/bin/sh\necho watched >> "%s"\n' "$work/ran" | tee hooks/post-index-change > hooks/watch
chmod +x hooks/*
git config core.hooksPath "$PWD/hooks" && git config core.fsmonitor "$PWD/hooks/watch"
git config diff.external "$PWD/hooks/watch" && git config core.pager "$PWD/hooks/watch"
touch -d '1 hour ago' alone.journey && git status > /dev/null
[[ -s $work/ran ]] || complain "git itself starts none of them"
rm -f "$work/ran" && touch alone.journey
touches "" --since HEAD
[[ ! -e $work/ran ]] || complain "--since started one of them: $(cat "$work/ran")"

exit $failed
