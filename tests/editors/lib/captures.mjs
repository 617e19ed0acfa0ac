// What grammar/queries/highlights.scm makes of maps, asked from the tree-sitter command.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, relative } from "node:path";
import { folder, program, root } from "./places.mjs";

export function treeSitter() {
  const own = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "journey/tree-sitter/tree-sitter");
  return program("tree-sitter") ?? (existsSync(own) ? own : null);
}

/** The maps below folders of this project, as paths in it. */
export function mapsBelow(...folders) {
  const under = (at) =>
    readdirSync(at, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? under(join(at, entry.name)) : entry.name.endsWith(".journey") ? [join(at, entry.name)] : []);
  return folders.flatMap((at) => under(join(root, at))).map((file) => relative(root, file)).sort();
}

/** For each of these maps the capture of each of its characters (code points): [[name or undefined, …], …]. */
export function capturesOf(t, files) {
  const at = folder(t);
  cpSync(join(root, "grammar"), join(at, "journey"), { recursive: true });
  writeFileSync(join(at, "files"), files.map((file) => join(root, file)).join("\n"));
  const env = { ...process.env, XDG_CACHE_HOME: at, XDG_CONFIG_HOME: at, TREE_SITTER_LIBDIR: join(at, "lib") };
  const out = execFileSync(treeSitter(), ["query", "--captures", "queries/highlights.scm", "--paths", join(at, "files")],
    { cwd: join(at, "journey"), env, encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "pipe"] });
  const found = new Map(files.map((file) => [file, new Painted(readFileSync(join(root, file), "utf8"))]));
  let painted;
  for (const line of out.split("\n")) {
    const of = line.startsWith(root) && found.get(relative(root, line.trim()));
    if (of) painted = of;
    const capture = line.match(/capture: (?:\d+ - )?([\w.]+), start: \((\d+), (\d+)\), end: \((\d+), (\d+)\)/);
    if (capture) painted.paint(capture[1], ...capture.slice(2).map(Number));
  }
  return files.map((file) => found.get(file).of);
}

class Painted {
  constructor(text) {
    this.lines = text.split("\n").map((line) => Buffer.from(line));
    this.starts = [0];
    for (const line of this.lines) this.starts.push(this.starts.at(-1) + [...line.toString()].length + 1);
    this.of = [];
  }
  at(row, column) {
    return this.starts[row] + [...(this.lines[row] ?? Buffer.alloc(0)).subarray(0, column).toString()].length;
  }
  paint(name, row, column, endRow, endColumn) {
    for (let i = this.at(row, column), end = this.at(endRow, endColumn); i < end; i++) this.of[i] = name;
  }
}
