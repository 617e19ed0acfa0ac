#!/bin/bash
# `journey test`: the tests of tests/data/test in every format, against their expected outputs there.
# Usage: tests/test_verb.sh JOURNEY [--update]
[[ -x ${1-} ]] || { echo "usage: tests/test_verb.sh JOURNEY [--update]"; exit 2; }
journey=$(realpath "$1") update=${2-}
cd "$(dirname "${BASH_SOURCE[0]}")/data/test" || exit 2
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
failed=0
say() { echo "FAILED: $1"; failed=1; }
# golden EXIT NAME ARGUMENTS…: what it says is what stands in NAME.
golden() {
  "$journey" test --today 2026-11-22 "${@:3}" > "$work/said" 2>&1
  local exit=$?
  [[ $exit == "$1" ]] || say "test ${*:3}: exit $exit, not $1"
  [[ $update ]] && cp "$work/said" "$2"
  diff -u "$2" "$work/said" || say "test ${*:3} (tests/data/test/$2)"
}
# says EXIT WORDS ARGUMENTS…
says() {
  local said exit
  said=$("$journey" test "${@:3}" 2>&1); exit=$?
  [[ $exit == "$1" && $said == *"$2"* ]] || say "test ${*:3}: expected exit $1 and \"$2\", got exit $exit: $said"
}

golden 0 passes.txt metrics/unmet_test.lua
golden 1 all.txt .
golden 1 some.txt --ascii --filter near metrics/unmet_test.lua metrics/wrong_test.lua
golden 1 some.json --format json --filter differs metrics/wrong_test.lua
golden 1 some.xml --format junit --filter "error" metrics/unmet_test.lua metrics/wrong_test.lua
golden 0 twice.txt --filter "not on the disk" metrics/unmet_test.lua ./metrics/unmet_test.lua
python3 -c 'import sys, xml.dom.minidom, json; xml.dom.minidom.parse("some.xml"); json.load(open("some.json"))' || say "JSON or XML is broken"

says 2 'no test has "nothing like it"' --filter "nothing like it" metrics/unmet_test.lua
says 2 "there is no such file" nowhere
says 2 "_test.lua" metrics/unmet.lua
says 2 "there are no tests in these files" metrics/empty_test.lua
says 2 "--format takes text, json or junit" --format tap
mkdir "$work/empty" && cd "$work/empty" || exit 2
says 2 "there are no tests here"
touch project.journey && mkdir inner .hidden && cd inner || exit 2
echo 'return { a = function() end }' > ../.hidden/x_test.lua
echo 'return { a = function() end }' > ../found_test.lua
says 0 "found_test.lua"
[[ $("$journey" test) == *"1 passed" ]] || say "hidden folders are looked through"
cat > ../found_test.lua <<'LUA'
return { a = function(t)
  t.file("one.lua", "return function() return 1 end")
  t.equal(t.value("one", t.journey [[
    use "one.lua"
    journey "J" {
      stage "A" { touchpoint "B" }
    }
  ]]), 2)
end }
LUA
says 1 "../found_test.lua:3: they differ"
cd .. || exit 2
says 1 $'\n      found_test.lua:3: they differ' "$PWD"
cd inner || exit 2
chmod 000 ../found_test.lua
[[ -r ../found_test.lua ]] || says 1 "can't be read"
exit $failed
