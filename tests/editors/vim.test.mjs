// Vim with ALE and the configuration of its page: what is wrong, completion, mending, renaming, tidying, the map.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import test from "node:test";
import { home, maps, shows } from "./lib/home.mjs";
import { blocks, program, until } from "./lib/places.mjs";
import { Terminal } from "./lib/terminal.mjs";

const vim = program("vim");
const about = vim ? execFileSync(vim, ["--version"], { encoding: "utf8" }) : "";
const skip = !vim ? "vim is not installed" : !/\+channel/.test(about) ? "this vim talks to no programs (apt install vim)" : !program("tmux") && "tmux is not installed";
const withAle = () => spawnSync(vim, ["-Nu", "NONE", "-es", "-c", "silent! packadd ale", "-c", "if exists(':ALEInfo') | qa! | endif | cq!"]).status === 0;
const skipAle = skip || (!withAle() && "ALE is not installed (apt install vim-ale)");
const [setup, keys] = blocks("vim/README.md");

function start(t, { files = maps, vimrc = setup.text + keys.text, ...options } = {}) {
  const place = home(t, files, options);
  place.write(".vimrc", vimrc);
  const terminal = new Terminal(t, [vim, "first.journey"], { folder: place.at, env: place.env });
  return { place, terminal };
}
const command = (terminal, text) => {
  terminal.type(`:${text}`);
  terminal.keys("Enter");
};
/** The cursor on the first such word. */
const at = (terminal, word) => {
  terminal.keys("Escape", "g", "g");
  terminal.type(`/${word}`);
  terminal.keys("Enter");
};

test("what is wrong is seen, mended, renamed, tidied, shown", { skip: skipAle }, async (t) => {
  const { place, terminal } = start(t);
  await terminal.sees(">>    touchpoint sign");
  terminal.type("]d");
  await terminal.sees("E0203: there is no channel called `emial`");
  terminal.type("\\a");
  await terminal.sees("1) Write `email` instead of `emial`");
  terminal.keys("1", "Enter");
  await terminal.sees("via email");
  at(terminal, "sarah");
  terminal.type("K");
  await terminal.sees("| Sarah · persona sarah |");
  terminal.type("hl\\r");
  await terminal.sees("New name: sarah");
  terminal.keys("C-u");
  terminal.type("sally");
  terminal.keys("Enter");
  await terminal.sees("persona sally");
  terminal.type("\\f");
  await terminal.sees('touchpoint pay  "Pays"  via web');
  command(terminal, "wall");
  await place.has("first.journey", /persona +sally/);
  await place.has("people.journey", "persona sally");
  at(terminal, "sally");
  terminal.type("gd");
  await terminal.sees('role "Buyer"');
  command(terminal, "edit first.journey");
  terminal.type("\\p");
  const address = await place.opened();
  await shows(address, "Pays");
  at(terminal, "Pays");
  terminal.type("iClient ");
  terminal.keys("Escape");
  await shows(address, "Client Pays");
  command(terminal, "JourneyScore");
  await terminal.sees("Channel switches");
});

test("what may stand there is offered while one types", { skip: skipAle }, async (t) => {
  const { place, terminal } = start(t);
  await terminal.sees(">>    touchpoint sign");
  terminal.type("3Gomapp");
  await terminal.sees("The teams that took part in the mapping");
  terminal.keys("C-n");
  terminal.keys("Escape");
  command(terminal, "w");
  await place.has("first.journey", /^ {2}mapped-by/m);
});

test("colours, indentation and :make are there without ALE and without the server", { skip }, async (t) => {
  const { place, terminal } = start(t, { journey: false, vimrc: setup.text.replace("packadd! ale\n", "") });
  command(terminal, "echo synIDattr(synID(2, 1, 1), 'name') &makeprg");
  await terminal.sees(/journey\w+ journey check/);
  terminal.keys("3", "G");
  await terminal.sees("journey is not found: install it, or set g:journey_cmd");
  terminal.type('oobjective "Renew"');
  terminal.keys("Escape");
  command(terminal, "w");
  await place.has("first.journey", '\n  objective "Renew"\n');
  command(terminal, "JourneyPreview");
  await terminal.sees("ALE is not installed");
});

test(":make lists what is wrong, however grave it is", { skip }, async (t) => {
  const settings = "project {\n  rule W0501 information\n}\n";
  const files = { ...maps, "project.journey": settings, "first.journey": maps["first.journey"].replaceAll(/^ *owner.*\n/gm, "") };
  const { terminal } = start(t, { files, vimrc: setup.text.replace("packadd! ale\n", "") });
  command(terminal, "silent make % | redraw! | copen");
  await terminal.sees(/first\.journey\|\d+ col \d+ info\| W0501: nobody owns/);
  await terminal.sees(/first\.journey\|\d+ col \d+ error\| E0203: there is no channel/);
});

test("a server that dies is started again, and writing goes on", { skip: skipAle }, async (t) => {
  const { place, terminal } = start(t);
  await terminal.sees(">>    touchpoint sign");
  const [server] = terminal.children("journey");
  process.kill(server, "SIGKILL");
  terminal.type('3Goobjective "Renew"');
  terminal.keys("Escape");
  command(terminal, "w");
  await place.has("first.journey", 'objective "Renew"');
  await until("a new server", () => terminal.children("journey").some((pid) => pid !== server));
  terminal.type("Goteam x {");
  terminal.keys("Escape");
  await terminal.sees(">>");
});
