// The extension of Zed, as far as it can be held without Zed: its files are what Zed reads, its folder is complete.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { home } from "./lib/home.mjs";
import { blocks, program, root } from "./lib/places.mjs";

const [prepare, settings] = blocks("zed/README.md");
const at = join(root, "editors/zed");
const languages = join(at, "languages/journey");
const python = program("python3");
const skip = !python ? "python3, which reads TOML here, is not installed" : !program("git") && "git is not installed";

function toml(file) {
  const script = "import json,sys,tomllib; json.dump(tomllib.load(open(sys.argv[1],'rb')), sys.stdout)";
  return JSON.parse(execFileSync(python, ["-c", script, file], { encoding: "utf8" }));
}

// https://zed.dev/docs/extensions/languages: what each query may capture.
const known = {
  highlights: "attribute boolean comment comment.doc constant constructor embedded emphasis emphasis.strong enum function hint keyword label link_text link_uri number operator predictive preproc primary property punctuation punctuation.bracket punctuation.delimiter punctuation.list_marker punctuation.special string string.escape string.regex string.special string.special.symbol tag tag.doctype text.literal title type variable variable.special variant",
  brackets: "open close",
  indents: "indent start end outdent",
  injections: "injection.content injection.language",
  outline: "name item context context.extra annotation open close",
  overrides: "string comment.inclusive comment",
  textobjects: "function.around function.inside class.around class.inside comment.around comment.inside",
};

test("queries use the names that Zed knows, and no others", () => {
  const files = readdirSync(languages).filter((name) => name.endsWith(".scm"));
  assert.deepEqual(files.sort(), Object.keys(known).map((name) => `${name}.scm`).sort());
  for (const file of files) {
    const text = readFileSync(join(languages, file), "utf8").replace(/^;.*$/gm, "").replace(/"(\\.|[^"\\])*"/g, '""');
    const used = new Set([...text.matchAll(/@([\w.]+)/g)].map(([, name]) => name).filter((name) => !name.startsWith("_")));
    const unknown = [...used].filter((name) => !known[file.replace(".scm", "")].split(" ").includes(name));
    assert.deepEqual(unknown, [], file);
  }
});

test("the extension and its language name each other, the grammar, and the server", { skip }, () => {
  const extension = toml(join(at, "extension.toml")), language = toml(join(languages, "config.toml"));
  const cargo = toml(join(at, "Cargo.toml"));
  assert.equal(extension.schema_version, 1);
  assert.equal(extension.version, cargo.package.version);
  assert.deepEqual(cargo.lib["crate-type"], ["cdylib"]);
  assert.deepEqual(extension.language_servers.journey.languages, [language.name]);
  const [grammar] = JSON.parse(readFileSync(join(root, "grammar/tree-sitter.json"), "utf8")).grammars;
  assert.equal(language.grammar, grammar.name);
  assert.deepEqual(language.path_suffixes, grammar["file-types"]);
  const said = JSON.parse(settings.text);
  assert.ok(said.languages[language.name]);
  assert.ok(said.lsp[Object.keys(extension.language_servers)[0]]);
});

test("the folder that the page tells to make is complete, and made anew when it is told again", { skip }, (t) => {
  const place = home(t);
  place.shell(prepare.text);
  place.shell(prepare.text);
  const folder = place.path("journey-zed");
  const { repository, rev } = toml(join(folder, "extension.toml")).grammars.journey;
  const source = repository.replace("file://", "");
  const parser = execFileSync("git", ["-C", source, "show", `${rev}:src/parser.c`], { encoding: "utf8", maxBuffer: 1 << 26 });
  assert.equal(parser, readFileSync(join(root, "grammar/src/parser.c"), "utf8"));
  for (const file of ["Cargo.toml", "src/lib.rs", "languages/journey/config.toml"]) assert.ok(existsSync(join(folder, file)), file);
  assert.throws(() => place.shell("mkdir other && ~/journey/editors/zed/prepare ~/other"), /is there, and is no extension/);
});
