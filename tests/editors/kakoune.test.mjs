// Kakoune with the configuration of its page: what is wrong, tidying, indentation, the map; with kakoune-lsp where it is there.
import assert from "node:assert/strict";
import test from "node:test";
import { home, maps } from "./lib/home.mjs";
import { blocks, program, until } from "./lib/places.mjs";
import { Terminal } from "./lib/terminal.mjs";

const kak = program("kak");
const skip = !kak ? "kakoune is not installed (apt install kakoune)" : !program("tmux") && "tmux is not installed";
const [plain, server] = blocks("kakoune/README.md");

function start(t, { files = maps, kakrc = plain.text, ...options } = {}) {
  const place = home(t, files, options);
  place.write(".config/kak/kakrc", kakrc);
  const terminal = new Terminal(t, [kak, "-s", `journey-test-${process.pid}-${++started}`, "first.journey"], { folder: place.at, env: place.env });
  return { place, terminal };
}
let started = 0;
const command = (terminal, text) => {
  terminal.keys("Escape");
  terminal.type(`:${text}`);
  terminal.keys("Enter");
};

test("what is wrong is marked and said, the map is tidied and shown", { skip }, async (t) => {
  const { place, terminal } = start(t);
  await terminal.sees("linting results:  1 error(s)");
  await terminal.sees('x    touchpoint sign "Signs"');
  terminal.keys("Space");
  await terminal.sees("to the next thing that is wrong");
  terminal.keys("n");
  await terminal.sees("there is no channel called `emial`");
  terminal.keys("Escape");
  terminal.type("%semial");
  terminal.keys("Enter");
  terminal.type("cemail");
  terminal.keys("Escape");
  await terminal.sees("linting results:  0 error(s)");
  terminal.keys("Space", "f");
  await terminal.sees('touchpoint pay  "Pays"  via web');
  command(terminal, "write");
  await place.has("first.journey", "via email");
  terminal.keys("Space", "m");
  await terminal.sees("│ Decision");
  command(terminal, "buffer first.journey");
  terminal.keys("Space", "p");
  await terminal.sees("the page follows every save");
  const address = await place.opened();
  assert.match(await (await fetch(`${address}.html`)).text(), /Onboarding/);
  command(terminal, "quit!");
  await until("the page's server has ended", () => fetch(address).then(() => false, () => true));
});

test("the text counts as it is written, with what it imports; lines stand where they belong", { skip }, async (t) => {
  const { place, terminal } = start(t, { files: { ...maps, "first.journey": maps["first.journey"].replace("emial", "email") } });
  await terminal.sees("linting results:  0 error(s)");
  terminal.keys("3", "g", "o");
  terminal.type("note {");
  terminal.keys("Enter");
  terminal.type("unknown");
  terminal.keys("Enter");
  terminal.type("}");
  terminal.keys("Escape");
  await terminal.sees(/^x {2}note/m);
  await terminal.sees(/^ {3}\}/m);
  command(terminal, "write");
  await place.has("first.journey", "\n  note {\n    unknown\n  }\n");
});

test("what counts for information is marked, too", { skip }, async (t) => {
  const settings = "project {\n  rule W0501 information\n}\n";
  const { terminal } = start(t, { files: { ...maps, "project.journey": settings, "first.journey": maps["first.journey"].replaceAll(/^ *owner.*\n/gm, "") } });
  await terminal.sees(/^! *journey onboarding/m);
});

test("the words of the language are offered, and have their colours", { skip }, async (t) => {
  const { terminal } = start(t);
  await terminal.sees("linting results");
  terminal.keys("3", "g", "o");
  terminal.type("moment");
  await terminal.sees(/moment-of-truth/);
  terminal.keys("Escape");
  const colourOf = (word) => {
    const screen = terminal.tmux("capture-pane", "-p", "-e");
    return [...screen.slice(0, screen.indexOf(word)).matchAll(/\x1b\[[0-9;]*m/g)].pop()?.[0];
  };
  const colours = ["owner", "onboarding", "sarah", "2026-10-01", '"Onboarding"'].map(colourOf);
  assert.equal(new Set(colours).size, 5, JSON.stringify(colours));
});

test("a missing program is said, and writing goes on", { skip }, async (t) => {
  const { place, terminal } = start(t, { journey: false });
  await terminal.sees("lint failed, see *debug* for details");
  terminal.keys("Space", "p");
  await terminal.sees("journey is not found: install it, or set the option journey_program");
  terminal.keys("3", "g", "o");
  terminal.type('objective "Renew"');
  command(terminal, "write");
  await place.has("first.journey", '\n  objective "Renew"\n');
  command(terminal, "buffer *debug*");
  await terminal.sees("journey is not found: install it");
});

const withoutServer = skip || (!program("kak-lsp") && "kak-lsp is not in the PATH, and Debian doesn't have it: what the page says of it is not tried");
test("with kakoune-lsp, what is wrong is seen while one types", { skip: withoutServer }, async (t) => {
  const { terminal } = start(t, { kakrc: plain.text.split("\n")[0] + "\n" + server.text });
  await terminal.sees(/there is no channel called/);
});
