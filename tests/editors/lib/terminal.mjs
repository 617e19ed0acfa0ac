// A terminal of 120 columns and 40 lines in which an editor runs (tmux): keys go in, the screen comes out.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { atTheEnd } from "../../tools/mortal.mjs";
import { afterwards, until } from "./places.mjs";
import { descendants, endProcesses } from "./processes.mjs";

let made = 0;
const quote = (word) => `'${String(word).replaceAll("'", "'\\''")}'`;

export class Terminal {
  /** Starts `argv` in `folder`; ends with the test `t`. */
  constructor(t, argv, { folder, env = {}, width = 120, height = 40 } = {}) {
    this.socket = `journey-${process.pid}-${++made}`;
    this.forget = atTheEnd(() => this.end()); // tmux would go on without us
    const set = Object.entries({ TERM: "xterm-256color", LC_ALL: "C.UTF-8", ...env }).map(([name, value]) => quote(`${name}=${value}`));
    const command = `exec env ${set.join(" ")} ${argv.map(quote).join(" ")}`;
    this.tmux("-f", "/dev/null", "new-session", "-d", "-x", width, "-y", height, ...(folder ? ["-c", folder] : []), command);
    this.tmux("set-option", "-g", "escape-time", "0");
    afterwards(t, async () => {
      const pids = this.running();
      this.end();
      await endProcesses(pids);
    });
  }
  tmux(...args) {
    return execFileSync("tmux", ["-L", this.socket, ...args.map(String)], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  }
  /** Names of keys as tmux has them: "Escape", "C-x", "Enter". */
  keys(...names) {
    this.tmux("send-keys", ...names);
  }
  type(text) {
    this.tmux("send-keys", "-l", "--", text);
  }
  screen() {
    return this.tmux("capture-pane", "-p");
  }
  /** Waits until the screen has the text, or matches the pattern; returns the screen. */
  async sees(what, most) {
    const has = (screen) => (what instanceof RegExp ? what.test(screen) : screen.includes(what));
    try {
      return await until(String(what), () => (has(this.screen()) ? this.screen() : null), most);
    } catch (error) {
      let screen = "(the program has ended)";
      try {
        screen = this.screen();
      } catch {}
      throw new Error(`${error.message}; the screen is\n${screen}`);
    }
  }
  /** The process ids of what runs in it under this name. */
  children(name) {
    const found = [];
    const below = (pid) => {
      const read = (file) => readFileSync(`/proc/${pid}/${file}`, "utf8");
      try {
        if (read("comm").trim() === name) found.push(Number(pid));
        for (const child of read(`task/${pid}/children`).trim().split(" ").filter(Boolean)) below(child);
      } catch {} // it has ended
    };
    below(this.tmux("display-message", "-p", "#{pane_pid}").trim());
    return found;
  }
  /** The process ids of all that runs in it. */
  running() {
    try {
      const pid = Number(this.tmux("display-message", "-p", "#{pane_pid}"));
      return [pid, ...descendants(pid).map((one) => one.pid)];
    } catch {
      return []; // the program has ended, and tmux with it
    }
  }
  end() {
    this.forget();
    try {
      this.tmux("kill-server");
    } catch {}
  }
}
