// The program, and folders to run it in.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
export const journey = resolve(process.env.JOURNEY ?? join(root, "build/release/journey"));
export const formats = ["sarif", "junit", "github", "gitlab"];

// Every test has the same day.
function run(verb, cwd, args) {
  const done = spawnSync(journey, [verb, "--today", "2026-11-22", ...args], { cwd, encoding: "utf8", maxBuffer: 1 << 28 });
  return { status: done.status, text: done.stdout, complaint: done.stderr };
}

/** `journey check` with these arguments: {status, text, complaint}. */
export const check = (cwd, ...args) => run("check", cwd, args);
/** `journey test`, likewise. */
export const runTests = (cwd, ...args) => run("test", cwd, args);

/** A new repository with these files, {name: text}; gone after the test `t`. */
export function repository(t, files = {}) {
  const at = realpathSync(mkdtempSync(join(tmpdir(), "journey-ci-")));
  t.after(() => rmSync(at, { recursive: true, force: true }));
  mkdirSync(join(at, ".git"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(at, name)), { recursive: true });
    writeFileSync(join(at, name), text);
  }
  return at;
}
