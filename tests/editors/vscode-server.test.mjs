// What the extension for VS Code finds out without VS Code: where the program is, whether it is one that it can work with, and when a
// server died too often. How it says so is tried in vscode.test.mjs.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import { folder, journey, root } from "./lib/places.mjs";

const extension = join(root, "editors/vscode");
const skip = !existsSync(join(extension, "node_modules/esbuild")) && "npm ci was not run in editors/vscode";

async function load(t, file) {
  const { buildSync } = createRequire(join(extension, "package.json"))("esbuild");
  const outfile = join(folder(t), "module.mjs");
  buildSync({ entryPoints: [join(extension, "src", file)], bundle: true, format: "esm", platform: "node", outfile });
  return import(pathToFileURL(outfile).href);
}

function program(path, text, mode = 0o755) {
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

test("the program: in the setting, in PATH, beside the extension", { skip }, async (t) => {
  const { find } = await load(t, "find.ts");
  const at = folder(t, { "one/readme": "", "two/journey": "", "ext/server/journey": "", "own/dev": "", "own/journey/file": "" });
  for (const name of ["two/journey", "ext/server/journey", "own/dev"]) chmodSync(join(at, name), 0o755);
  const usual = { said: "", folder: at, path: [join(at, "one"), join(at, "two")].join(":"), extension: join(at, "ext"), windows: false };
  const found = (change) => find({ ...usual, ...change }).place;
  assert.deepEqual(found({}), { path: join(at, "two/journey"), from: "PATH" });
  assert.deepEqual(found({ path: join(at, "one") }), { path: join(at, "ext/server/journey"), from: "extension" });
  assert.deepEqual(found({ said: join(at, "own/dev") }), { path: join(at, "own/dev"), from: "setting" });
  assert.deepEqual(found({ said: "own/dev" }), { path: join(at, "own/dev"), from: "setting" }, "from the folder");
  assert.deepEqual(found({ said: "dev", path: join(at, "own") }), { path: join(at, "own/dev"), from: "setting" }, "a bare name, in PATH");
  assert.equal(found({ said: join(at, "own/nothing") }), undefined, "a setting counts alone");
  assert.equal(found({ said: join(at, "own/journey") }), undefined, "a folder is no program");
  assert.equal(found({ path: "relative:.", extension: at }), undefined, "folders of PATH that depend on where one is");
});

test("where it was looked for is said, and what was there but may not be run", { skip }, async (t) => {
  const { find } = await load(t, "find.ts");
  const at = folder(t, { "one/journey": "" });
  chmodSync(join(at, "one/journey"), 0o644);
  const usual = { said: "", folder: at, path: join(at, "one"), extension: join(at, "ext"), windows: false };
  const search = find(usual);
  assert.deepEqual(search.looked, [`journey in the folders of PATH (${join(at, "one")})`, join(at, "ext/server/journey")]);
  assert.equal(search.locked, join(at, "one/journey"), "root may not run it either");
  assert.deepEqual(find({ ...usual, said: "/nowhere/journey" }), { looked: ["/nowhere/journey (the setting journey.server.path)"] });
  assert.deepEqual(find({ ...usual, windows: true, path: "" }).looked, ["journey.exe in the folders of PATH (empty)", join(at, "ext/server/journey.exe")]);
});

test("a program says what it is before it is used", { skip }, async (t) => {
  const { probe, oldest } = await load(t, "probe.ts");
  const at = folder(t);
  const says = (name, text, mode) => probe(program(join(at, name), text, mode));
  assert.deepEqual(await says("new", "#!/bin/sh\necho journey 12.0.3-beta\necho with this\n"), { version: "12.0.3-beta", about: "journey 12.0.3-beta\nwith this" });
  assert.deepEqual(await says("old", "#!/bin/sh\necho journey 0.0.9\n"), {
    wrong: "old",
    version: "0.0.9",
    why: `it is journey 0.0.9; this extension needs ${oldest} or newer`,
  });
  const why = async (...what) => (await says(...what)).why;
  assert.equal(await why("other", "#!/bin/sh\necho '\x1b[1mhello\x1b[0m world'\n"), "asked for its version, it said “hello world”");
  assert.equal(await why("refuses", "#!/bin/sh\necho no such option >&2\nexit 2\n"), "asked for its version, it said “no such option”");
  assert.equal(await why("silent", "#!/bin/sh\nexit 0\n"), "it answered nothing when asked for its version");
  assert.match(await why("needs", "#!/nowhere/interpreter\n"), /something that it needs, is not there/);
  if (existsSync(journey)) assert.match((await probe(journey)).version, /^\d+\.\d+\.\d+/);
});

test("for which machine a program was made is seen from its first bytes", { skip }, async (t) => {
  const { madeForOther } = await load(t, "probe.ts");
  const elf = (machine, big = false) => {
    const head = Buffer.alloc(20);
    head.write("\x7fELF", "latin1");
    head[5] = big ? 2 : 1;
    if (big) head.writeUInt16BE(machine, 18);
    else head.writeUInt16LE(machine, 18);
    return head;
  };
  assert.equal(madeForOther(elf(62), "linux", "x64"), null);
  assert.equal(madeForOther(elf(183), "linux", "x64"), "another processor (arm64; this machine is x64)");
  assert.equal(madeForOther(elf(22, true), "linux", "x64"), "another processor (machine 22; this machine is x64)");
  assert.equal(madeForOther(elf(62), "darwin", "x64"), "Linux");
  assert.equal(madeForOther(Buffer.from("cffaedfe07000001", "hex"), "linux", "x64"), "macOS");
  assert.equal(madeForOther(Buffer.from("MZ\x90\0"), "linux", "x64"), "Windows");
  assert.equal(madeForOther(Buffer.from("#!/bin/sh\n"), "linux", "x64"), null);
  assert.equal(madeForOther(Buffer.alloc(0), "linux", "x64"), null);
});

test("versions are compared as numbers", { skip }, async (t) => {
  const { compareVersions } = await load(t, "probe.ts");
  assert.ok(compareVersions("0.9.0", "0.10.0") < 0);
  assert.ok(compareVersions("1.0.0", "0.99.99") > 0);
  assert.equal(compareVersions("1.2.3-beta", "1.2.3"), 0);
  assert.ok(compareVersions("1.2", "1.2.1") < 0);
});

test("five deaths within a minute are one too many", { skip }, async (t) => {
  const { Restarts } = await load(t, "restarts.ts");
  const restarts = new Restarts();
  assert.deepEqual([0, 10, 20, 30].map((second) => restarts.died(second * 1000)), [false, false, false, false]);
  assert.equal(restarts.died(59_999), true);
  restarts.forget();
  assert.equal(restarts.died(60_000), false);
  const slow = new Restarts();
  assert.deepEqual([0, 16, 32, 48, 64, 80].map((second) => slow.died(second * 1000)), [false, false, false, false, false, false]);
});

test("what is no language server is known by its first words, or by its end", { skip }, async (t) => {
  const { failure, startProcess, endProcess } = await load(t, "process.ts");
  const at = folder(t);
  const log = { info() {} };
  const why = async (name, text) => {
    const child = await startProcess(program(join(at, name), text), ["lsp"], log);
    try {
      return await failure(child).catch((error) => error.message);
    } finally {
      await endProcess(child, 0);
    }
  };
  assert.equal(await why("liar", "#!/bin/sh\necho nonsense\ncat\n"), "It says “nonsense”.");
  assert.equal(await why("quitter", "#!/bin/sh\necho it is broken >&2\nexit 3\n"), "It ended with 3: it is broken");
  assert.equal(await why("killed", "#!/bin/sh\nkill -9 $$\n"), "It ended by SIGKILL.");
  await assert.rejects(startProcess(join(at, "nowhere"), [], log), /ENOENT/);
});

test("the extension has the program's version", () => {
  const { version } = JSON.parse(readFileSync(join(extension, "package.json"), "utf8"));
  const project = /project\(journey VERSION ([\d.]+)/.exec(readFileSync(join(root, "CMakeLists.txt"), "utf8"))[1];
  assert.equal(version, project);
});

test("no type is wrong", { skip }, () => {
  execFileSync("npm", ["run", "--silent", "check"], { cwd: extension, stdio: "pipe" });
});
