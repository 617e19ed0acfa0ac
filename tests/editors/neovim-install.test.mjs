// The page of the plugin does what it says: installed as written there, and with the lines that it recommends.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { promisify } from "node:util";
import { blocks, folder, journey, patience, program } from "./lib/places.mjs";
import { editions, Neovim, plugin } from "./lib/neovim.mjs";

const run = promisify(execFile);
const page = blocks("neovim/README.md");
const block = (language, pattern) => page.find(({ language: is, text }) => is === language && pattern.test(text)).text;

/** A home with a copy of the project in ~/journey, and this Neovim and journey as what `nvim` and `journey` are. */
function home(t, edition) {
  const at = folder(t, { "trip.journey": 'journey "A trip" {}\n' });
  const copy = join(plugin(t), "../..");
  mkdirSync(join(at, "bin"));
  symlinkSync(edition.path, join(at, "bin/nvim"));
  symlinkSync(journey, join(at, "bin/journey"));
  symlinkSync(copy, join(at, "journey"));
  const env = { PATH: `${at}/bin:${process.env.PATH}`, HOME: at, LC_ALL: "C.UTF-8", TERM: "dumb" };
  return { at, copy, env };
}

/** What this expression of Vim is, in a Neovim that has opened a map. */
async function asked({ at, env }, expression) {
  const out = join(at, "answer");
  const ask = [`+lua vim.wait(${patience}, function() return require("journey.lsp").client(0) ~= nil end)`, `+call writefile([json_encode(${expression})], '${out}')`, "+qall!"];
  // 0.12 sometimes ends by SIGPIPE when it says farewell to a server that has gone already: what it has answered counts.
  await run("nvim", ["--headless", "trip.journey", ...ask], { cwd: at, env, timeout: 2 * patience }).catch((error) => error);
  return JSON.parse(readFileSync(out, "utf8"));
}
const state = `[exists(':JourneyShow'), &filetype, luaeval('#require("journey.lsp").clients(0)'), len(getcompletion('journey-options', 'help'))]`;

const all = await editions();
describe("installed as the page says", { concurrency: true }, () => {
  for (const edition of all) {
    test(`without a plugin manager, ${edition.name}`, { skip: edition.why }, async (t) => {
      const place = home(t, edition);
      await run("sh", ["-e", "-c", block("sh", /pack\/journey/)], { env: place.env });
      assert.deepEqual(await asked(place, state), [2, "journey", 1, 1]);
    });
  }
  const newest = all.at(-1);
  const why = newest.why ?? (program("git") ? undefined : "git is not installed");
  test("by vim.pack", { skip: why }, async (t) => {
    const place = home(t, newest);
    const git = (...args) => run("git", ["-c", "user.name=T", "-c", "user.email=t@example.org", "-C", place.copy, ...args], { env: place.env });
    await git("init", "-q", "-b", "main");
    await git("add", "editors");
    await git("commit", "-qm", "A copy");
    mkdirSync(join(place.at, ".config/nvim"), { recursive: true });
    writeFileSync(join(place.at, ".config/nvim/init.lua"), block("lua", /vim\.pack\.add/).replace("/home/you/journey", place.copy));
    assert.deepEqual(await asked(place, state), [2, "journey", 1, 1]);
  });
  test("what is worth having in init.lua", { skip: newest.why }, async (t) => {
    const init = block("lua", /completion\.enable/);
    const files = { "trip.journey": 'journey trip "A trip" {\n  owner nobody\n\n}\n', "people.journey": 'team sales "Sales"\n' };
    const nvim = new Neovim(t, newest, { files, open: "trip.journey", init });
    await nvim.attached();
    await nvim.sees(/owner nobody .*there is no team called `nobody`/);
    nvim.keys("j", "j", "S");
    nvim.type("sc");
    await nvim.sees(/sc\n.*scenario +Keyword/);
  });
});
