// Helix with the configuration of its page: colours, what is wrong, completion, mending, renaming, tidying, the map.
import assert from "node:assert/strict";
import test from "node:test";
import { home, maps, shows } from "./lib/home.mjs";
import { blocks, program, tool, until } from "./lib/places.mjs";
import { Terminal } from "./lib/terminal.mjs";

const found = program("hx") ? { path: program("hx") } : tool("install-helix.sh");
const skip = found.why ?? (!program("tmux") && "tmux is not installed");
const [languages, grammar, keys] = blocks("helix/README.md");

function start(t, { files = maps, open = "first.journey", ...options } = {}) {
  const place = home(t, files, options);
  place.write(".config/helix/languages.toml", languages.text);
  place.write(".config/helix/config.toml", keys.text);
  place.shell(grammar.text);
  const terminal = new Terminal(t, [found.path, open], { folder: place.at, env: { ...place.env, COLORTERM: "truecolor" } });
  return { place, terminal };
}
const command = (terminal, text) => {
  terminal.type(`:${text}`);
  terminal.keys("Enter");
};
/** The cursor to the first place of a word. */
function at(terminal, word) {
  command(terminal, "goto 1");
  terminal.type(`/${word}`);
  terminal.keys("Enter");
}
// Escape and the next key are one where they come at once.
async function escape(terminal) {
  terminal.keys("Escape");
  await terminal.sees(" NOR ");
}

test("all that the page sets up is there", { skip }, async (t) => {
  const { place } = start(t);
  const health = place.shell(`${found.path} --health journey`);
  assert.match(health, /✓.*journey: .*bin\/journey/);
  for (const what of ["Tree-sitter parser", "Highlight queries", "Textobject queries", "Indent queries", "Rainbow queries"])
    assert.match(health, new RegExp(`${what}: .*✓`));
});

test("what is wrong is seen, mended, renamed, tidied, shown", { skip }, async (t) => {
  const { place, terminal } = start(t);
  await terminal.sees("there is no channel called `emial`");
  terminal.keys("]", "d");
  await terminal.sees("did you mean `email`?");
  terminal.keys("Space", "a");
  await terminal.sees("Write `email` instead of `emial`");
  terminal.keys("Enter");
  terminal.keys("Enter");
  await terminal.sees(/via email/);
  at(terminal, "sarah");
  terminal.keys("Space", "k");
  await terminal.sees("Sarah · persona sarah");
  await escape(terminal);
  terminal.keys("Space", "r");
  await terminal.sees("rename-to:");
  terminal.keys("C-u");
  terminal.type("sally");
  terminal.keys("Enter");
  await terminal.sees("persona sally");
  command(terminal, "fmt");
  await terminal.sees(/touchpoint pay  "Pays"  via web/);
  command(terminal, "write-all");
  await place.has("people.journey", "persona sally");
  await place.has("first.journey", /persona {1,2}sally/);
  terminal.keys("Space", "s");
  await terminal.sees(/event +Pays +Decision/);
  await escape(terminal);
  terminal.keys("Space", "j", "p");
  const address = await place.opened();
  await shows(address, "Pays");
  at(terminal, "Pays");
  terminal.type("cPays by card");
  await shows(address, "Pays by card");
});

test("what may stand there is offered, with its meaning", { skip }, async (t) => {
  const { place, terminal } = start(t);
  await terminal.sees("there is no channel");
  terminal.keys("3", "G", "o");
  terminal.type("obj");
  await terminal.sees(/objective +keyword/);
  terminal.keys("Tab");
  await terminal.sees("What the firm wants to reach");
  terminal.keys("Enter");
  await escape(terminal);
  command(terminal, "w");
  await place.has("first.journey", /^ {2}objective$/m);
});

// The colour in which the screen has a word.
const colourOf = (screen, word) => {
  const before = screen.slice(0, screen.indexOf(word));
  return [...before.matchAll(/\x1b\[(?:[0-9;:]*;)?(38[;:][0-9;:]+?)m/g)].pop()?.[1];
};

test("colours are those of the grammar", { skip }, async (t) => {
  const { terminal } = start(t);
  await terminal.sees("there is no channel");
  command(terminal, "theme github_dark");
  const scopes = { owner: "keyword", decision: "type", "2026-10-01": "constant.numeric", Pays: "string" };
  for (const [word, scope] of Object.entries(scopes)) {
    at(terminal, word);
    command(terminal, "tree-sitter-highlight-name");
    await terminal.sees(new RegExp(` ${scope}( |$)`, "m"));
    await escape(terminal);
  }
  const screen = terminal.tmux("capture-pane", "-p", "-e");
  const colours = Object.keys(scopes).map((word) => colourOf(screen, word));
  assert.equal(new Set(colours).size, 4, `four colours: ${colours}`);
});

test("a missing server is said when it is asked, and writing goes on", { skip }, async (t) => {
  const { place, terminal } = start(t, { journey: false });
  assert.match(place.shell(`${found.path} --health journey`), /✘.*journey/);
  await terminal.sees("Loaded 1 file");
  terminal.keys("Space", "k");
  await terminal.sees("No configured language server supports hover");
  terminal.keys("3", "G", "o");
  terminal.type('objective "Renew"');
  await escape(terminal);
  command(terminal, "w");
  await place.has("first.journey", 'objective "Renew"');
});

test("a server that dies is said, writing goes on, and it is started again when asked to", { skip }, async (t) => {
  const { place, terminal } = start(t);
  await terminal.sees("there is no channel");
  const [server] = terminal.children("journey");
  process.kill(server, "SIGKILL");
  await terminal.sees(/exited|terminated|closed/i);
  terminal.keys("3", "G", "o");
  terminal.type('objective "Renew"');
  await escape(terminal);
  command(terminal, "w");
  await place.has("first.journey", 'objective "Renew"');
  command(terminal, "lsp-restart");
  await until("a new server", () => terminal.children("journey").some((pid) => pid !== server));
  at(terminal, "emial");
  terminal.keys("Space", "a");
  await terminal.sees("Write `email` instead of `emial`");
});
