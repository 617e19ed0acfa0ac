#!/usr/bin/env python3
"""The model's JSON against the published schema: json_schema.py SCHEMA WRONG GOLDEN FILE…

Every FILE must validate. Every case of WRONG changes GOLDEN in one place, and must not; nor does GOLDEN with a key that
nobody knows in any of its objects."""
import copy
import json
import sys

from jsonschema import Draft202012Validator


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def changed(document, case):
    """The document with `value` at the path `at`, or without what stands there."""
    document = copy.deepcopy(document)
    *way, last = case["at"]
    inside = document
    for key in way:
        inside = inside[key]
    if "value" in case:
        inside[last] = case["value"]
    else:
        del inside[last]
    return document


def objects(inside, way=()):
    """The paths of all objects in a document."""
    if isinstance(inside, dict):
        yield way
    for key, value in inside.items() if isinstance(inside, dict) else enumerate(inside):
        if isinstance(value, (dict, list)):
            yield from objects(value, (*way, key))


def main(schema_path, wrong_path, golden_path, *paths):
    schema = read(schema_path)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    failures = 0
    for path in (golden_path, *paths):
        for error in validator.iter_errors(read(path)):
            failures += 1
            print(f"{path}: {error.json_path}: {error.message[:300]}")
    golden, wrong = read(golden_path), read(wrong_path)
    for way in objects(golden):
        wrong.append({"says": f"an unknown key in {list(way)}", "at": [*way, "unheard-of"], "value": 1})
    for case in wrong:
        if validator.is_valid(changed(golden, case)):
            failures += 1
            print(f"{wrong_path}: should be wrong, but validates: {case['says']}")
    print(f"{len(paths) + 1} files validate, {len(wrong)} wrong ones don't" if not failures else f"{failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
