// Emacs with the configuration of its page: colours, indentation, and by Eglot what is wrong, completion, mending, renaming, the map.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { capturesOf, mapsBelow, treeSitter } from "./lib/captures.mjs";
import { home, maps, shows } from "./lib/home.mjs";
import { blocks, program, root, until } from "./lib/places.mjs";
import { Terminal } from "./lib/terminal.mjs";

const emacs = program("emacs");
const skip = !emacs && "emacs is not installed (apt install emacs-nox elpa-eglot)";
const [setup, tidies] = blocks("emacs/README.md");

function batch(...args) {
  const env = { ...process.env, LC_ALL: "C.UTF-8" };
  return execFileSync(emacs, ["--batch", "-L", join(root, "editors/emacs"), ...args], { env, cwd: root, encoding: "utf8", maxBuffer: 1 << 26, stdio: ["ignore", "pipe", "pipe"] });
}
const has = (library) => batch("--eval", `(princ (if (locate-library "${library}") 1 0))`) === "1";
const withoutEglot = !skip && !has("eglot") && "eglot is not installed (apt install elpa-eglot)";

test("the mode compiles without a warning, and its documentation is complete", { skip }, (t) => {
  const place = home(t, { "journey-mode.el": readFileSync(join(root, "editors/emacs/journey-mode.el"), "utf8") });
  const file = place.path("journey-mode.el");
  batch("--eval", "(setq byte-compile-error-on-warn t)", "-f", "batch-byte-compile", file);
  const said = place.shell(`"${emacs}" -Q --batch --eval '(checkdoc-file "${file}")' 2>&1`);
  assert.equal(said, "");
});

// What the grammar's query calls things, in the words of Emacs.
const faces = { keyword: "keyword", type: "type", variable: "variable-name", number: "constant", constant: "constant", string: "string", comment: "comment", "comment.documentation": "comment" };

test("colours are those of the grammar", { skip: skip || (!treeSitter() && "no tree-sitter command; tests/tools/install-tree-sitter.sh brings one") }, (t) => {
  const files = mapsBelow("examples", "stdlib", "grammar/test");
  const expected = capturesOf(t, files);
  const printed = batch("-l", join(root, "tests/editors/emacs/look.el"), "-f", "journey-test-faces", ...files).split("\n\n");
  const wrong = [];
  files.forEach((file, f) => {
    const characters = [...readFileSync(join(root, file), "utf8")];
    const seen = [];
    for (const piece of printed[f].split("\n").filter(Boolean)) {
      const [start, end, face] = piece.split(" ");
      for (let i = Number(start); i < Number(end); i++) seen[i] = face;
    }
    let line = 1;
    characters.forEach((character, i) => {
      if (character === "\n") line++;
      const face = seen[i]?.replace(/^font-lock-|(-delimiter)?-face$/g, "");
      if (character.trim() && face !== faces[expected[f][i]]) wrong.push(`${file}:${line} ${character}: ${face}, not ${expected[f][i]}`);
    });
  });
  assert.deepEqual(wrong.slice(0, 20), [], `${wrong.length} characters`);
  assert.ok(files.length > 20);
});

test("lines stand where journey fmt puts them", { skip }, () => {
  const files = mapsBelow("examples/saas-onboarding", "examples/clinic");
  const printed = batch("-l", join(root, "tests/editors/emacs/look.el"), "-f", "journey-test-indentation", ...files).split("\f\n");
  files.forEach((file, f) => assert.equal(printed[f], readFileSync(join(root, file), "utf8"), file));
});

/* ---- in a terminal ---- */

const inTerminal = skip || (!program("tmux") && "tmux is not installed");

function start(t, { files = maps, ...options } = {}) {
  const place = home(t, files, options);
  place.write(".emacs.d/init.el", setup.text + tidies.text);
  // Emacs would compile its own libraries in the background, and show their warnings in a window.
  place.write(".emacs.d/early-init.el", "(setq native-comp-deferred-compilation nil inhibit-startup-screen t)\n");
  // With a display, addresses are given to xdg-open; -nw stays in the terminal all the same.
  const terminal = new Terminal(t, [emacs, "-nw", "first.journey"], { folder: place.at, env: { ...place.env, DISPLAY: ":9" } });
  return { place, terminal };
}
const command = (terminal, name) => {
  terminal.keys("M-x");
  terminal.type(name);
  terminal.keys("Enter");
};
/** The cursor on the last character of the first such words. */
async function at(terminal, word) {
  terminal.keys("M-<", "C-s");
  terminal.type(word);
  // In the last line; a message such as "Mark set" may stand where "I-search:" was.
  await until(`the search for ${word}`, () => terminal.screen().includes("Isearch") && terminal.screen().trimEnd().endsWith(word));
  terminal.keys("Enter", "C-b");
}

test("what is wrong is seen, mended, renamed, tidied, shown", { skip: inTerminal || withoutEglot }, async (t) => {
  const { place, terminal } = start(t);
  await terminal.sees("Flymake[1");
  terminal.keys("C-c", "C-n");
  await terminal.sees("there is no channel called `emial`");
  terminal.keys("C-c", "C-a");
  await terminal.sees("Write `email` instead of `emial`");
  terminal.keys("Enter");
  await terminal.sees("via email");
  await at(terminal, "persona sarah");
  await terminal.sees("Sarah · persona sarah");
  terminal.keys("C-c", "C-r");
  await terminal.sees("Rename");
  terminal.keys("C-a", "C-k");
  terminal.type("sally");
  terminal.keys("Enter");
  await terminal.sees("Proceed?");
  terminal.keys("y");
  await terminal.sees("persona sally");
  terminal.keys("C-x", "s");
  await terminal.sees("Save file");
  terminal.keys("!");
  await place.has("people.journey", "persona sally");
  await place.has("first.journey", /persona +sally/);
  await place.has("first.journey", /touchpoint pay {2}"Pays" {2}via web/); // tidied as it was saved
  command(terminal, "imenu");
  await terminal.sees("Index item:");
  terminal.type("pay");
  terminal.keys("Tab");
  await terminal.sees('Index item: pay  "Pays"');
  terminal.keys("C-g", "C-c", "C-l");
  await terminal.sees("Flymake diagnostics for");
  terminal.keys("C-c", "C-p");
  const address = await place.opened();
  await shows(address, "Pays");
  terminal.keys("C-x", "1");
  await at(terminal, "Pays");
  terminal.keys("M-b");
  terminal.type("Client ");
  await shows(address, "Client Pays");
});

test("what may stand there is offered", { skip: inTerminal || withoutEglot }, async (t) => {
  const { place, terminal } = start(t);
  await terminal.sees("Flymake[1");
  terminal.keys("M-g", "M-g", "4", "Enter", "C-o");
  terminal.type("  mapped");
  terminal.keys("C-M-i");
  await terminal.sees("  mapped-by");
  terminal.type(" succ");
  terminal.keys("C-M-i");
  await terminal.sees("  mapped-by success");
  terminal.keys("C-x", "C-s");
  await place.has("first.journey", /mapped-by +success/);
});

test("a missing server is said, and writing goes on with colours", { skip: inTerminal }, async (t) => {
  const { place, terminal } = start(t, { journey: false });
  await terminal.sees("The program journey is not found");
  terminal.keys("C-c", "C-p");
  await terminal.sees("No language server runs for this map");
  terminal.keys("M-g", "M-g", "4", "Enter", "C-o");
  terminal.type('objective "Renew"');
  terminal.keys("Tab", "C-x", "C-s");
  await place.has("first.journey", '\n  objective "Renew"\n');
});

test("a server that dies is said, writing goes on, and it is started again when asked to", { skip: inTerminal || withoutEglot }, async (t) => {
  const { place, terminal } = start(t);
  await terminal.sees("Flymake[1");
  for (const server of terminal.children("journey")) process.kill(server, "SIGKILL");
  await terminal.sees(/exited|reconnect/i);
  terminal.keys("M-g", "M-g", "4", "Enter", "C-o");
  terminal.type('  objective "Renew"');
  terminal.keys("C-x", "C-s");
  await place.has("first.journey", 'objective "Renew"');
  command(terminal, "eglot");
  await terminal.sees("Flymake[1");
  await at(terminal, "persona sarah");
  await terminal.sees("Sarah · persona sarah");
});
