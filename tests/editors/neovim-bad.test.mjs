// What goes wrong around Neovim: a server that is missing, too old or dying, odd files. Each is told once, and plainly, and
// editing goes on.
import assert from "node:assert/strict";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { folder, journey, until } from "./lib/places.mjs";
import { editions, Neovim } from "./lib/neovim.mjs";

const map = 'journey trip "A trip" {\n  owner nobody\n  stage first "First" {\n    touchpoint asks "Asks" via phone\n  }\n}\n';
const files = { "trip.journey": map, "other.journey": map };

/** A line is typed, and stands in the file. */
async function edits(nvim) {
  await nvim.goto("stage");
  nvim.keys("O");
  nvim.type("// typed");
  nvim.keys("Escape");
  await nvim.until("what was typed", `return vim.api.nvim_get_mode().mode == "n" and vim.fn.search("// typed", "nw") > 0`);
}
/** The plugin has said this, and nothing like it a second time. */
async function told(nvim, pattern) {
  const said = await until(String(pattern), async () => {
    const text = await nvim.said();
    return pattern.test(text) && text;
  });
  assert.equal(said.match(new RegExp(pattern, "g")).length, 1, said);
  return said;
}

/** The process ids of the servers that this Neovim has started. */
async function servers(nvim) {
  const pid = await nvim.lua("return vim.fn.getpid()");
  const read = (file) => {
    try {
      return readFileSync(`/proc/${file}`, "utf8");
    } catch {
      return ""; // it has gone
    }
  };
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) => read(`${pid}/task/${task}/children`).trim().split(" "));
  return children.filter((child) => child && read(`${child}/cmdline`).split("\0")[1] === "lsp");
}

const cases = {
  "the program is missing": async (t, edition) => {
    const nvim = new Neovim(t, edition, { files, open: "trip.journey", cmd: "/nowhere/journey" });
    await told(nvim, /there is no program `\/nowhere\/journey`: install it/);
    nvim.command("edit other.journey");
    await nvim.until("the other file", `return vim.fn.expand("%:t") == "other.journey"`);
    await told(nvim, /there is no program/);
    await edits(nvim);
    nvim.command("JourneyShow");
    await until("why there is no map", async () => /The map can't be drawn: .*\/nowhere\/journey/s.test(await nvim.shown("journey://map")));
    nvim.command("checkhealth journey");
    await nvim.until("what to do", `return vim.fn.search("ERROR.*there is no program", "nw") > 0 and vim.fn.search("vim.g.journey_cmd", "nw") > 0`);
  },
  "the program is too old": async (t, edition) => {
    const old = join(folder(t, { journey: '#!/bin/sh\n[ "$1" = --version ] && echo "journey 0.0.3" && exit\necho "journey: there is no verb $1" >&2\nexit 2\n' }), "journey");
    const nvim = new Neovim(t, edition, { files, open: "trip.journey", cmd: ["sh", old] });
    await told(nvim, /the program is version 0\.0\.3, and this plugin needs \d+\.\d+\.\d+; editing goes on without it/);
    await edits(nvim);
    nvim.command("edit other.journey");
    await nvim.until("the other file", `return vim.fn.expand("%:t") == "other.journey"`);
    await told(nvim, /before it answered/);
  },
  "another program of that name": async (t, edition) => {
    const nvim = new Neovim(t, edition, { files, open: "trip.journey", cmd: "/bin/echo" });
    await told(nvim, /`\/bin\/echo` is too old, or another program of that name/);
    await edits(nvim);
  },
  "the server is killed five times": async (t, edition) => {
    const nvim = new Neovim(t, edition, { files, open: "trip.journey" });
    for (let killed = new Set(), times = 1; times <= 5; times++) {
      const pid = await until(`server ${times}`, async () => (await servers(nvim)).find((child) => !killed.has(child)));
      await nvim.attached();
      killed.add(pid);
      process.kill(Number(pid), "SIGKILL");
    }
    await told(nvim, /ended 5 times in 3 minutes and is left alone/);
    assert.deepEqual(await servers(nvim), []);
    await edits(nvim);
    nvim.keys("Escape");
    nvim.command("JourneyRestart");
    await nvim.attached();
    await nvim.diagnostics(/nobody/);
    nvim.command("JourneyLog");
    await until("the log", async () => /ended 5 times/.test(await nvim.shown("journey://log")));
  },
  "the server dies while the map is drawn": async (t, edition) => {
    const nvim = new Neovim(t, edition, { files, open: "trip.journey" });
    await nvim.attached();
    nvim.command("JourneyShow");
    await until("the map", async () => (await nvim.shown("journey://map")).includes("A trip"));
    process.kill(Number((await servers(nvim))[0]), "SIGKILL");
    await nvim.goto("Asks");
    nvim.type("ciwCalls");
    nvim.keys("Escape");
    await until("the new title", async () => (await nvim.shown("journey://map")).includes("Calls"));
    await nvim.attached();
  },
  "no server is wanted": async (t, edition) => {
    const nvim = new Neovim(t, edition, { files, open: "trip.journey", init: "vim.g.journey_lsp = 0" });
    await nvim.ready();
    nvim.command("JourneyShow");
    await until("why there is no map", async () => /can't be drawn: .*no team called `nobody`/.test(await nvim.shown("journey://map")));
    await nvim.goto("owner");
    nvim.type("dd");
    await until("the map", async () => (await nvim.shown("journey://map")).startsWith("A trip"));
    await nvim.goto("Asks");
    nvim.type("ciwCalls");
    nvim.keys("Escape");
    await until("the new title", async () => (await nvim.shown("journey://map")).includes("Calls"));
    await nvim.goto("phone");
    nvim.type("ciwpigeon");
    nvim.keys("Escape");
    await nvim.sees(/Map of trip.journey, as it was: .*no channel called `pigeon`/);
    assert.match(await nvim.shown("journey://map"), /^A trip/);
    nvim.type("ciwphone");
    nvim.keys("Escape");
    await nvim.sees(/Map of trip.journey +Enter/);
    nvim.command("silent write");
    nvim.command("JourneyScore");
    await until("the numbers", async () => /Effort/.test(await nvim.shown("journey://score")));
    assert.deepEqual(await servers(nvim), []);
  },
  "no Lua of the project is to run": async (t, edition) => {
    const nvim = new Neovim(t, edition, { files, open: "trip.journey", init: 'require("journey").setup({ scripts = false })' });
    await nvim.attached();
    assert.match(readFileSync(`/proc/${(await servers(nvim))[0]}/cmdline`, "utf8"), /\0--no-scripts\0/);
  },
  "a file outside of any folder": async (t, edition) => {
    const home = folder(t, files);
    const nvim = new Neovim(t, edition, { at: home, open: "trip.journey", env: { HOME: home } });
    await nvim.diagnostics(/no team called `nobody`/);
    assert.equal(await nvim.lua(`return require("journey.lsp").client(0).config.root_dir or "none"`), "none");
  },
  "the file is deleted": async (t, edition) => {
    const nvim = new Neovim(t, edition, { files, open: "trip.journey" });
    await nvim.diagnostics(/nobody/);
    rmSync(join(nvim.at, "trip.journey"));
    nvim.command("JourneyShow");
    await edits(nvim);
    await nvim.goto("nobody");
    nvim.type("ciwsomebody");
    nvim.keys("Escape");
    await nvim.diagnostics(/no team called `somebody`/);
    await until("the map", async () => (await nvim.shown("journey://map")).includes("A trip"));
    nvim.command("JourneyScore");
    await until("the numbers", async () => /Effort/.test(await nvim.shown("journey://score")));
  },
  "a file that is no UTF-8": async (t, edition) => {
    const at = folder(t);
    writeFileSync(join(at, "cafe.journey"), Buffer.from(map.replace("Asks", "Caf\u00e9"), "latin1"));
    const nvim = new Neovim(t, edition, { at, open: "cafe.journey" });
    await nvim.diagnostics(/nobody/);
    nvim.command("JourneyShow");
    await until("the map", async () => (await nvim.shown("journey://map")).includes("Caf\u00e9"));
    await edits(nvim);
    nvim.command("silent write");
    await until("its bytes", () => readFileSync(join(at, "cafe.journey")).includes(Buffer.from("Caf\u00e9", "latin1")));
  },
  "a file of 5 MB": async (t, edition) => {
    const step = (i) => `    touchpoint "Step ${i}" via phone feels -1 "She waits for an answer, and nobody calls" {\n      takes 2h\n    }\n`;
    const big = `journey big "Big" {\n  owner nobody\n  stage first "First" {\n${Array.from({ length: 48_000 }, (_, i) => step(i)).join("")}  }\n}\n`;
    assert.ok(big.length > 5e6);
    const nvim = new Neovim(t, edition, { files: { "big.journey": big }, open: "big.journey" });
    await nvim.attached();
    nvim.type("G");
    await edits(nvim);
    await nvim.diagnostics(/nobody/);
    nvim.command("edit! trip.journey");
    await nvim.until("another file", `return vim.fn.expand("%:t") == "trip.journey"`);
  },
};

const all = await editions();
describe("bad input", { concurrency: true }, () => {
  for (const edition of all)
    describe(edition.name, { concurrency: 1 }, () => {
      for (const [name, run] of Object.entries(cases)) test(name, { skip: edition.why }, (t) => run(t, edition));
    });
});
