// The colours that VS Code gives a map by itself are those of grammar/queries/highlights.scm, and those of the language server,
// at each character of each map that there is here.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import test from "node:test";
import { folder, journey, program, root } from "./lib/places.mjs";
import { Server } from "./lib/server.mjs";
import { grammar, scopeAt } from "./lib/textmate.mjs";

const manifest = JSON.parse(readFileSync(join(root, "editors/vscode/package.json"), "utf8"));

/** All maps: examples, templates, the grammar's own, and those that the tests of the program have, with all that is wrong in them. */
function maps() {
  const under = (at) =>
    readdirSync(at, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? under(join(at, entry.name)) : entry.name.endsWith(".journey") ? [join(at, entry.name)] : []);
  return ["examples", "stdlib", "grammar/test", "tests/data"].flatMap((at) => under(join(root, at))).sort();
}

/** Not so that editors and tree-sitter would count its characters or lines in two ways. */
function isText(file) {
  const bytes = readFileSync(file), text = bytes.toString("utf8");
  return bytes.equals(Buffer.from(text)) && !/\0|\r(?!\n)/.test(text);
}

/* ---- grammar/queries/highlights.scm ---- */

// What tree-sitter calls each scope. A name is one colour for us wherever it stands: the kind of thing that it names decides, as
// with the server's tokens; tree-sitter tells apart whether it is declared there.
const captures = [
  [/^keyword\.operator\./, ["operator"]],
  [/^keyword\./, ["keyword"]],
  [/^(entity\.name|variable)\./, ["type", "variable"]],
  [/^(string|constant\.character\.escape|punctuation\.definition\.string)\./, ["string"]],
  [/^constant\.numeric\./, ["number"]],
  [/^constant\.other\.colour\./, ["constant"]],
  [/^comment\.line\.documentation\./, ["comment.documentation"]],
  [/^comment\./, ["comment"]],
  [/^punctuation\.separator\./, ["punctuation.delimiter"]],
  [/^punctuation\.section\./, ["punctuation.bracket"]],
  [/^meta\./, [undefined]],
];

// Lines where they may differ.
const differs = new Map([
  ["tests/data/fix/signs/before/map.journey:1", "no statement; behind a word that wants a name, tree-sitter's query reads over a comma, as it does over each sign"],
  ["tests/data/format/words-as-names.journey:4", "via via feels: the query tries each pair of words, a grammar of lines goes on behind the first; `feels` is a keyword"],
]);

const capturesOf = (scope) => (scope ? captures.find(([form]) => form.test(scope))?.[1] ?? [`unknown scope ${scope}`] : [undefined]);

function treeSitter() {
  const own = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "journey/tree-sitter/tree-sitter");
  return program("tree-sitter") ?? (existsSync(own) ? own : null);
}

/** For each file, for each line, what tree-sitter calls each byte; of two patterns the later one counts. */
function highlights(t, files) {
  const at = folder(t);
  cpSync(join(root, "grammar"), join(at, "journey"), { recursive: true });
  writeFileSync(join(at, "files"), files.join("\n"));
  const env = { ...process.env, XDG_CACHE_HOME: at, XDG_CONFIG_HOME: at, TREE_SITTER_LIBDIR: at };
  const out = execFileSync(treeSitter(), ["query", "--captures", "queries/highlights.scm", "--paths", join(at, "files")],
    { cwd: join(at, "journey"), env, encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "pipe"] });
  const found = new Map(files.map((file) => [file, []]));
  let lines;
  for (const line of out.split("\n")) {
    if (found.has(line)) lines = found.get(line);
    const capture = /^ +pattern: +(\d+), capture: \d+ - ([\w.]+), start: \((\d+), (\d+)\), end: \((\d+), (\d+)\)/.exec(line);
    if (capture) paint(lines, capture[2], capture.slice(1).map(Number));
  }
  return found;
}

function paint(lines, name, [pattern, , row, column, endRow, endColumn]) {
  for (let at = row; at <= endRow; at++) {
    lines[at] ??= [];
    const from = at === row ? column : 0;
    const to = at === endRow ? endColumn : 4096;
    for (let byte = from; byte < to; byte++)
      if (!(lines[at][byte]?.pattern >= pattern)) lines[at][byte] = { name, pattern };
  }
}

test("each character has the colour that tree-sitter gives it", { skip: !treeSitter() && "there is no tree-sitter command" }, async (t) => {
  const colour = (await grammar()).journey;
  const files = maps().filter(isText);
  const found = highlights(t, files);
  const wrong = [];
  let count = 0;
  for (const file of files) {
    const text = readFileSync(file, "utf8");
    colour(text).forEach((tokens, row) => {
      const line = text.split(/\r\n|\r|\n/)[row];
      let byte = 0, column = 0;
      for (const character of line) {
        const expected = found.get(file)[row]?.[byte]?.name;
        const scope = scopeAt(tokens, column).at(-1);
        count++;
        const place = `${relative(root, file)}:${row + 1}`;
        if (character.trim() && !capturesOf(scope).includes(expected) && !differs.has(place))
          wrong.push(`${place}:${column + 1} "${character}" is ${scope ?? "plain"}, not ${expected ?? "plain"}: ${line.trim()}`);
        byte += Buffer.byteLength(character);
        column += character.length;
      }
    });
  }
  assert.deepEqual(wrong.slice(0, 20), [], `${wrong.length} of ${count} characters`);
  assert.ok(count > 100_000, `${files.length} maps with ${count} characters`);
});

/* ---- the server ---- */

const contributed = manifest.contributes.semanticTokenScopes?.find(({ language }) => language === "journey")?.scopes ?? {};

// What only the server can know, who has read all files. {what the server says, what the grammar may say of it}
const onlyKnown = [
  ["enumMember", undefined], // one of a few words that a value may be: `type current-state`
  ["decorator", undefined], // the code of a message or the name of a check
  ["enumMember", "keyword.other.journey"], // … and is a keyword elsewhere: `with 12 clients`
  ["property", undefined], // a metric behind words that take other things as well
  ["namespace", "entity.name.function.journey"], // an arrow from a stage, not from a step
  ["keyword", "entity.name.function.journey"], // `starts` and `leaves` of an arrow, where no step is called so
  ...["namespace", "function", "type", "event", "enumMember", "interface", "struct", "variable", "property"]
    .map((type) => [type, "variable.other.journey"]), // more than one kind may stand there, or it stands behind a comma
];

const sameColour = (type, scope) =>
  scope === contributed[type]?.[0] ||
  (type === "string" && /^(string|punctuation\.definition\.string|constant\.character\.escape)\./.test(scope)) ||
  (type === "number" && /^constant\.(numeric|other\.colour)\./.test(scope)) ||
  (type === "comment" && /^comment\./.test(scope)) ||
  onlyKnown.some(([known, instead]) => known === type && instead === scope);

function* tokensOf({ data }, types) {
  let row = 0, column = 0;
  for (let i = 0; i < data.length; i += 5) {
    column = data[i] ? data[i + 1] : column + data[i + 1];
    row += data[i];
    yield { row, column, length: data[i + 2], type: types[data[i + 3]] };
  }
}

test("what the server means by a name is what it looked like before", { skip: !existsSync(journey) && "journey is not built" }, async (t) => {
  const colour = (await grammar()).journey;
  const server = new Server(t);
  const tokenTypes = Object.keys(contributed);
  const { capabilities } = await server.ask("initialize", {
    processId: process.pid,
    workspaceFolders: [{ uri: pathToFileURL(join(root, "examples")).href, name: "examples" }],
    capabilities: { textDocument: { semanticTokens: { formats: ["relative"], requests: { full: true }, tokenTypes, tokenModifiers: [] } } },
  });
  const types = capabilities.semanticTokensProvider.legend.tokenTypes;
  const wrong = [];
  let count = 0;
  for (const file of maps().filter((file) => /examples|templates/.test(file))) {
    const uri = pathToFileURL(file).href, text = readFileSync(file, "utf8"), lines = text.split("\n"), coloured = colour(text);
    server.tell("textDocument/didOpen", { textDocument: { uri, languageId: "journey", version: 1, text } });
    for (const { row, column, length, type } of tokensOf(await server.ask("textDocument/semanticTokens/full", { textDocument: { uri } }), types)) {
      const scope = scopeAt(coloured[row], column).at(-1);
      count++;
      if (!sameColour(type, scope))
        wrong.push(`${relative(root, file)}:${row + 1}:${column + 1} ${lines[row].slice(column, column + length)} is ${type}, not ${scope ?? "plain"}`);
    }
  }
  assert.deepEqual(wrong.slice(0, 20), [], `${wrong.length} of ${count} words`);
  assert.ok(count > 1000);
});

/* ---- what else the extension has of the language ---- */

test("a fence in Markdown holds a map", async () => {
  const tokens = (await grammar()).markdown("Text\n```journey\nteam success \"S\"\n```\n`code`");
  assert.equal(scopeAt(tokens[2], 0).at(-1), "keyword.other.journey");
  assert.ok(scopeAt(tokens[2], 0).includes("meta.embedded.block.journey"));
  assert.ok(!scopeAt(tokens[4], 0).includes("meta.embedded.block.journey"));
});

test("each snippet is a map without an error, once its stops are filled", { skip: !existsSync(journey) && "journey is not built" }, async (t) => {
  const snippets = JSON.parse(readFileSync(join(root, "editors/vscode/snippets/journey.json"), "utf8"));
  const around = { stage: "journey", opportunity: "journey", path: "journey", measure: "journey", expect: "journey",
    touchpoint: "stage", pain: "touchpoint", backstage: "touchpoint", frontstage: "touchpoint", "hands-over": "touchpoint" };
  const open = (word, text) => (word ? open(around[word], `${word} "Around" {\n${text}\n}`) : text);
  for (const [name, { body }] of Object.entries(snippets)) {
    const prefix = name.split(":")[0];
    const filled = body.join("\n").replace("$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE", "2026-01-01")
      .replace(/\$\{\d+:([^}]*)\}/g, "$1").replace("$0", "");
    assert.ok(!filled.includes("$"), `${name}: ${filled}`);
    const at = folder(t, { "map.journey": `${open(around[prefix], filled)}\n` });
    let out = "";
    try {
      out = execFileSync(journey, ["check", "--format", "json", "map.journey"], { cwd: at, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
    } catch (error) {
      out = error.stdout;
    }
    // Names that the map is to declare, and files that it is to have, are unknown yet.
    const errors = JSON.parse(out).diagnostics.filter(({ severity, code }) => severity === "error" && !["E0001", "E0203", "E0403"].includes(code));
    assert.deepEqual(errors, [], `${name}\n${filled}`);
  }
});
