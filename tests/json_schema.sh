#!/bin/sh
# What `journey build --format json` writes validates against the published schema; what is wrong does not. The same of
# journey.json, of a baseline, and of what `journey check --format json` says of every map of tests/data/check.
# Needs Debian's python3-jsonschema; exits 77 (skipped) without it.
set -eu
journey=$1
here=$(cd "$(dirname "$0")" && pwd)
python=
for each in python3 /usr/bin/python3; do
  if [ -z "$python" ] && "$each" -c 'from jsonschema import Draft202012Validator' 2>/dev/null; then python=$each; fi
done
if [ -z "$python" ]; then
  echo "skipped: python3-jsonschema is not installed"
  exit 77
fi

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
for project in "$here"/../examples/*/; do
  [ -d "$project" ] || continue
  name=$(basename "$project")
  "$journey" build --format json -o "$out/$name" "$project" >/dev/null
  [ -n "$(find "$out/$name" -name '*.json')" ] || { echo "no JSON of examples/$name"; exit 1; }
done
"$journey" build --format json --today 2026-11-22 -o "$out/measured" "$here/data/maps/measured.journey" >/dev/null
"$python" "$here/json_schema.py" "$here/../docs/journey.json.schema.json" "$here/data/settings_wrong.json" \
  "$here/data/check/json-settings/journey.json"
"$python" "$here/json_schema.py" "$here/../docs/journey-baseline.schema.json" "$here/data/baseline_wrong.json" \
  "$here/data/check/baseline/journey-baseline.json"
mkdir "$out/checked"
for map in "$here"/data/check/*.journey "$here"/data/check/*/; do
  "$journey" check --today 2026-11-22 --format json "$map" > "$out/checked/$(basename "$map").json" 2> /dev/null || [ $? -lt 2 ] ||
    rm "$out/checked/$(basename "$map").json" # it could not run, which is said in words
done
"$python" "$here/json_schema.py" "$here/../docs/journey-check.schema.json" "$here/data/check_wrong.json" \
  "$here/data/ci/project.json" "$here/data/ci/sound.json" "$out"/checked/*.json
rm -r "$out/checked" # the rest are models
# shellcheck disable=SC2046 # paths of a temporary folder hold no spaces
exec "$python" "$here/json_schema.py" "$here/../docs/journey.schema.json" "$here/data/json_wrong.json" \
  "$here/data/json/whole.json" "$here/data/json/variant.json" $(find "$out" -name '*.json')
