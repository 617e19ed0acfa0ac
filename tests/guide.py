"""Runs a guide; see guide.sh, which calls it in an empty folder."""
import os
import re
import subprocess
import sys

path, update = sys.argv[1], sys.argv[2] == "--update"
text = open(path, encoding="utf-8").read()
failed, ran = False, 0


def same(expected, found):
    """Whether the lines are the same; … stands for any."""
    pattern = "".join(r"(?:.*\n)*?" if line == "…" else re.escape(line) + r"\n" for line in expected)
    return re.fullmatch(pattern, "".join(line + "\n" for line in found)) is not None


def type_block(body):
    """Types the commands of a console block; the block as it should be."""
    global failed, ran
    out = []
    for part in re.split(r"^(?=\$ )", body, flags=re.M):
        if not part:
            continue
        command, *expected = part.rstrip("\n").split("\n")
        while expected and not expected[-1]:
            expected.pop()
        done = subprocess.run(["bash", "-c", command[2:]], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        found = done.stdout.decode().rstrip("\n").split("\n") if done.stdout.strip() else []
        ran += 1
        if same(expected, found):
            found = expected
        elif not update:
            failed = True
            print(f"FAILED: {command}\n--- {path} says\n" + "\n".join(expected) + "\n--- but it is\n" + "\n".join(found))
        out.append("\n".join([command] + found))
    return "\n".join(out) + "\n"


first = {}  # what stands at the beginning of files by `first=`


def write(file, body, mode):
    """The whole file; its first lines, instead of those of before; or a line behind the one that begins with the mode."""
    os.makedirs(os.path.dirname(file) or ".", exist_ok=True)
    if mode:
        old = open(file, encoding="utf-8").read()
    if mode == "first":
        body, first[file] = body + old.removeprefix(first.get(file, "")), body
    elif mode:
        lines = old.splitlines(keepends=True)
        at = next(i for i, line in enumerate(lines) if line.strip().startswith(mode))
        body = "".join(lines[: at + 1]) + body + "".join(lines[at + 1 :])
    with open(file, "w", encoding="utf-8") as out:
        out.write(body)


def block(match):
    info, body = match.group(1), match.group(2)
    file = re.search(r"\bfile=(\S+)(?: behind=(\S+)| (first))?", info)
    if file:
        write(file.group(1), body, file.group(2) or file.group(3))
    elif info.startswith("console"):
        body = type_block(body)
    return f"```{info}\n{body}```\n"


done = re.sub(r"^```(.+)\n((?:(?!```).*\n)*)```\n", block, text, flags=re.M)
if failed:
    print("tests/guide.sh JOURNEY --update writes what it says now: read the difference before you keep it")
if ran < 10:
    failed = True
    print(f"FAILED: only {ran} commands were found in {path}")
if update:
    open(path, "w", encoding="utf-8").write(done)
sys.exit(failed)
