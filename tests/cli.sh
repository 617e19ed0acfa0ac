#!/bin/bash
# Bad input on the command line: the right exit code, a message that names the path, and nothing half-written.
# Usage: tests/cli.sh JOURNEY
[[ -x ${1-} ]] || { echo "usage: tests/cli.sh JOURNEY"; exit 2; }
program=$(realpath "$1")
work=$(mktemp -d) && chmod 755 "$work" && cd "$work" && mkdir bin && ln -s "$program" bin/journey || exit 2
trap 'chmod -R u+rwX "$work"; rm -rf "$work"' EXIT
export LC_ALL=C.UTF-8 PATH="$work/bin:$PATH"
unset JOURNEY_STDLIB
passed=0 failed=0 skipped=0 name='' wrong=''

# ---- the words the cases are written in ----
# it NAME : begins a case, in an empty folder of its own
it() {
  finish
  name=$1 wrong=''
  cd "$work" && { [[ ! -d case ]] || chmod -R u+rwX case; } && rm -rf case && mkdir case && cd case || exit 2
}
finish() {
  [[ $name ]] || return 0
  if [[ $wrong ]]; then
    printf 'FAILED: %s%s\n' "$name" "$wrong"
    failed=$((failed + 1))
  else
    passed=$((passed + 1))
  fi
  name=''
}
skip() { echo "SKIPPED: $name: $1"; skipped=$((skipped + 1)) name=''; }
complain() { wrong+=$'\n  '"$1"; }
# exits CODE COMMAND… : what it says goes to ../out and ../err
exits() {
  local expected=$1 exit
  shift
  timeout 250 "$@" > "$work/out" 2> "$work/err" < /dev/null
  exit=$?
  ((exit == expected)) || complain "\`$*\` ended with $exit, not $expected: $(head -c 600 "$work/err" | head -n 5)"
}
says() { grep -qF -- "$1" "$work/err" || complain "the message does not say \"$1\": $(head -c 400 "$work/err" | head -n 4)"; }
shows() { grep -qF -- "$1" "$work/out" || complain "the output does not show \"$1\": $(head -c 400 "$work/out" | head -n 4)"; }
# tells WORDS : on either stream
tells() { cat "$work/out" "$work/err" | grep -qF -- "$1" || complain "nothing says \"$1\": $(cat "$work/out" "$work/err" | head -c 400 | head -n 4)"; }
# only NAME… : the folder holds these files and nothing else
only() {
  local there
  there=$(find . -mindepth 1 -printf '%P\n' | sort)
  [[ $there == "$(printf '%s\n' "$@" | sort)" ]] || complain "files left behind: $there"
}
small() { printf 'journey "A" {\n  owner us\n  reviewed %s every year\n  stage "S" {\n    touchpoint "T" via web feels +1\n  }\n}\nteam us "Us"\n' "$(date +%F)"; }
# large FILE : a journey whose output fills any pipe
large() {
  { echo 'journey "Large" {'; echo '  stage "S" {'
    seq -f '    touchpoint "Step %.0f" via web feels +1' 3000
    echo '  }'; echo '}'; } > "$1"
}
nobody=(setpriv --reuid=65534 --regid=65534 --clear-groups)
can_be_nobody() { ((EUID == 0)) && "${nobody[@]}" journey --version > /dev/null 2>&1; }

# ---- files that can't be read ----
it "an unknown file"
exits 2 journey check absent.journey
says absent.journey
for verb in fmt build show score plan; do exits 2 journey "$verb" absent.journey; says absent.journey; done
exits 2 journey import absent.mmd
says absent.mmd
only

it "an unreadable file"
small > secret.journey && chmod 000 secret.journey
if ((EUID != 0)); then
  exits 2 journey check secret.journey
  says secret.journey
  small > open.journey && exits 1 journey check .
  tells E0002
  tells secret.journey
elif can_be_nobody; then
  exits 2 "${nobody[@]}" journey check secret.journey
  says secret.journey
  small > open.journey && exits 1 "${nobody[@]}" journey check .
  tells E0002
  tells secret.journey
else skip "running as root, and no way to run as somebody else"; fi

it "a folder without journeys"
mkdir empty
exits 2 journey check empty
says empty
exits 2 journey build empty
says empty
only empty

it "a folder where a file is expected, a file that is no journey"
mkdir folder.mmd
exits 2 journey import folder.mmd
says folder.mmd

# ---- bytes that are no text ----
it "text that isn't UTF-8"
printf 'journey "A" {\n  stage "\xff\xfe" {\n  }\n}\n' > bad.journey
exits 1 journey check bad.journey
tells E0003
tells bad.journey:2

it "UTF-16"
small | iconv -t UTF-16LE | { printf '\xff\xfe'; cat; } > wide.journey
exits 1 journey check wide.journey
tells E0003
tells wide.journey

it "a NUL byte"
printf 'journey "A" {\n  stage "S\0" {\n  }\n}\n' > nul.journey
exits 1 journey check nul.journey
tells E0004
tells nul.journey:2

it "a byte order mark is no error"
{ printf '\xef\xbb\xbf'; small; } > bom.journey
exits 0 journey check bom.journey
exits 0 journey check --deny-warnings bom.journey

it "Windows line ends are no error"
small | sed 's/$/\r/' > dos.journey
exits 0 journey check --deny-warnings dos.journey

it "a file where build takes a folder, a folder that report makes, a part of a template's name"
small > a.journey
exits 2 journey build -o a.html a.journey
says "-o takes a folder, not the file a.html"
only a.journey
exits 0 journey report -o public/maps/a.html a.journey
shows public/maps/a.html
exits 2 journey new blueprint
says "did you mean service-blueprint?"

it "an option that is none: those that there are"
exits 2 journey check --strict
says "check has no option --strict; it has --format, --deny-warnings"
exits 2 journey explain --long
says "it has none"

it "an empty file is no error"
: > empty.journey
exits 0 journey check empty.journey

# ---- size and depth ----
it "a file of 200 MB is refused at once, by its limit"
truncate -s 200M huge.journey
for verb in check fmt build; do exits 2 journey "$verb" huge.journey; says huge.journey; says 128; done
only huge.journey

it "100,000 nested braces"
{ printf 'journey "A" {\n'; yes 'stage "S" {' | head -n 100000; } > deep.journey
exits 1 journey check deep.journey
tells deep.journey:2
tells "never closed"
exits 1 journey check --format json deep.journey

it "100,000 braces on one line, opening and closing"
{ head -c 100000 /dev/zero | tr '\0' '{'; head -c 100000 /dev/zero | tr '\0' '}'; } > braces.journey
exits 1 journey check braces.journey
tells braces.journey
exits 0 journey fmt braces.journey
exits 1 journey build -o out braces.journey

it "a line of a million characters"
{ printf 'journey "'; head -c 1000000 /dev/zero | tr '\0' x; printf '" {\n}\n'; } > long.journey
exits 0 journey check long.journey

# Each of these took minutes when something in it was looked up one by one.
it "50,000 of a kind"
many() { { echo 'journey "A" {'; echo '  stage "S" {'; yes "$1" | head -n 50000; echo '  }'; echo '}'; } > many.journey; }
many '    touchpoint "The same title"'
exits 0 journey check many.journey
many '    touchpoint "One" { pain "The same pain" severity high }'
exits 0 journey check many.journey
many '    touchpiont "One"'
exits 1 journey check many.journey
{ echo 'journey "A" {'; yes '  opportunity "The same" solves nothing' | head -n 50000; echo '}'; } > many.journey
exits 1 journey check many.journey

# ---- imports and links ----
it "an import cycle"
{ echo 'use "b.journey"'; small; } > a.journey
echo 'use "a.journey"' > b.journey
exits 1 journey check a.journey
tells E0301
tells b.journey

it "an import of something that isn't there"
{ echo 'use "people.journey"'; small; } > a.journey
exits 1 journey check a.journey
tells E0001
tells people.journey
tells a.journey:1

it "a link that leads nowhere"
ln -s nowhere.journey link.journey
exits 2 journey check link.journey
says link.journey
exits 1 journey check .
tells E0001
tells link.journey

it "links in a circle"
ln -s one.journey two.journey && ln -s two.journey one.journey
exits 2 journey check one.journey
says one.journey

it "a folder that links to itself"
small > a.journey && ln -s . again
exits 0 journey check .

# Each has a pipe that somebody holds open and never writes to, so that waiting for it would be for ever.
it "a pipe, a socket or a device in the place of a map"
mkfifo pipe.journey && exec 7<> pipe.journey
python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("socket.journey")'
for path in pipe.journey socket.journey /dev/zero; do
  for verb in check 'check --fix' show build score paths plan observe evidence report import preview 'diff /dev/null'; do
    # shellcheck disable=SC2086 # a verb and its option
    exits 2 journey $verb "$path"
    says "$path: "
    says "not a file; save the text in a file, and name that"
  done
done
exits 2 journey fmt pipe.journey
says "it is a pipe"
exec 7>&-

it "a folder with a pipe in it, and a map that names pipes"
small > a.journey && cat >> a.journey << 'END'
use "pipe.journey"
use "/dev/stdin"
evidence rows "Rows" method survey file "rows.csv" column score "Score"
metric weight "Heaviness" computed-by "weight.lua"
check own "Own" warning computed-by "own.lua"
END
mkfifo pipe.journey rows.csv weight.lua own.lua list.json a_test.lua
exec 7<> pipe.journey 8<> rows.csv 9<> weight.lua
(exec 6<> list.json; timeout 250 journey check . < list.json > "$work/out" 2> "$work/err")
(($(grep -cE 'error (E0002|E0813|E0401): .*it is a pipe, not a file' "$work/out") == 5)) || complain "$(cat "$work/out" "$work/err")"
exits 2 journey check --baseline list.json .
says "list.json: is no plain file"
exits 1 journey test
tells "it is a pipe"
exits 0 git -c init.defaultBranch=main init -q
exits 0 git -c user.name=A -c user.email=a@example.com commit -q --allow-empty -m "Nothing yet"
exits 1 journey check --since HEAD
tells "it is a pipe"
exec 7>&- 8>&- 9>&-

it "a pipe that nobody reads from in the place of a drawing"
small > a.journey && mkfifo out
exits 2 journey report -o out a.journey
says "out: can't be written: it is a pipe that nobody reads from"

it "a pipe that the shell hands over is read to its end"
small > a.journey
exits 0 journey check <(cat a.journey)
# shellcheck disable=SC2016 # the inner shell's
exits 0 bash -c 'here=$PWD && cd / && journey check <(cat "$here/a.journey")'
exits 0 bash -c 'cat a.journey | journey check /dev/stdin'
exits 0 bash -c 'journey check /dev/stdin < a.journey'
exits 0 journey diff a.journey <(sed 's/"T"/"U"/' a.journey)
shows "1 touchpoint changed"
exits 0 journey check /dev/null

it "names that a terminal, or who reads the log of CI, would obey"
odd=$'n\e[31m\n::error::\r\a\xff\xc2\x9b1m\xe2\x80\xae'
# tame EXIT COMMAND… : what it prints is UTF-8 without control characters, and no line begins with the name's second half
tame() {
  exits "$@"
  cat "$work/out" "$work/err" | python3 -c 'import re, sys
text = sys.stdin.buffer.read().decode()
sys.exit(bool(re.search("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text) or re.search("(?m)^::error::", text)) or not re.search("n[\ufffd?]\[31m", text))' ||
    complain "\`${*:2:2}\` obeys, or does not name it: $(cat -v "$work/out" "$work/err" | head -n 8)"
}
mkdir maps "$odd" && small > "maps/$odd.journey" && small > a.journey && sed -i 's/"T"  */"T"    /' "maps/$odd.journey"
printf '\xff\xfe\xfa' > "$odd.journey" && mkfifo "$odd-pipe.journey"
printf 'journey\n  title T\n  section S\n    Tea: 5: Me\n    x\n' > "$odd.mmd"
echo 'return { a = function(t) t.equal(1, 2) end }' > "$odd/${odd}_test.lua"
echo 'return function() return nothing.here end' > "$odd/broken.lua"
cat > "$odd/own.journey" << 'END'
evidence rows "Rows" method survey file "none.csv"
metric broken "Broken" computed-by "broken.lua"
journey "B" { stage "S" { touchpoint "T" } }
END
for verb in check fmt show build score paths plan observe evidence report import preview test diff; do
  tame 2 journey "$verb" "absent$odd"
  tame 2 journey "$verb" "--$odd"
done
for verb in check fmt show build report import; do tame 2 journey "$verb" "$odd-pipe.journey"; done
tame 1 journey check "$odd/own.journey"
tame 1 journey check --with-dependents "$odd/own.journey" "gone$odd"
tame 2 journey "$odd"
tame 2 journey explain "$odd"
tame 2 journey new "$odd"
tame 0 journey new current-state "$odd/new"
tame 0 journey init "$odd/init"
tame 2 journey fmt "$odd.journey"
tame 1 journey fmt --check maps
tame 1 journey fmt --diff maps
tame 0 journey diff a.journey "maps/$odd.journey"
tame 0 journey build -o "$odd/out" a.journey
tame 0 journey report -o "$odd/report.html" a.journey
tame 1 journey import -o "$odd/in" "$odd.mmd"
tame 1 journey test "$odd"
tame 1 journey score "$odd/own.journey"
tame 1 journey score --explain broken "$odd/own.journey"
tame 1 journey evidence "$odd/own.journey"
tame 1 journey check --write-baseline "$odd.json"
exits 0 git -c init.defaultBranch=main init -q
tame 2 journey check --since "$odd"
sed -i 's/touchpoint/touchpiont/' "maps/$odd.journey"
tame 0 journey check --fix maps

# ---- places that can't be written ----
it "standard output on a full disk"
small > a.journey
if [[ -w /dev/full ]]; then
  exits 2 bash -c 'journey show a.journey > /dev/full'
  [[ -s $work/err ]] || complain "it says nothing"
  exits 2 bash -c 'journey --help > /dev/full'
  exits 2 bash -c 'journey score a.journey > /dev/full'
  exits 2 bash -c 'journey check --format json a.journey > /dev/full'
else skip "there is no /dev/full here"; fi

it "a file that cannot grow: nothing half-written, the old one kept"
small > a.journey && mkdir out
exits 0 journey build -o out a.journey
drawn=$(ls out)
echo old > "out/$drawn" && chmod -R a+rwX .
exits 2 bash -c 'trap "" XFSZ; ulimit -f 1; journey build -o out a.journey'
says "out/$drawn"
only a.journey out "out/$drawn"
[[ $(cat "out/$drawn") == old ]] || complain "the old file is gone"

it "fmt keeps the file when it cannot write"
{ small; seq -f '//  comment number %.0f' 400; } | sed 's/^  *//' > a.journey && cp a.journey "$work/before"
exits 2 bash -c 'trap "" XFSZ; ulimit -f 1; journey fmt a.journey'
says a.journey
cmp -s a.journey "$work/before" || complain "the file is changed"
only a.journey

it "a full disk"
head -n 2000 <(large /dev/stdout) > a.journey && printf '}\n}\n' >> a.journey && mkdir disk
if ((EUID == 0)) && unshare -m true 2> /dev/null; then
  # shellcheck disable=SC2016
  exits 2 unshare -m bash -c 'mount -t tmpfs -o size=8k tmpfs disk || exit 77
    journey build -o disk a.journey; exit=$?; find disk -type f -print >&2; exit $exit'
  says disk/
  [[ $(grep -c '^disk/' "$work/err") == 0 ]] || complain "left on the full disk: $(grep '^disk/' "$work/err")"
else skip "root alone may mount one, and not in every container"; fi

it "a read-only folder"
small > a.journey && mkdir locked && chmod 555 locked
if ((EUID != 0)); then
  exits 2 journey build -o locked a.journey
  says locked
elif can_be_nobody; then
  chmod 755 . && exits 2 "${nobody[@]}" journey build -o locked a.journey
  says locked
else skip "running as root, and no way to run as somebody else"; fi
[[ $name ]] && only a.journey locked

it "a read-only disk"
small > a.journey && mkdir disk
if ((EUID == 0)) && unshare -m true 2> /dev/null; then
  exits 2 unshare -m bash -c 'mount -t tmpfs -o ro tmpfs disk || exit 77; journey build -o disk/maps a.journey'
  says disk/maps
else skip "root alone may mount one, and not in every container"; fi

it "a file where a folder is needed"
small > a.journey && echo kept > taken
exits 2 journey build -o taken a.journey
says taken
[[ $(cat taken) == kept ]] || complain "the file is gone"
only a.journey taken

it "a broken pipe ends it quietly"
large a.journey
for verb in "show" "score" "plan" "build --format json -o -" "check --format json" "check --all"; do
  # shellcheck disable=SC2016,SC2086 # the words of the verb
  exits 0 bash -c 'journey "$@" | head -n 1 > /dev/null; exit "${PIPESTATUS[0]}"' bash $verb a.journey
  [[ -s $work/err ]] && complain "it says: $(head -n 3 "$work/err")"
done

# ---- standard input ----
it "standard input"
small > a.journey
exits 0 bash -c 'journey check - < a.journey'
exits 1 bash -c 'echo "jurney \"A\"" | journey check - --stdin-path maps/b.journey'
tells maps/b.journey:1
exits 2 bash -c 'journey check - <&-'

# ---- the command line itself ----
it "an unknown verb"
exits 2 journey chekc
says chekc
says "check"

it "an unknown option"
small > a.journey
exits 2 journey check --deny-warnngs a.journey
says --deny-warnngs
says --deny-warnings
exits 2 journey build --formt svg a.journey
says --formt
says "--format"
exits 2 journey build --format docx a.journey
says docx
says svg
exits 2 journey build a.journey -o
says -o
only a.journey

it "no verb, help and version"
exits 0 journey --help
shows check
shows import
exits 0 journey --version
shows 0.
exits 0 journey
shows check

it "each verb has its help, with an example"
for verb in check fmt build show score plan import new explain; do
  exits 0 journey "$verb" --help
  shows "journey $verb"
  exits 2 journey "$verb" --no-such-option
  says --no-such-option
done

it "an unknown code, an unknown template"
exits 2 journey explain E9999
says E9999
exits 0 journey explain e0203
shows E0203
exits 2 journey new no-such-template place
says no-such-template
only

it "the guide and the pages about Lua are in the program"
for page in guide metrics checks; do
  exits 0 journey explain $page
  shows "journey test"
done

it "new does not write over what is there"
exits 0 journey new current-state place
echo mine > place/current-state.journey
exits 2 journey new current-state place
says place/current-state.journey
[[ $(cat place/current-state.journey) == mine ]] || complain "it is written over"
only place place/current-state.journey

it "names that look like options, with spaces, quotes and other scripts"
small > "-odd name 'ü 名 .journey"
exits 0 journey check -- "-odd name 'ü 名 .journey"
exits 0 journey check .

finish
printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
((failed == 0))
