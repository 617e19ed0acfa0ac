// VS Code for a test: its web server in folders of its own, the extension installed from its package, Chromium to look at it.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { mortal } from "../../tools/mortal.mjs";
import { descendants, endProcesses } from "./processes.mjs";
import { journey, patience, program, root, tool, until } from "./places.mjs";
import { installMemory } from "./vscode_memory.mjs";
import { Window } from "./vscode_window.mjs";

const extension = join(root, "editors/vscode");
export const logs = join(root, "build/logs/vscode");

/** Why VS Code can't be tested here; false where it can. */
export function whyNot() {
  if (!program("chromium")) return "chromium is not installed";
  if (!existsSync(journey)) return `${journey} is not built`;
  const { why } = tool("install-vscode.sh");
  return why ?? noPackages();
}

/** The newest change of a file in a folder, in milliseconds. */
function newest(folder) {
  const skipped = new Set(["node_modules", "dist", "out"]);
  return Math.max(
    0,
    ...readdirSync(folder, { withFileTypes: true })
      .filter(({ name }) => !skipped.has(name) && !name.endsWith(".vsix"))
      .map((entry) => (entry.isDirectory() ? newest(join(folder, entry.name)) : statSync(join(folder, entry.name)).mtimeMs)),
  );
}

const npm = (...args) => execFileSync("npm", ["--prefix", extension, ...args], { stdio: ["ignore", "pipe", "pipe"], encoding: "utf8" });

/** Why the packages that the extension is made with aren't there; false where they are. */
function noPackages() {
  const kept = join(extension, "node_modules/.package-lock.json");
  if (existsSync(kept) && statSync(kept).mtimeMs >= statSync(join(extension, "package-lock.json")).mtimeMs) return false;
  try {
    npm("ci", "--no-audit", "--no-fund", "--fetch-retries=1");
    return false;
  } catch (error) {
    return `the packages of editors/vscode could not be fetched: ${/npm (ERR!|error) .*/.exec(error.stderr)?.[0] ?? error.message}`;
  }
}

/** The extension's package, made by the command of its README where it is older than what it is made of. */
export function packaged() {
  const { version } = JSON.parse(readFileSync(join(extension, "package.json"), "utf8"));
  const vsix = join(extension, `journey-${version}.vsix`);
  const sources = Math.max(newest(extension), newest(join(root, "compiler/preview")));
  if (!existsSync(vsix) || statSync(vsix).mtimeMs < sources) npm("run", "package");
  return vsix;
}

const usualSettings = {
  "workbench.colorTheme": "Default Light Modern",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "security.workspace.trust.enabled": false,
  "extensions.ignoreRecommendations": true,
  "chat.commandCenter.enabled": false,
  "editor.minimap.enabled": false,
  "editor.cursorBlinking": "solid",
  "window.dialogStyle": "custom",
  "files.autoSave": "off",
  "files.simpleDialog.enable": true,
};

export class Code {
  /** Those that are open. */
  windows = [];
  /** What pages had to complain about. */
  faults = [];
  /** What went out of this machine, or tried to. */
  outside = [];
  /** The commands that were chosen in the palette. */
  ran = new Set();

  /** Starts VS Code with the extension. `journey` lies in $PATH, at `this.program`, until a test takes it away. */
  static async start() {
    const code = new Code();
    code.home = mkdtempSync(join(tmpdir(), "journey-vscode-"));
    code.bin = join(code.home, "bin");
    code.program = join(code.bin, "journey");
    for (const whose of ["User", "Machine"]) mkdirSync(join(code.home, "data", whose), { recursive: true });
    mkdirSync(code.bin);
    code.findable();
    rmSync(logs, { recursive: true, force: true });
    mkdirSync(logs, { recursive: true });
    code.settings({});
    installMemory(join(code.home, "extensions"));
    const { path } = tool("install-vscode.sh");
    const args = ["--host", "127.0.0.1", "--port", "0", "--without-connection-token", "--accept-server-license-terms", "--telemetry-level", "off"];
    args.push("--server-data-dir", code.home, "--user-data-dir", join(code.home, "data"), "--extensions-dir", join(code.home, "extensions"));
    const env = { ...process.env, PATH: `${code.bin}:${process.env.PATH}`, XDG_CACHE_HOME: join(code.home, "cache"), XDG_CONFIG_HOME: join(code.home, "config") };
    code.said = execFileSync(path, ["--install-extension", packaged(), ...args.slice(-4)], { encoding: "utf8", env, stdio: ["ignore", "pipe", "pipe"] });
    code.process = mortal(path, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [code.process.stdout, code.process.stderr]) stream.on("data", (text) => (code.said += text));
    code.browser = await chromium.launch({
      executablePath: program("chromium"),
      timeout: patience,
      args: ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
    });
    await until("VS Code's server", () => /Extension host agent started/.test(code.said));
    code.address = `http://127.0.0.1:${/agent listening on (\d+)/.exec(code.said)[1]}`;
    return code;
  }

  /** Puts the program, or another, where it is found. */
  findable(program = journey) {
    rmSync(this.program, { force: true });
    symlinkSync(program, this.program);
  }

  /** The user's settings, over those that keep VS Code quiet. */
  settings(own) {
    writeFileSync(join(this.home, "data/User/settings.json"), JSON.stringify({ ...usualSettings, ...own }, null, 2));
    // Where programs are is a setting of the machine on which they run, which is another one than the browser's.
    const ofMachine = Object.entries(own).filter(([name]) => name === "journey.server.path");
    writeFileSync(join(this.home, "data/Machine/settings.json"), JSON.stringify(Object.fromEntries(ofMachine)));
  }

  /** A window of its own with a folder open, or none. */
  async window(folder, { width = 1400, height = 900, scale = 1, dark = false } = {}) {
    const context = await this.browser.newContext({
      viewport: { width, height },
      deviceScaleFactor: scale,
      colorScheme: dark ? "dark" : "light",
      permissions: ["clipboard-read", "clipboard-write"],
    });
    const window = new Window(this, await context.newPage());
    this.windows.push(window);
    await window.load(folder);
    return window;
  }

  /** The language servers that run, without the processes that they start for Lua: [{pid, command}]. */
  servers() {
    const all = descendants(this.process.pid).filter(({ command }) => command[1] === "lsp");
    return all.filter(({ parent }) => !all.some(({ pid }) => pid === parent));
  }

  /** Waits until no server runs, as after the last window is closed. */
  quiet() {
    return until("the end of the servers", () => this.servers().length === 0);
  }

  /** A picture of each window and the logs, for whoever looks into a failure. */
  async keep(name) {
    const at = join(logs, name.replaceAll(/[^\w]+/g, "-"));
    for (const [number, window] of this.windows.entries()) await window.page.screenshot({ path: `${at}-${number + 1}.png` }).catch(() => {});
    writeFileSync(`${at}.log`, [this.said, ...this.windows.map(({ said }) => said.join("\n")), this.log()].join("\n\n----\n\n"));
  }
  /** What the extension has written into its log. */
  log() {
    const all = readdirSync(join(this.home, "data"), { recursive: true }).filter((name) => /Journey.*\.log$/.test(name));
    return all.map((name) => readFileSync(join(this.home, "data", name), "utf8")).join("\n");
  }

  async end() {
    await this.browser?.close();
    const below = descendants(this.process.pid);
    this.process.kill();
    await until("the end of VS Code's server", () => this.process.exitCode !== null || this.process.signalCode !== null, 10_000).catch(() => {});
    await endProcesses(below.map(({ pid }) => pid));
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
  }
}
