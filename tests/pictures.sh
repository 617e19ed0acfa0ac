#!/bin/bash
# `journey build --format png|pdf`: the size of the drawing, its words, the same bytes each time; what is too large, and what
# is said where librsvg is missing. Usage: tests/pictures.sh JOURNEY
[[ -x ${1-} ]] || { echo "usage: tests/pictures.sh JOURNEY"; exit 2; }
journey=$(realpath "$1") root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT && cd "$work" || exit 2
export LC_ALL=C.UTF-8
# What fontconfig keeps until the end is its own affair, where leaks are looked for.
echo "leak:libfontconfig" > suppressed && export LSAN_OPTIONS=suppressions=$work/suppressed:print_suppressions=0
failed=0
fail() { echo "FAILED: $*"; failed=1; }
# builds EXIT ARGUMENTS… : what it says goes to out and err
builds() {
  "$journey" build --today 2026-11-22 "${@:2}" > out 2> err
  local exit=$?
  ((exit == $1)) || fail "build ${*:2}: exit $exit, not $1: $(head -c 300 err)"
}
says() { grep -qF -- "$1" err || fail "the message does not say \"$1\": $(head -c 400 err)"; }
cat > small.journey <<'MAP'
journey small "Über den Tag 🧭" {
  stage "Morning" {
    touchpoint "Wakes at six" via web feels +1
    touchpoint "يستيقظ" via web feels -1
  }
}
MAP

# A library that can't be loaded stands for one that isn't there.
mkdir missing && : > missing/librsvg-2.so.2
(
  export LD_LIBRARY_PATH=$work/missing
  builds 2 --format png small.journey
  says "librsvg"
  says "install"
  says "journey build --format svg"
  [[ $("$journey" --version) == *"without PNG and PDF: "* ]] || fail "--version does not say that there are no pictures"
  builds 0 --format svg small.journey
  exit $failed
) || failed=1
rm -rf missing small.svg

if [[ $("$journey" --version) != *"PNG and PDF by librsvg"* ]]; then
  echo "SKIPPED: pictures: this journey does without librsvg"
  exit $failed
fi

# size FILE : of a PNG, from its header
size() { od -An -tu4 --endian=big -j16 -N8 "$1" | xargs; }
# drawn_size FILE SCALE : of an SVG, with parts of a dot made whole
drawn_size() {
  sed -nE '1s/.* width="([0-9.]+)" height="([0-9.]+)".*/\1 \2/p' "$1" |
    awk -v scale="$2" 'function up(x) { return x > int(x) ? int(x) + 1 : int(x) } { print up($1 * scale), up($2 * scale) }'
}

builds 0 --format svg small.journey
for scale in "" 1 0.5; do
  builds 0 --format png ${scale:+--scale $scale} small.journey
  [[ $(cat out) == small.png ]] || fail "the picture is not named: $(cat out)"
  [[ $(head -c 8 small.png | od -An -tx1 | xargs) == "89 50 4e 47 0d 0a 1a 0a" ]] || fail "no PNG"
  [[ $(size small.png) == "$(drawn_size small.svg "${scale:-2}")" ]] || fail "scale ${scale:-2}: $(size small.png)"
done
cp small.png before.png && builds 0 --format png --scale 0.5 small.journey
cmp -s before.png small.png || fail "the same map is another PNG the second time"

builds 0 --format pdf small.journey
cp small.pdf before.pdf && builds 0 --format pdf small.journey
cmp -s before.pdf small.pdf || fail "the same map is another PDF the second time"
builds 0 --format pdf -o - small.journey
cmp -s out small.pdf || fail "the PDF on standard output is another one"
[[ $(find . -name '*small*' | sort | xargs) == "./small.journey ./small.pdf ./small.png ./small.svg" ]] || fail "files left behind: $(ls -A)"
if command -v pdftotext > /dev/null; then
  words=$(pdftotext small.pdf -)
  for word in "Über den Tag" "Morning" "Wakes at six"; do [[ $words == *"$word"* ]] || fail "the PDF lacks \"$word\""; done
  read -r width height < <(pdfinfo small.pdf | sed -nE 's/^Page size: +([0-9.]+) x ([0-9.]+) pts.*/\1 \2/p')
  read -r drawn_width drawn_height < <(drawn_size small.svg 1)
  awk "BEGIN { exit !($width - $drawn_width * .75 < 1 && $drawn_width * .75 - $width < 1 && $height - $drawn_height * .75 < 1 && $drawn_height * .75 - $height < 1) }" ||
    fail "the page is $width × $height points for a drawing of $drawn_width × $drawn_height"
  pdfinfo small.pdf | grep -q '^Title: *Über den Tag' || fail "the PDF has no title"
  pdfinfo -isodates small.pdf | grep -q '^CreationDate: *2026-11-22T' || fail "the PDF has the clock's day"
  [[ $(pdfinfo small.pdf | sed -n 's/^Pages: *//p') == 1 ]] || fail "not one page"
fi

builds 0 --format pdf --view flow "$root/examples/shop"
[[ -s order-flow.pdf ]] || fail "no picture of the flow"
builds 0 --format png --scale 0.2 "$root/tests/data/hostile/map.journey"

# ---- what can't be drawn ----
builds 2 --format png --scale 20 small.journey
says "too large"
says "--scale "
{ echo 'journey long "Long" {'; echo '  stage "S" {'; seq -f '    touchpoint "Step %.0f" via web feels +1' 120; echo '  }'; echo '}'; } > long.journey
builds 2 --format png long.journey
largest=$(sed -nE 's/.*draw it with --scale ([0-9.]+),.*/\1/p' err)
[[ $largest ]] || fail "no scale is proposed: $(cat err)"
builds 0 --format png --scale "${largest:-1}" long.journey
builds 0 --format pdf long.journey
if command -v pdfinfo > /dev/null; then
  pdfinfo long.pdf | grep -qE '^Page size: +14400 x ' || fail "a page that no reader shows: $(pdfinfo long.pdf | grep size)"
fi
builds 2 --format pdf --scale 2 small.journey
says "--scale goes with --format png"
for wrong in 0 -1 abc 21 "" nan; do builds 2 --format png --scale "$wrong" small.journey; says "0.1 to 20"; done
builds 2 --format md --view flow small.journey
says "png"
"$journey" build --format png -o - small.journey > /dev/full 2> err && fail "a full disk is no error"
says "the disk is full"
echo 'journey "Broken" { owner nobody }' > broken.journey
builds 1 --format png broken.journey
[[ ! -e broken.png ]] || fail "a broken map is drawn"
exit $failed
