// Colours, folds and indentation of maps in Neovim: by the syntax file everywhere, by the tree where there is a parser; and
// that both say the same.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { promisify } from "node:util";
import { folder, patience, root, until } from "./lib/places.mjs";
import { editions, Neovim, plugin } from "./lib/neovim.mjs";

const run = promisify(execFile);
const files = {
  "colours.journey": `/// Told of the next line.
journey trip "A trip" {
  persona  maria // why
  stage first "First" {
    touchpoint "Asks a friend" via phone feels -1.5 "Tired" from visits {
      takes 2h
      note """
        A line { with a brace
      """
    }
    owner    sales
    path { asks -> pays }
  }
}
`,
};

// A place, its syntax group and its capture.
const places = [
  ["Told", "SpecialComment", "comment.documentation"],
  ["journey trip", "Keyword", "keyword"],
  ["trip", "Type", "type"],
  ['"A trip"', "String", "string"],
  ["{", "Delimiter", "punctuation.bracket"],
  ["maria", "Identifier", "variable"],
  ["why", "Comment", "comment"],
  ["via", "Keyword", "keyword"],
  ["phone", "Identifier", "variable"],
  ["-1.5", "Number", "number"],
  ["from", "Keyword", "keyword"],
  ["visits", "Identifier", "variable"],
  ["2h", "Number", "number"],
  ["A line", "String", "string"],
  ["owner", "Keyword", "keyword"],
  ["sales", "Identifier", "variable"],
  ["asks", "Identifier", "variable"],
  ["->", "Operator", "operator"],
  ["pays", "Identifier", "variable"],
];
const at = (text) => `vim.api.nvim_win_set_cursor(0, {1, 0}) vim.fn.search(${JSON.stringify(`\\V\\C${text}`)}, "c") local line, column = vim.fn.line("."), vim.fn.col(".")`;

async function bySyntax(nvim) {
  await nvim.lua(`vim.cmd("setlocal syntax=journey foldmethod=syntax foldlevel=99") vim.cmd("syntax sync fromstart")
    for _, g in ipairs({"Keyword", "Number", "SpecialComment", "Delimiter", "Operator", "Identifier", "Type", "String", "Comment"}) do
      vim.cmd("highlight! link " .. g .. " NONE") vim.cmd("highlight " .. g .. " ctermfg=1") end`);
  for (const [text, group] of places)
    assert.equal(await nvim.lua(`${at(text)} return vim.fn.synIDattr(vim.fn.synIDtrans(vim.fn.synID(line, column, 1)), "name")`), group, text);
}

const levels = `local t = {} for line = 1, vim.fn.line("$") do t[line] = vim.fn.foldlevel(line) end return t`;

async function typed(nvim) {
  await nvim.goto("takes");
  const before = await nvim.text();
  nvim.keys("O");
  nvim.type('pain "Too slow" {');
  nvim.keys("Enter");
  nvim.type("severity high");
  nvim.keys("Enter");
  nvim.type("}");
  nvim.keys("Escape");
  await nvim.until("lines as deep as their blocks", `local from = vim.fn.search("pain", "nw")
    return table.concat(vim.api.nvim_buf_get_lines(0, from - 1, from + 2, false), "|") == '      pain "Too slow" {|        severity high|      }'`);
  nvim.keys("u");
  await until("the text as it was", async () => (await nvim.text()) === before);
  // What is indented already stays as it is, a text with a brace in it included.
  nvim.type("gg=G");
  nvim.command("let g:is_indented = 1");
  await nvim.until("the end of it", "return vim.g.is_indented == 1");
  assert.equal(await nvim.text(), before);
}

const all = await editions();
describe("colours, folds, indentation", { concurrency: true }, () => {
  for (const edition of all) {
    test(`by the syntax file in ${edition.name}`, { skip: edition.why }, async (t) => {
      const nvim = new Neovim(t, edition, { files, open: "colours.journey", init: "vim.g.journey_lsp = false" });
      await nvim.until("the file", `return vim.bo.filetype == "journey"`);
      await bySyntax(nvim);
      assert.deepEqual(await nvim.lua(levels), [0, 1, 1, 2, 3, 3, 4, 4, 4, 3, 2, 2, 2, 1]);
      await typed(nvim);
    });
    const old = edition.minor < 9 && "Neovim 0.7 colours by trees only with nvim-treesitter, which is not here";
    test(`by the tree in ${edition.name}`, { skip: edition.why || old }, async (t) => {
      const folds = "vim.wo.foldmethod = 'expr' vim.wo.foldexpr = 'v:lua.vim.treesitter.foldexpr()'";
      const nvim = new Neovim(t, edition, { files, open: "colours.journey", init: `vim.g.journey_lsp = false ${folds}` });
      await nvim.until("the file", `return vim.bo.filetype == "journey"`);
      nvim.command("JourneyInstallParser");
      await nvim.until("a tree", `return vim.treesitter.highlighter.active[vim.api.nvim_get_current_buf()] ~= nil`);
      for (const [text, , capture] of places) {
        const found = await nvim.lua(`vim.treesitter.get_parser(0):parse(true) ${at(text)} local t = {}
          for _, c in ipairs(vim.treesitter.get_captures_at_pos(0, line - 1, column - 1)) do if c.lang == "journey" and c.capture ~= "spell" then table.insert(t, c.capture) end end
          return t[#t]`);
        assert.equal(found, capture, text);
      }
      await nvim.lua(`vim.cmd("edit")`);
      await until("folds", async () => (await nvim.lua(levels))[4] === 3);
      nvim.command("checkhealth journey");
      await nvim.until("the parser in the report", `return vim.fn.search("by the parser.*journey.so", "nw") > 0`);
      assert.doesNotMatch(await nvim.text(), /does not fit/);
    });
  }

  const newest = all.at(-1);
  test("the syntax file and the tree colour all examples alike", { skip: newest.why }, async (t) => {
    const home = folder(t);
    const at = plugin(t);
    const env = { ...process.env, XDG_DATA_HOME: join(home, "data"), XDG_STATE_HOME: join(home, "state"), XDG_CONFIG_HOME: join(home, "config") };
    const agreement = join(root, "tests/editors/neovim/agreement.lua");
    const call = (...args) => run(newest.path, ["--clean", "--headless", "--cmd", `set runtimepath^=${at} runtimepath+=${home}/data/nvim/site | let g:journey_lsp = 0`, ...args], { env, maxBuffer: 1e8 });
    await call("+runtime plugin/journey.lua", "+JourneyInstallParser", `+lua vim.wait(${patience}, function() return vim.fn.filereadable(require("journey.parser").target()) == 1 end)`, "+qa");
    assert.ok(existsSync(join(home, "data/nvim/site/parser/journey.so")));
    const maps = ["examples", "stdlib"].flatMap((name) =>
      readdirSync(join(root, name), { recursive: true }).filter((file) => file.endsWith(".journey")).map((file) => join(root, name, file)),
    );
    assert.ok(maps.length > 20);
    const { stdout, stderr } = await call("-l", agreement, ...maps);
    assert.equal(stdout + stderr, "");
    // And where one says something else, that is found.
    const syntax = join(at, "syntax/journey.vim");
    writeFileSync(syntax, readFileSync(syntax, "utf8").replaceAll("'via',", ""));
    const other = await call("-l", agreement, join(root, "examples/first.journey"));
    assert.match(other.stdout, /^\S+:3:\d+ via: Keyword and none\n/);
  });
});
