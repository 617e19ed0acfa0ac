#!/bin/bash
# journey fmt from outside: what it writes, what it says, its exit codes. Usage: tests/fmt.sh JOURNEY
[[ -x ${1-} ]] || { echo "usage: tests/fmt.sh JOURNEY"; exit 2; }
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
journey=$(realpath "$1") && work=$(mktemp -d) && cd "$work" || exit 2
trap 'rm -rf "$work"' EXIT
failed=0
complain() { echo "FAILED: $1"; failed=1; }
# exits CODE ARGUMENTS… : runs journey fmt
exits() {
  local expected=$1 exit
  shift
  "$journey" fmt "$@" > "$work/out" 2> "$work/err"
  exit=$?
  ((exit == expected)) || complain "journey fmt $*: exit $exit, not $expected: $(cat "$work/err")"
}
is() { [[ $(cat "$1") == "$2" ]] || complain "$1 is: $(cat "$1")"; }
says() { grep -qF -- "$2" "$work/$1" || complain "no \"$2\" in: $(cat "$work/$1")"; }

mkdir maps
printf 'use   "a.journey"\n' > maps/untidy.journey
printf 'use "a.journey"\n' > maps/tidy.journey
touch -d 2020-01-01 maps/tidy.journey

exits 1 --check maps
is out maps/untidy.journey
is maps/untidy.journey 'use   "a.journey"'
exits 1 --diff maps/untidy.journey
says out '-use   "a.journey"'
says out '+use "a.journey"'
exits 0 < maps/untidy.journey -
is out 'use "a.journey"'

chmod 640 maps/untidy.journey && ln -s maps/untidy.journey link.journey
exits 0 link.journey maps/tidy.journey
is maps/untidy.journey 'use "a.journey"'
[[ -L link.journey ]] || complain "the link is gone"
[[ $(stat -c %a maps/untidy.journey) == 640 ]] || complain "the permissions changed"
[[ $(date -r maps/tidy.journey +%Y) == 2020 ]] || complain "a tidy file was written"
exits 0 --check
exits 0 --diff
[[ ! -s $work/out ]] || complain "a difference where there is none"

# What is wrong stays, and is said; the other files go on.
printf 'use   "a.journey"\nuse   (b)\n' > wrong.journey
printf 'caf\xe9   1\n' > latin.journey
printf 'team   sales\n' > zlast.journey
exits 2 wrong.journey latin.journey absent.journey zlast.journey
says err 'wrong.journey:2: something in this line'
says err 'latin.journey: stays as it is'
says err 'absent.journey: there is no such file'
is wrong.journey $'use "a.journey"\nuse   (b)'
is zlast.journey 'team sales'
cmp -s latin.journey <(printf 'caf\xe9   1\n') || complain "bytes that are no text were changed"

printf 'some   words\n' > readme.md
exits 2 readme.md
is readme.md 'some   words'

# The project's own maps are tidy.
exits 0 --check "$root/examples" "$root/stdlib"

mkdir nothing
exits 2 nothing
says err 'there is no .journey file'
exits 2 --chek wrong.journey
says err '--check'
exit $failed
