// A real Neovim in a terminal, with the plugin as a copy of the project has it: keys go in, the screen comes out, and
// Lua is asked through its socket.
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { folder, journey, patience, program, root, tool, until } from "./places.mjs";
import { Terminal } from "./terminal.mjs";

const run = promisify(execFile);

function version(path) {
  return run(path, ["--version"]).then(({ stdout }) => stdout.match(/v(\d+)\.(\d+)/).slice(1).map(Number));
}

/** The three: [{name, path, minor, why?}]; `why` says why one is left out. */
export async function editions() {
  const wanted = [
    { name: "Neovim 0.7", found: program("nvim") ? { path: program("nvim") } : { why: "neovim is not installed" }, fits: (minor) => minor === 7 },
    { name: "Neovim 0.10", found: tool("install-neovim.sh", "trixie"), fits: (minor) => minor === 10 },
    { name: "Neovim 0.12 or newer", found: tool("install-neovim.sh", "sid"), fits: (minor) => minor >= 12 },
  ];
  const terminal = program("tmux") ? null : "tmux is not installed";
  return Promise.all(
    wanted.map(async ({ name, found, fits }) => {
      if (found.why || terminal) return { name, why: found.why ?? terminal };
      const [major, minor] = await version(found.path);
      const why = major === 0 && fits(minor) ? undefined : `${found.path} is ${major}.${minor} by now`;
      return { name, path: found.path, minor, why };
    }),
  );
}

/** A copy of the plugin beside the grammar, as in a copy of the project; :helptags may write into it. */
export function plugin(t) {
  const at = folder(t);
  cpSync(join(root, "editors/neovim"), join(at, "editors/neovim"), { recursive: true });
  symlinkSync(join(root, "grammar"), join(at, "grammar"));
  return join(at, "editors/neovim");
}

const vim = (text) => `'${text.replaceAll("'", "''")}'`;

export class Neovim {
  /** `options`: files {name: text} of a folder; open, the first of them; init, lines of Lua; cmd, the program; env, width, height. */
  constructor(t, edition, { files = {}, open, init = "", cmd = journey, env = {}, width = 120, height = 40, at } = {}) {
    this.edition = edition;
    this.home = folder(t);
    this.at = at ?? folder(t, files);
    this.plugin = plugin(t);
    this.socket = join(this.home, "nvim.sock");
    this.pages = join(this.home, "pages");
    const browser = join(this.home, "browser");
    writeFileSync(browser, `#!/bin/sh\necho "$1" >> '${this.pages}'\n`, { mode: 0o755 });
    writeFileSync(
      join(this.home, "init.lua"),
      `vim.opt.runtimepath:prepend(${JSON.stringify(this.plugin)})
vim.g.journey_cmd = ${JSON.stringify(cmd).replace(/^\[(.*)\]$/, "{$1}")}
vim.g.journey_open = ${JSON.stringify(browser)}
vim.opt.more = false
vim.opt.swapfile = false
vim.opt.hidden = true
vim.opt.cmdheight = 4 -- Neovim's own words on a server that has ended take more than a line, and would wait for Enter
vim.opt.shortmess:append("atI")
vim.cmd("filetype plugin indent on | syntax on")
${init}
`,
    );
    for (const name of ["config", "data", "state", "cache", "run"]) mkdirSync(join(this.home, name));
    const own = { XDG_CONFIG_HOME: "config", XDG_DATA_HOME: "data", XDG_STATE_HOME: "state", XDG_CACHE_HOME: "cache", XDG_RUNTIME_DIR: "run" };
    for (const [name, value] of Object.entries(own)) own[name] = join(this.home, value);
    const argv = [edition.path, "--clean", "-u", join(this.home, "init.lua"), "--listen", this.socket, ...(open ? [open] : [])];
    this.terminal = new Terminal(t, argv, { folder: this.at, env: { ...own, ...env }, width, height });
  }

  /** Neovim is there, and has opened its first file. */
  ready() {
    return this.until("Neovim", `return vim.v.vim_did_enter == 1 and vim.bo.filetype ~= ""`);
  }
  /** What a Lua function of this body returns. */
  async lua(body) {
    const code = `vim.fn.json_encode({ (function() ${body.replaceAll("\n", " ")} end)() })`;
    const args = ["--server", this.socket, "--remote-expr", `luaeval(${vim(code)})`];
    const { stdout, stderr } = await run(this.edition.path, args, { timeout: patience, encoding: "utf8" });
    const text = stdout || stderr; // 0.7 prints it to the other one
    try {
      return JSON.parse(text)[0] ?? null;
    } catch {
      throw new Error(`${body}\nanswers: ${text}`);
    }
  }
  /** Waits until a Lua function of this body returns something true; returns that. */
  until(what, body, most) {
    return until(what, () => this.lua(body), most);
  }
  /** A command, typed. */
  command(text) {
    this.terminal.type(`:${text}`);
    this.terminal.keys("Enter");
  }
  keys(...names) {
    this.terminal.keys(...names);
  }
  type(text) {
    this.terminal.type(text);
  }
  sees(what, most) {
    return this.terminal.sees(what, most);
  }
  /** The server answers for the current file. */
  attached() {
    return this.until("the language server", `return require("journey.lsp").client(0) ~= nil`);
  }
  /** The texts of the diagnostics of the current file, once there is one that matches. */
  async diagnostics(pattern) {
    const all = () => this.lua(`local t = {} for _, d in ipairs(vim.diagnostic.get(0)) do table.insert(t, d.message) end return t`);
    return until(`a diagnostic like ${pattern}`, async () => {
      const texts = Object.values(await all());
      return texts.some((text) => pattern.test(text)) && texts;
    });
  }
  /** Puts the cursor on the first place of the text in the file. */
  async goto(text) {
    // An Escape that is still on its way would move the cursor again.
    await until("Neovim is done with what was typed", () => this.lua(`return vim.api.nvim_get_mode().mode == "n"`));
    const found = await this.lua(`vim.api.nvim_win_set_cursor(0, {1, 0}) return vim.fn.search(${JSON.stringify(`\\V${text}`)}, "c")`);
    if (!found) throw new Error(`no "${text}" in the file`);
  }
  text(buffer = 0) {
    return this.lua(`return table.concat(vim.api.nvim_buf_get_lines(${buffer}, 0, -1, false), "\\n")`);
  }
  /** The text of the buffer of that name; "" where there is none. */
  shown(name) {
    return this.lua(`local b = vim.fn.bufnr(${JSON.stringify(name)})
      return b > 0 and table.concat(vim.api.nvim_buf_get_lines(b, 0, -1, false), "\\n") or ""`);
  }
  /** What the plugin told its user so far. */
  async said() {
    return (await this.lua(`return table.concat(require("journey.say").lines, "\\n")`)) ?? "";
  }
}
