// The home of somebody who follows a page of editors/: journey is in their PATH, this project in ~/journey, and what they ask to
// see in a browser is written down.
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { folder, journey, root, until } from "./places.mjs";

/** Two files with something wrong in one of them, which every editor's story begins with. */
export const maps = {
  "people.journey": `team success "Customer success"\npersona sarah "Sarah" {\n  role "Buyer"\n}\n`,
  "first.journey": `use "people.journey"
journey onboarding "Onboarding" {
  persona sarah
  owner success
  reviewed 2026-10-01
  stage decision "Decision" {
    owner success
    touchpoint sign "Signs" via emial
    touchpoint pay   "Pays"   via web
  }
}
`,
};

/** `journey: false` leaves the program out. */
export function home(t, files = {}, { journey: there = true } = {}) {
  const at = folder(t, files);
  const bin = join(at, "bin");
  mkdirSync(bin);
  symlinkSync(root, join(at, "journey"));
  if (there) symlinkSync(journey, join(bin, "journey"));
  writeFileSync(join(bin, "xdg-open"), `#!/bin/sh\necho "$1" >>"${at}/opened"\n`);
  chmodSync(join(bin, "xdg-open"), 0o755);
  // Where the program is installed for everybody, "left out" has to be so, too.
  const path = (process.env.PATH ?? "").split(":").filter((one) => !existsSync(join(one, "journey")));
  const env = { HOME: at, PATH: [bin, ...path].join(":"), XDG_CONFIG_HOME: `${at}/.config`, XDG_CACHE_HOME: `${at}/.cache`, XDG_DATA_HOME: `${at}/.local/share`, XDG_STATE_HOME: `${at}/.local/state` };
  const full = { ...process.env, ...env };
  return {
    at,
    env,
    path: (name) => join(at, name),
    read: (name) => readFileSync(join(at, name), "utf8"),
    write(name, text) {
      mkdirSync(dirname(join(at, name)), { recursive: true });
      writeFileSync(join(at, name), text);
    },
    /** What a page says to type into a shell. */
    shell: (script) => execFileSync("sh", ["-euc", script], { cwd: at, env: full, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }),
    /** Waits until the file has the text, or matches. */
    has: (name, what) =>
      until(`${what} in ${name}`, () => {
        const text = readFileSync(join(at, name), "utf8");
        return (what instanceof RegExp ? what.test(text) : text.includes(what)) && text;
      }),
    /** What was to be seen in the browser, when something was. */
    opened: () => until("something opened in the browser", () => existsSync(`${at}/opened`) && readFileSync(`${at}/opened`, "utf8").trim()),
  };
}

/** Waits until the live page at this address shows the text: what is typed and not saved. The page follows while somebody looks at it. */
export async function shows(address, what) {
  const looking = new AbortController();
  await fetch(`${address}.events`, { signal: looking.signal });
  try {
    await until(`${what} in the live page`, async () => (await (await fetch(`${address}.html`)).text()).includes(what));
  } finally {
    looking.abort();
  }
}
