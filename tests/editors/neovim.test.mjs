// One story, told in three Neovims: a map is opened, mended, completed, renamed, drawn and measured by its user's keys.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { until } from "./lib/places.mjs";
import { editions, Neovim } from "./lib/neovim.mjs";

const files = {
  "journey.json": "{}",
  "metrics/steps.lua": "local metric = {\n",
  "people.journey": 'persona maria "Maria"\nteam sales "Sales"\nteam success "Customer success"\n',
  "trip.journey": `use "people.journey"

/// The first week, as Maria lives it.
journey trip "A trip" {
  persona  maria
  scenario "She has an hour"
  owner    sucess
  stage first "First" {
    touchpoint asks "Asks a friend" via phone feels +1 "A true story"
    touchpoint pays "Pays" via web feels -2 {
      takes 2h
    }
  }
}
`,
};

// The screen with what floats above it.
const hover = { 7: ":lua vim.lsp.buf.hover()", 10: "K", 12: "K" };
const minorOf = (edition) => (edition.minor >= 12 ? 12 : edition.minor);

async function story(t, edition) {
  const nvim = new Neovim(t, edition, { files, open: "trip.journey" });
  const part = (name, run) => t.test(name, run);
  const minor = minorOf(edition);
  await nvim.attached();

  await part("what is wrong is told, in a list and beside the line", async () => {
    const texts = await nvim.diagnostics(/no team called `sucess`/);
    assert.ok(texts.length >= 1);
    await nvim.goto("sucess");
    nvim.command("lua vim.diagnostic.open_float()");
    await nvim.sees(/there is no team called `sucess`/);
  });
  await part("a fix is chosen from the list of actions", async () => {
    await nvim.goto("sucess");
    nvim.command("lua vim.lsp.buf.code_action()");
    const screen = await nvim.sees(/\d+: .*`?success`?/);
    nvim.type(screen.match(/(\d+): .*`?success`?/)[1]);
    nvim.keys("Enter");
    await nvim.until("the mended line", `return vim.fn.search("owner *success", "nw") > 0`);
  });
  await part("hover says what a word means", async () => {
    await nvim.goto("maria");
    if (hover[minor] === "K") nvim.keys("K");
    else nvim.command(hover[minor].slice(1));
    await nvim.sees(/persona.*maria/);
    nvim.keys("j");
  });
  await part("keywords are completed", async () => {
    await nvim.goto("takes");
    const before = await nvim.text();
    nvim.keys("o");
    nvim.type("thi");
    nvim.keys("C-x", "C-o");
    await nvim.until("thinks, in the line or among the words", `local line = vim.api.nvim_get_current_line()
      return line:find("thinks") ~= nil or (vim.fn.pumvisible() == 1 and vim.inspect(vim.fn.complete_info({"items"})):find("thinks") ~= nil)`);
    nvim.keys("C-e", "Escape", "u");
    await until("the file without it", async () => (await nvim.text()) === before && (await nvim.lua("return vim.fn.mode()")) === "n");
  });
  await part("names of another file are completed", async () => {
    await nvim.goto("takes");
    const before = await nvim.text();
    nvim.keys("o");
    nvim.type("owner sa");
    nvim.keys("C-x", "C-o");
    await nvim.until("sales", `local line = vim.api.nvim_get_current_line()
      return line:find("owner sales") ~= nil or (vim.fn.pumvisible() == 1 and vim.inspect(vim.fn.complete_info({"items"})):find("sales") ~= nil)`);
    nvim.keys("C-e", "Escape", "u");
    await until("the file without it", async () => (await nvim.text()) === before && (await nvim.lua("return vim.fn.mode()")) === "n");
  });
  await part("a name is changed in all files", async () => {
    await nvim.goto("maria");
    nvim.command('lua vim.lsp.buf.rename("lena")');
    await nvim.until("the new name in both", `local people = vim.fn.bufnr("people.journey")
      return vim.fn.search("persona *lena", "nw") > 0 and people > 0 and vim.api.nvim_buf_get_lines(people, 0, 1, false)[1] == 'persona lena "Maria"'`);
    nvim.command("silent wall");
    await until("the file on the disk", () => readFileSync(join(nvim.at, "people.journey"), "utf8").startsWith("persona lena"));
  });
  await part("a metric in Lua is looked at in its project", async () => {
    nvim.command("silent edit metrics/steps.lua");
    await nvim.until("its server", `return vim.bo.filetype == "lua" and require("journey.lsp").client(0) ~= nil`);
    nvim.command("silent edit trip.journey");
    await nvim.attached();
  });
  await part("the columns are tidied", async () => {
    await nvim.goto("takes");
    nvim.keys("o");
    nvim.type("waits    3d");
    nvim.keys("Escape");
    nvim.command(minor === 7 ? "lua vim.lsp.buf.formatting_sync()" : "lua vim.lsp.buf.format()");
    await nvim.until("tidy lines", `return vim.fn.search("^      waits 3d$", "nw") > 0`);
  });
  await drawn(nvim, part);
  await pages(nvim, part);
  await part("checkhealth finds nothing wrong", async () => {
    nvim.command("checkhealth journey");
    await nvim.until("the report", `return vim.bo.filetype == "checkhealth" and vim.fn.search("journey: pages", "nw") > 0 and vim.fn.search("opened by", "nw") > 0`);
    assert.doesNotMatch(await nvim.text(), /ERROR|WARN/);
    assert.match(await nvim.text(), /running, client 1/);
    nvim.command(minor === 7 || minor === 10 ? "silent bwipeout" : "silent close");
  });
  await part("every tag of the help file is found", async () => {
    nvim.command(`silent helptags ${join(nvim.plugin, "doc")}`);
    for (const tag of ["journey", ":JourneyShow", ":JourneyPreview", "journey-options", "journey-trust"]) {
      const found = await nvim.lua(`vim.cmd("help ${tag}") local name, line = vim.fn.expand("%:t"), vim.api.nvim_get_current_line() vim.cmd("helpclose") return name .. " " .. line`);
      assert.match(found, /^journey.txt /);
      assert.ok(found.includes(`*${tag}*`), found);
    }
  });
  await part("nothing is left when Neovim has ended", async () => {
    nvim.command("qall!");
    await until("a page that is gone", () => fetch(nvim.live).then(() => false, () => true));
  });
}

async function drawn(nvim, part) {
  const map = () => nvim.shown("journey://map");
  await part("the map in a split follows the typing, and keeps its place", async () => {
    nvim.command("JourneyShow");
    await until("the map", async () => /A trip\n━━━/.test(await map()));
    await nvim.goto("Asks a friend");
    nvim.type("ciw");
    nvim.type("Telephones");
    await until("the title as it is typed", async () => (await map()).includes("Telephones a friend"));
    assert.equal(await nvim.lua("return vim.fn.mode()"), "i");
    nvim.keys("Escape");
    const marked = `local b = vim.fn.bufnr("journey://map") local t = {}
      for _, m in ipairs(vim.api.nvim_buf_get_extmarks(b, vim.api.nvim_create_namespace("journey-here"), 0, -1, {details = true})) do
        table.insert(t, vim.api.nvim_buf_get_lines(b, m[2], m[2] + 1, false)[1]:sub(m[3] + 1, m[4].end_col)) end return table.concat(t, "|")`;
    await until("the step under the cursor, marked", async () => /^ Telephones a friend *$/.test(await nvim.lua(marked)));
    await nvim.goto("Pays");
    await until("the other step, marked", async () => /^ Pays *$/.test(await nvim.lua(marked)));
    nvim.keys("C-w", "j");
    const at = await nvim.lua(`vim.fn.search("Client\\\\|Touchpoint", "w") return vim.fn.getline(".")`);
    await nvim.lua(`local b = vim.fn.bufnr("trip.journey") vim.api.nvim_buf_set_lines(b, 3, 3, false, {"", "// a line more"})`);
    await nvim.lua(`vim.cmd("doautocmd TextChanged trip.journey")`);
    assert.equal(await nvim.lua(`return vim.fn.getline(".")`), at);
  });
  await part("Enter on a step goes to its line", async () => {
    await nvim.lua(`vim.api.nvim_set_current_win(vim.fn.bufwinid("journey://map")) vim.fn.search("Pays", "w")`);
    nvim.keys("Enter");
    await nvim.until("the line", `return vim.fn.expand("%:t") == "trip.journey" and vim.api.nvim_get_current_line():find("touchpoint pays") ~= nil`);
  });
  await part("the map is that of the file in front of the user", async () => {
    nvim.command("edit other.journey");
    nvim.keys("i");
    nvim.type('journey "Another one" {}');
    nvim.keys("Escape");
    await until("the other map", async () => /^Another one\n━/.test(await map()));
    nvim.command("buffer trip.journey");
    await until("the first map again", async () => /^A trip\n━/.test(await map()));
    nvim.command("silent bwipeout! other.journey");
  });
  await part("q closes it, and nothing is left behind", async () => {
    await nvim.lua(`vim.api.nvim_set_current_win(vim.fn.bufwinid("journey://map"))`);
    nvim.keys("q");
    await nvim.until("one window", `return #vim.api.nvim_list_wins() == 1 and vim.fn.bufnr("journey://map") == -1`);
    assert.equal(await nvim.lua(`return vim.fn.exists("#journey-show")`), 0);
  });
}

async function pages(nvim, part) {
  const opened = () => readFileSync(nvim.pages, "utf8").trim().split("\n").pop();
  await part("numbers and the plan in a split", async () => {
    nvim.command("JourneyScore");
    await until("the numbers", async () => /Friction|Effort/.test(await nvim.shown("journey://score")));
    nvim.keys("q");
    nvim.command("JourneyPlan");
    const plan = await until("the plan", () => nvim.shown("journey://plan"));
    assert.match(plan, /^What to do first/, "words for people, and no Markdown");
    const columns = await nvim.lua(`return vim.o.columns`);
    assert.deepEqual(plan.split("\n").filter((line) => line.length > columns), [], "nothing stands outside of the window");
    await nvim.sees(/^ Plan +q: close/m);
    nvim.keys("q");
    await nvim.until("one window", `return #vim.api.nvim_list_wins() == 1`);
  });
  await part("the report in the browser", async () => {
    nvim.command("JourneyReport");
    const uri = await until("its address", () => opened().startsWith("file:") && opened());
    assert.match(readFileSync(new URL(uri), "utf8"), /<html/);
  });
  await part("the live page in the browser", async () => {
    nvim.command("JourneyPreview");
    const address = await until("its address", () => /^http:\/\/127\.0\.0\.1:\d+\//.test(opened()) && opened());
    const page = await fetch(address);
    assert.equal(page.status, 200);
    // Somebody looks at it: the page has the stream of changes open.
    const changes = await fetch(`${address}.events`);
    await nvim.goto("Telephones");
    nvim.type("ciwWrites to");
    nvim.keys("Escape");
    await until("the new title", async () => (await (await fetch(`${address}.html`)).text()).includes("Writes to a friend"));
    await changes.body.cancel();
    assert.equal(readFileSync(nvim.pages, "utf8").split(address).length, 2, "opened once");
    nvim.live = address;
  });
  await part("a new map from a template", async () => {
    nvim.type(":JourneyNew day");
    nvim.keys("Tab");
    await nvim.sees(/:JourneyNew day-in-the-life/);
    nvim.keys("Enter");
    await nvim.until("the new map", `return vim.fn.expand("%:t") == "day-in-the-life.journey"`);
    nvim.command("silent buffer trip.journey");
    await nvim.until("the first one", `return vim.fn.expand("%:t") == "trip.journey"`);
  });
}

const all = await editions();
describe("a map written in Neovim", { concurrency: true }, () => {
  for (const edition of all) test(edition.name, { skip: edition.why }, (t) => story(t, edition));
});
