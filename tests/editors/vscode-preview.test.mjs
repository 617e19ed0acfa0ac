// What the preview in VS Code works out without VS Code: which step a place of the text belongs to, that only the newest drawing is
// worth its work, and how large is the next size. The preview itself is tried in vscode.test.mjs.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import test from "node:test";
import { folder, root } from "./lib/places.mjs";

const extension = join(root, "editors/vscode");
const skip = !existsSync(join(extension, "node_modules/esbuild")) && "npm ci was not run in editors/vscode";

async function load(t, file) {
  const { buildSync } = createRequire(join(extension, "package.json"))("esbuild");
  const outfile = join(folder(t), "module.mjs");
  buildSync({ entryPoints: [join(extension, "src", file)], bundle: true, format: "esm", platform: "node", outfile });
  return import(pathToFileURL(outfile).href);
}

test("a place belongs to the innermost step around it", { skip }, async (t) => {
  const { placeAt } = await load(t, "preview/places.ts");
  const at = (line, character) => ({ line, character });
  const place = (id, from, to, uri = "a") => ({ id, uri, range: { start: from, end: from }, whole: { start: from, end: to } });
  const places = [
    place("sign", at(3, 4), at(9, 5)),
    place("call", at(5, 6), at(6, 7)), // inside
    place("left", at(11, 4), at(11, 20)),
    place("right", at(11, 24), at(11, 40)), // two on one line
    place("other", at(3, 4), at(9, 5), "b"),
  ];
  const found = (line, character, uri = "a") => placeAt(places, uri, at(line, character))?.id;
  assert.equal(found(4, 0), "sign");
  assert.equal(found(3, 0), "sign", "in front of its first word");
  assert.equal(found(9, 30), "sign", "behind its brace");
  assert.equal(found(5, 8), "call");
  assert.equal(found(7, 0), "sign");
  assert.equal(found(11, 10), "left");
  assert.equal(found(11, 30), "right");
  assert.equal(found(2, 0), undefined);
  assert.equal(found(10, 0), undefined);
  assert.equal(found(4, 0, "b"), "other");
  assert.equal(placeAt([{ id: "old", uri: "a", range: { start: at(1, 2), end: at(1, 6) } }], "a", at(1, 9))?.id, "old", "of a server that says no more");
});

test("work that is overtaken is done once more, and never twice", { skip }, async (t) => {
  const { Latest } = await load(t, "preview/latest.ts");
  const going = [], overtaken = [];
  const latest = new Latest(() => new Promise((done) => going.push(done)).then(() => overtaken.push(latest.isOvertaken)));
  const turn = () => new Promise((go) => setImmediate(go));
  latest.ask();
  for (let i = 0; i < 100; i++) latest.ask();
  assert.equal(going.length, 1, "one at a time");
  going[0]();
  await turn();
  assert.deepEqual(overtaken, [true]);
  assert.equal(going.length, 2, "a hundred that came meanwhile are one");
  going[1]();
  await turn();
  assert.deepEqual(overtaken, [true, false]);
  assert.equal(going.length, 2);
  latest.ask();
  latest.ask();
  latest.end();
  going[2]();
  await turn();
  assert.equal(going.length, 3, "nothing is begun after the end");
});

test("sizes go up and down by steps, and by the wheel", { skip }, async (t) => {
  const { least, most, step, turned, words } = await load(t, "page/zoom.ts");
  assert.equal(step(1, 1), 1.1);
  assert.equal(step(1, -1), 0.9);
  assert.equal(step(0.42, 1), 0.5, "from the width of the window to the next step");
  assert.equal(step(most, 1), most);
  assert.equal(step(least, -1), least);
  assert.ok(turned(1, 10) < 1 && turned(1, -10) > 1 && turned(1, 1e9) > 0.5 && turned(most, -100) === most);
  assert.equal(words(0.333), "33 %");
});

test("of a text only what differs is sent, and it is the same again", { skip }, async (t) => {
  const { patchOf, patched } = await load(t, "preview/patch.ts");
  const texts = ["", "a", "aa", "aaa", "aba", "<p>one</p><p>two</p>", "<p>one</p><p>three</p>", "<p>two</p>", "😀x", "😁x"];
  for (const before of texts) for (const now of texts) assert.equal(patched(before, patchOf(before, now)), now, `${before} → ${now}`);
  assert.equal(patchOf("x".repeat(1000), `${"x".repeat(500)}y${"x".repeat(500)}`).text, "y");
});
