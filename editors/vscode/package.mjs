// Makes journey-VERSION.vsix: all that VS Code needs to install the extension.
import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

process.chdir(fileURLToPath(new URL(".", import.meta.url)));
const { version } = JSON.parse(readFileSync("package.json", "utf8"));
const vsix = `journey-${version}.vsix`;
const run = (script, ...args) => execFileSync(process.execPath, [script, ...args], { stdio: "inherit" });

copyFileSync("../../LICENSE", "LICENSE.txt");
for (const part of ["tsconfig.json", "src/page/tsconfig.json"]) run("node_modules/typescript/bin/tsc", "-p", part);
run("build.mjs");
run("node_modules/@vscode/vsce/vsce", "package", "--no-dependencies", "--no-rewrite-relative-links", "--allow-missing-repository", "--out", vsix);
console.log(`${vsix}: ${Math.ceil(statSync(vsix).size / 1024)} KB`);
