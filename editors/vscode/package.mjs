// Makes journey-VERSION.vsix: all that VS Code needs to install the extension.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

process.chdir(fileURLToPath(new URL(".", import.meta.url)));
const manifest = JSON.parse(readFileSync("package.json", "utf8"));
const vsix = resolve(`journey-${manifest.version}.vsix`);
const run = (cwd, script, ...args) => execFileSync(process.execPath, [resolve(script), ...args], { cwd, stdio: "inherit" });

/** Fetches the packages that the extension is made with, where they aren't there or are those of an older list. */
function fetchPackages() {
  const fetched = "node_modules/.package-lock.json";
  if (existsSync(fetched) && statSync(fetched).mtimeMs >= statSync("package-lock.json").mtimeMs) return;
  const npm = process.env.npm_execpath; // set where `npm run` has started this
  if (!npm) throw new Error("the packages that this is made with are missing: `npm ci` brings them");
  run(".", npm, "ci", "--no-audit", "--no-fund");
}

/** The page without what leads out of the extension's folder: there is nothing there once it is installed. */
const alone = (page) => page.replace(/^<picture>[^]*?<\/picture>\n\n?/gm, "").replace(/\[([^\]]*)\]\(\.\.\/[^)]*\)/g, "$1");

fetchPackages();
for (const part of ["tsconfig.json", "src/page/tsconfig.json"]) run(".", "node_modules/typescript/bin/tsc", "-p", part);
run(".", "build.mjs");

const stage = mkdtempSync(join(tmpdir(), "journey-vsix-"));
try {
  const parts = ["CHANGELOG.md", "dist", "language-configuration.json", "media", "server", "snippets", "syntaxes"];
  for (const part of parts.filter(existsSync)) cpSync(part, join(stage, part), { recursive: true });
  cpSync("../../LICENSE", join(stage, "LICENSE.txt"));
  writeFileSync(join(stage, "README.md"), alone(readFileSync("README.md", "utf8")));
  writeFileSync(join(stage, "package.json"), JSON.stringify({ ...manifest, files: ["**"], scripts: undefined, devDependencies: undefined, overrides: undefined }, null, 1));
  const options = ["--no-dependencies", "--no-rewrite-relative-links", "--allow-missing-repository", "--out", vsix];
  run(stage, "node_modules/@vscode/vsce/vsce", "package", ...options);
} finally {
  rmSync(stage, { recursive: true, force: true });
}
console.log(`${vsix}: ${Math.ceil(statSync(vsix).size / 1024)} KB`);
