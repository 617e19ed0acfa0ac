// What the queries of the grammar, of Helix and of Zed find in a map, and how the tree-sitter command colours maps: beside the
// map in tree-sitter/. JOURNEY_UPDATE=1 writes what is found now.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { mapsBelow, treeSitter } from "./lib/captures.mjs";
import { folder, root } from "./lib/places.mjs";

const command = treeSitter();
const skip = !command && "no tree-sitter command; tests/tools/install-tree-sitter.sh brings one";
const data = join(root, "tests/editors/tree-sitter");
const map = join(data, "map.journey");
const text = readFileSync(map, "utf8");

/** The command in a copy of the grammar, which it may build things into. */
function grammar(t) {
  const at = folder(t);
  cpSync(join(root, "grammar"), join(at, "tree-sitter-journey"), { recursive: true });
  const env = { ...process.env, XDG_CACHE_HOME: at, XDG_CONFIG_HOME: at, TREE_SITTER_LIBDIR: join(at, "lib") };
  mkdirSync(join(at, "tree-sitter"));
  const names = [...new Set(readFileSync(join(root, "grammar/queries/highlights.scm"), "utf8").match(/@[\w.]+/g))];
  const theme = Object.fromEntries(names.map((name, i) => [name.slice(1), `#${(i * 1111111).toString(16).padStart(6, "0").slice(-6)}`]));
  writeFileSync(join(at, "tree-sitter/config.json"), JSON.stringify({ "parser-directories": [at], theme }));
  return (...args) => execFileSync(command, args, { cwd: join(at, "tree-sitter-journey"), env, encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "pipe"] });
}

function same(name, found) {
  const file = join(data, name);
  if (process.env.JOURNEY_UPDATE) writeFileSync(file, found);
  assert.equal(found, readFileSync(file, "utf8"), `${name}: JOURNEY_UPDATE=1 writes it anew`);
}

/** A line for each capture: where, which, and the first line of what. */
function captures(out) {
  const lines = text.split("\n").map((line) => Buffer.from(line));
  const found = [];
  for (const [, name, ...numbers] of out.matchAll(/capture: (?:\d+ - )?([\w.-]+), start: \((\d+), (\d+)\), end: \((\d+), (\d+)\)/g)) {
    const [row, column, endRow, endColumn] = numbers.map(Number);
    const words = lines[row].subarray(column, row === endRow ? endColumn : undefined).toString();
    found.push(`${row + 1}:${column + 1}-${endRow + 1}:${endColumn + 1} ${name} ${words}${row === endRow ? "" : " …"}`);
  }
  return `${found.join("\n")}\n`;
}

for (const [name, at] of [["grammar", "grammar/queries"], ["helix", "editors/helix/queries/journey"], ["zed", "editors/zed/languages/journey"]])
  test(`the queries in ${at} find what they are for`, { skip }, (t) => {
    const run = grammar(t);
    const files = readdirSync(join(root, at)).filter((file) => file.endsWith(".scm"));
    const found = files.sort().map((file) => `==== ${file}\n${captures(run("query", join(root, at, file), map))}`);
    same(`${name}.txt`, found.join("\n"));
  });

/** The lines of the page that `tree-sitter highlight --html` makes, with their elements. */
const linesOf = (page) => [...page.matchAll(/<td class=line>([\s\S]*?)\n?<\/td>/g)].map(([, line]) => line);
const plain = (html) =>
  html.replace(/<[^>]*>/g, "").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&amp;", "&");

test("tree-sitter highlight colours a map, as a page and in the terminal", { skip }, (t) => {
  const run = grammar(t);
  same("highlight.html", linesOf(run("highlight", "--html", "--css-classes", map)).join("\n") + "\n");
  const shown = run("highlight", map);
  assert.match(shown, /\x1b\[/);
  assert.equal(shown.replace(/\x1b\[[0-9;]*m/g, "").trim(), text.trim());
});

test("tree-sitter highlight colours every example, and loses nothing of it", { skip }, (t) => {
  const run = grammar(t);
  const files = mapsBelow("examples", "stdlib");
  for (const file of files) {
    const lines = linesOf(run("highlight", "--html", "--css-classes", join(root, file)));
    assert.equal(lines.map(plain).join("\n").trim(), readFileSync(join(root, file), "utf8").trim(), file);
    assert.ok(lines.some((line) => line.includes("<span class='keyword'>")), file);
  }
  assert.ok(files.length > 20);
});

test("tree-sitter tags lists what a map declares, and what points to it", { skip }, (t) => {
  const listed = grammar(t)("tags", map).split("\n").filter((line) => line.includes("| "));
  same("tags.txt", listed.map((line) => line.replace(/[ \t]+/g, " ").trim()).join("\n") + "\n");
});
