#!/bin/bash
# `journey init`: what it writes, that a second run changes nothing, and that nothing of the user's is lost.
# Usage: tests/init.sh JOURNEY
[[ -x ${1-} ]] || { echo "usage: tests/init.sh JOURNEY"; exit 2; }
journey=$(realpath "$1") types=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../stdlib/types/journey.lua")
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
failed=0
say() { echo "FAILED: $1"; failed=1; }
fresh() { rm -rf "$work/here" && mkdir "$work/here" && cd "$work/here" || exit 2; }
# init EXIT WORDS [FOLDER]: runs it; the exit code and some words of what it says.
init() {
  local said exit
  said=$("$journey" init "${@:3}" 2>&1); exit=$?
  [[ $exit == "$1" && $said == *"$2"* ]] || say "init ${*:3}: expected exit $1 and \"$2\", got exit $exit: $said"
}

# An empty folder.
fresh
init 0 "journey new"
[[ $(find . -type f | sort | tr '\n' ' ') == "./.journey/types/journey.lua ./.luarc.json ./project.journey " ]] || say "it writes other files"
tail -n +2 .journey/types/journey.lua | cmp -s - "$types" || say "the types are not those of the library"
[[ $(head -1 .journey/types/journey.lua) == *"$("$journey" --version | head -1)"* ]] || say "the types do not say who wrote them"
python3 -m json.tool .luarc.json > /dev/null || say "its .luarc.json is no JSON"
grep -qF '"workspace.library": [".journey/types"]' .luarc.json || say "its .luarc.json names no types"
grep -q '^project "here" {$' project.journey || say "the project is not called as its folder"
"$journey" check --deny-warnings > /dev/null || say "what it writes is not clean"
# Each line that waits in a comment is right.
sed -i 's,^  // \(review-every\|fresh-for\|ranked-by\|rule\) ,  \1 ,' project.journey
grep -q '^  rule' project.journey || say "its comments say nothing of rules"
"$journey" check --deny-warnings > /dev/null || say "what waits in its comments is wrong"

# Again: nothing changes, not even the time of a file.
find . -type f -newermt '@0' -printf '%p %T@ %s\n' | sort > "$work/before"
init 0 "as it was"
find . -type f -printf '%p %T@ %s\n' | sort | cmp -s - "$work/before" || say "a second run changes files"

# Types of an older journey are written anew; of a newer one, and what somebody else wrote, not.
sed -i '1s/journey [0-9.]*/journey 0.0.1/' .journey/types/journey.lua && echo "-- old" >> .journey/types/journey.lua
init 0 "written anew"
tail -n +2 .journey/types/journey.lua | cmp -s - "$types" || say "older types stay"
sed -i '1s/journey [0-9.]*/journey 99.0.0/' .journey/types/journey.lua
init 0 "a newer journey has written it"
echo "-- mine" > .journey/types/journey.lua
init 0 "journey has not written it"
[[ $(cat .journey/types/journey.lua) == "-- mine" ]] || say "a file of the user's is written over"

# luarc GIVEN EXPECTED: what becomes of a .luarc.json, letter by letter; then it stays.
luarc() {
  fresh
  printf '%s' "$1" > .luarc.json
  init 0 ".luarc.json"
  [[ $(cat .luarc.json) == "$2" ]] || say "$1 becomes $(cat .luarc.json), not $2"
  init 0 ".luarc.json                 as it was"
}
luarc '{}' '{"workspace.library": [".journey/types"]}'
luarc '{ "a": 0.10 }' '{ "workspace.library": [".journey/types"], "a": 0.10 }'
luarc $'{\n\t"a": [1e3, "{\\"]"],\n\t"b": "\u00e9"\n}' $'{\n\t"workspace.library": [".journey/types"],\n\t"a": [1e3, "{\\"]"],\n\t"b": "\u00e9"\n}'
luarc '{"workspace.library": []}' '{"workspace.library": [".journey/types"]}'
luarc '{"x": {"workspace.library": ["no"]}, "Lua.workspace.library": ["a"]}' '{"x": {"workspace.library": ["no"]}, "Lua.workspace.library": [".journey/types", "a"]}'
luarc $'{"workspace": {\n  "library": [\n    "a"\n  ]\n}}' $'{"workspace": {\n  "library": [\n    ".journey/types",\n    "a"\n  ]\n}}'
luarc '{"workspace": {"maxPreload": 3}}' '{"workspace": {"library": [".journey/types"], "maxPreload": 3}}'
luarc '{"workspace.library": {"a": true}}' '{"workspace.library": {".journey/types": true, "a": true}}'
luarc '{"workspace.library": ["./.journey/types/"]}' '{"workspace.library": ["./.journey/types/"]}'

# What can't be added to is left alone, and it says what to add.
left() {
  fresh
  printf '%s' "$2" > "$1"
  init 1 '"workspace.library": [".journey/types"]'
  [[ $(cat "$1") == "$2" ]] || say "$2 becomes $(cat "$1")"
}
left .luarc.json '{ // with a comment
}'
left .luarc.json '{"a": 1'
left .luarc.json '[]'
left .luarc.json ''
left .luarc.json '{"a": 1, "a": 2}'
left .luarc.json '{"workspace": 3}'
left .luarc.json '{"workspace.library": "a"}'
left .luarc.json '{"workspace\u002elibrary": ["a"]}'
left .luarc.jsonc '{ // with a comment
}'
[[ -e .luarc.json ]] && say "a .luarc.json is written beside a .luarc.jsonc"
fresh
printf '{ // mine\n "workspace.library": [".journey/types"] }' > .luarc.json
init 0 "as it was"

# Settings that are there already.
fresh
echo 'project "Mine" { review-every year }' > people.journey
init 0 "people.journey"
[[ -e project.journey ]] && say "a second project is made"
"$journey" check > /dev/null || say "a project of one's own is spoiled"
fresh
echo '{}' > journey.json
init 0 "journey.json"
[[ -e project.journey ]] && say "a second project is made beside journey.json"
fresh
echo 'journey "Half' > broken.journey
init 0 "project.journey"

# Inside of a project it says where to go; a folder that is named is taken.
fresh
touch project.journey && mkdir inner && cd inner || exit 2
init 2 "belongs to the project in"
[[ $(find . -type f) == "" ]] || say "it writes into a folder of a project"
init 0 "project.journey" .
cd .. || exit 2
init 0 "new/folder/.luarc.json" new/folder
[[ -s new/folder/project.journey && -s new/folder/.journey/types/journey.lua ]] || say "a named folder is not made ready"

# Names that need quotes, and what can't be written.
fresh
init 0 'project.journey' 'a "b" \c'
"$journey" check --deny-warnings 'a "b" \c' > /dev/null || say "a folder's odd name spoils the project"
echo x > file
init 2 "can't be made" file
init 2 "one folder" a b
init 2 "has no name" "" # as of a variable that is not set; never the root of the disk
fresh
mkdir .luarc.json
init 2 ".luarc.json: can't be read"
exit $failed
