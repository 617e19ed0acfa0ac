// Where the program and the editors are, and folders of maps to work in.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
export const journey = resolve(process.env.JOURNEY ?? join(root, "build/release/journey"));

/** The path of a program in $PATH; null where there is none. */
export function program(name) {
  const found = (process.env.PATH ?? "").split(":").map((folder) => join(folder, name)).find(existsSync);
  return found ?? null;
}

/** What tests/tools/NAME prints, the path of a program, which it installs where it isn't there. {path} or {why}. */
export function tool(name, ...args) {
  try {
    const out = execFileSync(join(root, "tests/tools", name), args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
    return { path: out.trim().split("\n").pop() };
  } catch (error) {
    return { why: `${name} failed: ${String(error.stderr ?? error.message).trim().split("\n").pop()}` };
  }
}

const endings = new WeakMap();
/** When the test `t` is over, does this; what was asked for last comes first, as an editor ends before its folder goes. */
export function afterwards(t, act) {
  if (!endings.has(t)) {
    endings.set(t, []);
    t.after(async () => {
      for (const one of endings.get(t).reverse()) await one();
    });
  }
  endings.get(t).push(act);
}

/** A new folder inside of another, with these files, {name: text}; gone after the test `t`. */
export function folder(t, files = {}, inside = tmpdir()) {
  const at = mkdtempSync(join(inside, "journey-editors-"));
  if (t) afterwards(t, () => rmSync(at, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(at, name)), { recursive: true });
    writeFileSync(join(at, name), text);
  }
  return at;
}

/** The fenced blocks of a page in editors/: [{language, text}]. Tests use what the page teaches. */
export function blocks(page) {
  const text = readFileSync(join(root, "editors", page), "utf8");
  return [...text.matchAll(/^```([\w-]*)[^\n]*\n([\s\S]*?)^```$/gm)].map(([, language, body]) => ({ language, text: body }));
}

/** How long something may take to be seen, in milliseconds: much on a busy machine. */
export const patience = Number(process.env.JOURNEY_PATIENCE ?? 120) * 1000;
/** Asks `look` again and again until it returns something true, which is returned; fails with `what` when patience is over. */
export async function until(what, look, most = patience) {
  const end = Date.now() + most;
  for (let last; ; ) {
    try {
      const seen = await look();
      if (seen) return seen;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`not seen in ${most / 1000} s: ${what}`, { cause: last });
    await new Promise((go) => setTimeout(go, 30));
  }
}
