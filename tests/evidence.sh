#!/bin/bash
# tests/data/evidence: what `journey evidence` says of exports as survey tools write them, beside goldens; and how it stops.
# Usage: tests/evidence.sh JOURNEY; with UPDATE=1 in the environment it writes the goldens anew.
journey=$(realpath "$1") && cd "$(dirname "${BASH_SOURCE[0]}")/data/evidence" || exit 2
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
failed=0
fail() { echo "FAILED: $*"; failed=1; }

golden() { # file arguments…
  local file=$1; shift
  "$journey" "$@" --today 2026-11-22 > "$work/got" 2>&1
  echo "exit $?" >> "$work/got"
  if [[ ${UPDATE:-} ]]; then cp "$work/got" "$file"; else diff -u "$file" "$work/got" || fail "$*"; fi
}
golden surveys.text evidence surveys.journey
golden surveys.json evidence surveys.journey --format json
golden wrong.text evidence ../check/evidence-wrong
golden narrow.text evidence surveys.journey --width 50 --ascii
golden check.text check surveys.journey

# docs/evidence.md tells what is said of its map.
guide=$PWD/../../../docs/evidence.md
mkdir "$work/guide" && awk -v folder="$work/guide/" '
  /^```$/ { out = "" } out { print > out } /^```journey/ { out = folder "shop.journey" } /^```csv/ { out = folder "exit.csv" }' "$guide"
sed -n '/^    \$ journey evidence shop/,/^[^ ]/{/^    \$/d;/^[^ ]/d;s/^    //;p}' "$guide" | sed -e '$d' > "$work/told"
(cd "$work/guide" && "$journey" evidence shop.journey --today 2026-11-22) > "$work/said" 2>&1
if [[ ! -s $work/told ]] || ! diff -u "$work/told" "$work/said"; then fail "docs/evidence.md tells another story"; fi

# Nothing to read is no success, and says how a file is named.
printf 'team a "A"\n' > "$work/none.journey"
"$journey" evidence "$work/none.journey" > "$work/got" 2> "$work/said"
code=$?
if [[ $code != 2 || -s $work/got ]] || ! grep -q 'file "data/exit.csv"' "$work/said"; then fail "no file is named"; fi

# Files are read anew each time: the same bytes give the same bytes.
"$journey" evidence surveys.journey --format json > "$work/one" 2>&1; "$journey" evidence surveys.journey --format json > "$work/two" 2>&1
cmp "$work/one" "$work/two" || fail "two runs differ"

command -v python3 > /dev/null || { echo "skipped: no python3 to press Ctrl-C"; exit $((failed ? failed : 77)); }
python3 - "$journey" "$work" << 'END' || failed=1
import gzip, json, os, pty, re, select, signal, subprocess, sys
journey, work = sys.argv[1:]

data = json.load(open(work + '/one'))
assert [f['evidence'] for f in data['files']][:2] == ['spain', 'china'], data

# Eight gigabytes of rows, in a file of a few megabytes: reading them takes longer than it takes to press Ctrl-C.
member = gzip.compress(b'9\n' * (1 << 21), mtime=0)
with open(work + '/endless.csv.gz', 'wb') as file:
    file.write(gzip.compress(b'Score\n', mtime=0))
    for _ in range(2000): file.write(member)
open(work + '/endless.journey', 'w').write('evidence e "Endless" {\n  method survey\n  file "endless.csv.gz"\n  column score "Score"\n}\n')

try: os.close(pty.openpty()[0])
except OSError:
    print('SKIPPED: Ctrl-C: this system gives no terminals')
    sys.exit()

def stopped(arguments, terminal):
    """Starts journey on it and presses Ctrl-C, on a terminal when the line of progress is there. Returns how it ended, and what it wrote."""
    master, slave = pty.openpty()
    child = subprocess.Popen([journey, *arguments], cwd=work, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                             stderr=slave if terminal else subprocess.PIPE, env=dict(os.environ, TERM='xterm'),
                             preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    os.close(slave)
    shown = b''
    while terminal and b'endless.csv.gz' not in shown:
        assert select.select([master], [], [], 240)[0], 'no progress is shown'
        shown += os.read(master, 4096)
    if not terminal:  # it watches for Ctrl-C as soon as it reads
        while not re.search(r'SigCgt:\s+\w*[2367abef]$', open(f'/proc/{child.pid}/status').read(), re.M): assert child.poll() is None
    child.send_signal(signal.SIGINT)
    out, said = child.communicate(timeout=240)
    while select.select([master], [], [], 0)[0]:
        try: shown += os.read(master, 4096)
        except OSError: break
    os.close(master)
    return child.returncode, out, shown if terminal else said

for arguments in (['evidence', 'endless.journey'], ['check', 'endless.journey'], ['build', 'endless.journey']):
    code, out, shown = stopped(arguments, True)
    assert code == -signal.SIGINT, (arguments, code)       # a shell shows 130
    assert out == b'', (arguments, out)                    # nothing half-said
    assert re.search(rb'Reading endless.csv.gz +\d+%', shown), shown
    assert shown.endswith(b'\r\x1b[K'), shown              # the line is gone again
    code, out, said = stopped(arguments, False)
    assert (code, out, said) == (-signal.SIGINT, b'', b''), (arguments, code, out, said)
assert not [name for name in os.listdir(work) if name.endswith('.html')]
END
exit $failed
