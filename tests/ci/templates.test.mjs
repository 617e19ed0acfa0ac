// The action for GitHub and the template for GitLab, and the examples of docs/ci.md: held against their schemas, and done. The
// action's steps run as they stand in action.yml, with the variables that GitHub sets; GitLab's job is run by gitlab-ci-local.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import test, { after } from "node:test";
import validator from "@action-validator/core";
import { parse } from "yaml";
import { journey, repository, root } from "./lib/check.mjs";
import { githubCommands, wrong } from "./lib/schemas.mjs";

const work = mkdtempSync(join(tmpdir(), "journey-ci-"));
after(() => rmSync(work, { recursive: true, force: true }));

// This project as somebody who uses it gets it: what git knows, in another folder.
const source = join(work, "source");
for (const name of execFileSync("git", ["ls-files", "-coz", "--exclude-standard"], { cwd: root, encoding: "utf8" }).split("\0")) {
  if (!name || name.startsWith("tests/") || !existsSync(join(root, name))) continue;
  mkdirSync(dirname(join(source, name)), { recursive: true });
  cpSync(join(root, name), join(source, name));
}
const git = (cwd, ...args) =>
  execFileSync("git", ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main", ...args], { cwd, encoding: "utf8" });
git(source, "init", "-q");
git(source, "add", "-A");
git(source, "commit", "-qm", "All of it");

// What a step sees: no journey but the one that the step before installed.
const plain = { PATH: `${dirname(process.execPath)}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`, HOME: process.env.HOME, LC_ALL: "C.UTF-8" };
for (const name of ["CMAKE_C_COMPILER_LAUNCHER", "CCACHE_DIR"]) if (process.env[name]) plain[name] = process.env[name];

const sound = 'team us "Us"\njourney "A" {\n  owner us\n  reviewed 2026-11-01 every year\n  stage "S" {\n    touchpoint "T" via web\n  }\n}\n';
const weak = 'journey "A" {\n  stage "S" {\n    touchpoint "T" via web\n  }\n}\n';
const broken = 'journey "A" {\n  owner nobody\n  stage "S" {\n    touchpoint "T" via web\n  }\n}\n';

/** A repository with these files, and one commit of them. */
function committed(t, files) {
  const at = repository(t, files);
  rmSync(join(at, ".git"), { recursive: true });
  git(at, "init", "-q");
  git(at, "add", "-A");
  git(at, "commit", "-qm", "Maps");
  git(at, "remote", "add", "origin", "git@gitlab.example.com:group/maps.git");
  return at;
}

// ---- GitHub ----

const actionFile = join(source, ".ci/github/action.yml");
const action = parse(readFileSync(actionFile, "utf8"));
const temp = join(work, "runner");
mkdirSync(temp);

/** The value of a text with ${{ … }}, of which an action uses a few kinds. */
function evaluated(text, inputs, steps) {
  return String(text).replace(/\$\{\{ *([^}]*?) *\}\}/g, (_, name) => {
    if (name === "runner.temp") return temp;
    const input = /^inputs\.([\w-]+)$/.exec(name);
    if (input) return inputs[input[1]] ?? action.inputs[input[1]].default;
    const output = /^steps\.(\w+)\.outputs\.(\w+)$/.exec(name);
    if (output) return steps[output[1]][output[2]];
    throw new Error(`an expression that this test does not know: ${name}`);
  });
}

/** One step in a repository, as the runner does it: {status, text, outputs, path}. */
function run(step, cwd, inputs = {}, steps = {}) {
  const outputs = join(temp, "output"), paths = join(temp, "path"), script = join(temp, "step.sh");
  for (const file of [outputs, paths]) writeFileSync(file, "");
  assert.equal(step.shell, "bash");
  writeFileSync(script, evaluated(step.run, inputs, steps));
  const env = { ...plain, GITHUB_ACTION_PATH: dirname(actionFile), GITHUB_WORKSPACE: cwd, GITHUB_OUTPUT: outputs, GITHUB_PATH: paths, RUNNER_TEMP: temp };
  for (const [name, value] of Object.entries(step.env ?? {})) env[name] = evaluated(value, inputs, steps);
  const folder = join(cwd, evaluated(step["working-directory"] ?? ".", inputs, steps));
  const done = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", script], { cwd: folder, env, encoding: "utf8" });
  const read = Object.fromEntries(readFileSync(outputs, "utf8").split("\n").filter(Boolean).map((line) => line.split(/=(.*)/s).slice(0, 2)));
  return { status: done.status, text: done.stdout, complaint: done.stderr, outputs: read, path: readFileSync(paths, "utf8").trim() };
}

const [keyStep, cacheStep, installStep, checkStep] = action.runs.steps;
const inPlace = (t, files) => {
  // The tests of the last step do without the building: the program of this test run stands where it would be.
  mkdirSync(join(temp, "journey/bin"), { recursive: true });
  if (!existsSync(join(temp, "journey/bin/journey"))) cpSync(journey, join(temp, "journey/bin/journey"));
  return committed(t, files);
};
const checks = (t, files, inputs) => run(checkStep, inPlace(t, files), { today: "2026-11-22", ...inputs });

test("the action is one: its schema, its steps, its scripts", () => {
  assert.deepEqual(validator.validateAction(readFileSync(actionFile, "utf8")).errors, []);
  assert.equal(action.runs.steps.length, 4);
  for (const script of ["install", "github/key", "github/check"]) assert.ok(lstatSync(join(source, ".ci", script)).mode & 0o111, script);
  // No input may stand in a step's shell text, where it would be read as a command.
  for (const step of action.runs.steps) assert.doesNotMatch(step.run ?? "", /\$\{\{/);
});

test("the action installs journey, and knows it again", (t) => {
  const at = committed(t, { "a.journey": sound });
  const key = run(keyStep, at);
  assert.equal(key.status, 0, key.complaint);
  assert.match(key.outputs.key, /^journey-[\w.-]+-[0-9a-f]{32}$/);
  assert.equal(run(keyStep, at).outputs.key, key.outputs.key);
  const page = join(source, "docs/plan.md"), before = readFileSync(page);
  writeFileSync(page, "changed");
  assert.notEqual(run(keyStep, at).outputs.key, key.outputs.key);
  writeFileSync(page, before);
  assert.equal(evaluated(cacheStep.with.path, {}, {}), join(temp, "journey"));
  assert.equal(evaluated(cacheStep.with.key, {}, { key: key.outputs }), key.outputs.key);

  const prefix = join(temp, "journey");
  rmSync(prefix, { recursive: true, force: true });
  const built = run(installStep, at);
  assert.equal(built.status, 0, built.complaint);
  assert.match(built.outputs.version, /^journey \d/);
  assert.equal(evaluated(action.outputs.version.value, {}, { install: built.outputs }), built.outputs.version);
  assert.equal(built.path, join(prefix, "bin"));
  assert.equal(execFileSync(join(prefix, "bin/journey"), ["--version"], { encoding: "utf8" }).split("\n")[0], built.outputs.version);
  // One that came out of the cache is not built again.
  writeFileSync(join(prefix, "bin/journey"), "#!/bin/sh\necho journey of the cache\n");
  chmodSync(join(prefix, "bin/journey"), 0o755);
  assert.equal(run(installStep, at).outputs.version, "journey of the cache");
  rmSync(prefix, { recursive: true });
});

test("the action says what is wrong as annotations, and fails", (t) => {
  const { status, text } = checks(t, { "maps/a b.journey": broken });
  assert.equal(status, 1);
  assert.deepEqual(githubCommands(text).filter((one) => one.command === "error").map((one) => [one.file, one.line]), [["maps/a b.journey", "2"]]);
});

test("the action passes where there is nothing to say, and with warnings unless they are denied", (t) => {
  assert.deepEqual(checks(t, { "a.journey": sound }).status, 0);
  const warned = checks(t, { "a.journey": weak });
  assert.deepEqual([warned.status, /^::warning /m.test(warned.text)], [0, true]);
  assert.equal(checks(t, { "a.journey": weak }, { "deny-warnings": "true" }).status, 1);
});

test("the action takes paths, a folder, a format and a file for it", (t) => {
  const files = { "maps/one two.journey": sound, "maps/three.journey": weak, "other/broken.journey": broken };
  assert.equal(checks(t, files, { paths: "maps/one two.journey\nmaps/three.journey\n" }).status, 0);
  assert.equal(checks(t, files, { "working-directory": "maps" }).status, 1, "the project around the folder is checked");
  const at = inPlace(t, files);
  const { status, text } = run(checkStep, at, { format: "sarif", output: "journey.sarif", today: "2026-11-22" });
  assert.deepEqual([status, text], [1, ""]);
  assert.deepEqual(wrong.sarif(readFileSync(join(at, "journey.sarif"), "utf8")), []);
});

test("the action checks what was changed since a revision, and leaves out what is in a baseline", (t) => {
  const at = inPlace(t, { "old.journey": broken, "new.journey": sound, "weak.journey": weak });
  assert.deepEqual(run(checkStep, at, { since: "HEAD", today: "2026-11-22" }).status, 0);
  writeFileSync(join(at, "new.journey"), broken);
  const changed = run(checkStep, at, { since: "HEAD", today: "2026-11-22" });
  assert.deepEqual([changed.status, [...new Set(githubCommands(changed.text).map((one) => one.file))]], [1, ["new.journey"]]);
  rmSync(join(at, "new.journey"));
  rmSync(join(at, "old.journey"));
  execFileSync(journey, ["check", "--today", "2026-11-22", "--write-baseline", "old.json"], { cwd: at });
  const denied = { "deny-warnings": "true", today: "2026-11-22" };
  assert.equal(run(checkStep, at, denied).status, 1);
  assert.equal(run(checkStep, at, { ...denied, baseline: "old.json" }).status, 0);
});

test("no input of the action is read as a command, and a wrong one is said", (t) => {
  const at = inPlace(t, { "a.journey": sound });
  const evil = '"; touch owned; $(touch owned) `touch owned` #';
  for (const name of Object.keys(action.inputs)) {
    if (name === "working-directory" || name === "output") continue;
    const done = run(checkStep, at, { [name]: evil });
    assert.equal(done.status, 2, `${name}: ${done.text}`);
    assert.ok(!existsSync(join(at, "owned")), name);
  }
  assert.equal(run(checkStep, at, { paths: "--format=json" }).status, 2, "a path is never an option");
  assert.match(run(checkStep, at, { "deny-warnings": "yes" }).text, /^::error title=journey::deny-warnings takes true or false$/m);
});

test("the action's day is that of the commit", (t) => {
  const files = { "a.journey": sound.replace("2026-11-01 every year", "2020-01-01 every month") };
  const at = inPlace(t, files);
  execFileSync("git", ["-c", "user.name=A", "-c", "user.email=a@example.com", "commit", "-q", "--amend", "--no-edit"], {
    cwd: at,
    env: { ...process.env, GIT_COMMITTER_DATE: "2020-01-05T12:00:00Z" },
  });
  assert.doesNotMatch(run(checkStep, at).text, /W0701/);
  assert.match(run(checkStep, at, { today: "2026-11-22" }).text, /W0701/);
});

// ---- GitLab ----

const local = join(root, "tests/ci/node_modules/gitlab-ci-local/src/index.js");
const hasRsync = spawnSync("rsync", ["--version"]).status === 0;
const noRsync = !hasRsync && "rsync is not installed";

/** Runs the job in a repository that includes the template: {status, text}. `program`: a folder with journey in it, or none. */
function job(at, program, variables = {}) {
  // Without the image, which needs Docker: the job runs in a shell of this machine.
  const template = readFileSync(join(source, ".ci/gitlab/journey.gitlab-ci.yml"), "utf8");
  writeFileSync(join(at, "template.gitlab-ci.yml"), template.replace(/^ {2}image: .*\n/m, ""));
  writeFileSync(join(at, ".gitlab-ci.yml"), `include:\n  - local: template.gitlab-ci.yml\nvariables: ${JSON.stringify(variables)}\n`);
  git(at, "add", "-A");
  git(at, "commit", "-qm", "A job");
  const given = Object.entries(variables).flatMap(([name, value]) => ["--variable", `${name}=${value}`]);
  const env = { ...plain, PATH: program ? `${program}:${plain.PATH}` : plain.PATH, GIT_ALLOW_PROTOCOL: "file", GIT_CONFIG_GLOBAL: "/dev/null" };
  const done = spawnSync(process.execPath, [local, ...given, "journey"], { cwd: at, env, encoding: "utf8" });
  return { status: done.status, text: done.stdout + done.stderr };
}

const programs = dirname(journey);
const reports = (at) => {
  assert.deepEqual(wrong.gitlab(readFileSync(join(at, "gl-code-quality-report.json"), "utf8")), []);
  assert.deepEqual(wrong.junit(readFileSync(join(at, "journey-junit.xml"), "utf8")), []);
};

test("GitLab's job fails with what is wrong, and leaves both reports", { skip: noRsync }, (t) => {
  const at = committed(t, { "maps/a.journey": broken });
  const { status, text } = job(at, programs);
  assert.equal(status, 1);
  assert.match(text, /json schema validated/);
  assert.match(text, /error E0203/);
  reports(at);
  assert.equal(JSON.parse(readFileSync(join(at, "gl-code-quality-report.json"), "utf8")).find((one) => one.severity === "major").location.path, "maps/a.journey");
});

test("GitLab's job passes where nothing is wrong, and with warnings unless they are denied", { skip: noRsync }, (t) => {
  const at = committed(t, { "a.journey": weak, "b c.journey": broken });
  const passed = job(at, programs, { JOURNEY_PATHS: "a.journey" });
  assert.equal(passed.status, 0, passed.text);
  reports(at);
  assert.equal(job(at, programs, { JOURNEY_PATHS: "a.journey", JOURNEY_DENY_WARNINGS: "true" }).status, 1);
  assert.equal(job(at, programs, { JOURNEY_PATHS: "absent.journey" }).status, 1);
});

test("GitLab's job checks what was changed, and leaves out what is in a baseline", { skip: noRsync }, (t) => {
  const at = committed(t, { "old.journey": broken });
  const first = git(at, "rev-parse", "HEAD").trim();
  writeFileSync(join(at, "weak.journey"), weak);
  assert.equal(job(at, programs, { JOURNEY_SINCE: first }).status, 0);
  assert.equal(job(at, programs, { JOURNEY_SINCE: first, JOURNEY_DENY_WARNINGS: "true" }).status, 1);
  rmSync(join(at, "old.journey"));
  execFileSync(journey, ["check", "--write-baseline", "old.json"], { cwd: at, stdio: "ignore" });
  const baselined = job(at, programs, { JOURNEY_BASELINE: "old.json", JOURNEY_DENY_WARNINGS: "true" });
  assert.equal(baselined.status, 0, baselined.text);
});

test("GitLab's job fetches journey where the image has none, and says what is missing", { skip: noRsync }, (t) => {
  const at = committed(t, { "a.journey": sound });
  const without = job(at, null);
  assert.notEqual(without.status, 0);
  assert.match(without.text, /set JOURNEY_REPOSITORY/);
  // It is cloned; that .ci/install builds it was seen above, so that here it finds one that is built.
  mkdirSync(join(at, ".journey/bin"), { recursive: true });
  cpSync(journey, join(at, ".journey/bin/journey"));
  writeFileSync(join(at, ".gitignore"), ".journey*\n");
  const fetched = job(at, null, { JOURNEY_REPOSITORY: `file://${source}` });
  assert.equal(fetched.status, 0, fetched.text);
  assert.ok(existsSync(join(at, ".journey-source/CMakeLists.txt")));
});

// ---- the page ----

const page = readFileSync(join(root, "docs/ci.md"), "utf8");
const examples = [...page.matchAll(/^```yaml(?: file=(\S+))?\n([\s\S]*?)^```$/gm)].map(([, file, text]) => ({ file, text }));

test("the examples of docs/ci.md are what they say", () => {
  assert.ok(examples.filter((one) => one.file?.startsWith(".github/workflows/")).length >= 2);
  for (const { file, text } of examples) {
    const document = parse(text);
    if (file?.startsWith(".github/workflows/")) {
      assert.deepEqual(validator.validateWorkflow(text).errors, [], text);
      for (const step of Object.values(document.jobs).flatMap((one) => one.steps)) {
        if (!step.uses?.startsWith("OWNER/journey/")) continue;
        assert.match(step.uses, /^OWNER\/journey\/\.ci\/github@/);
        for (const input of Object.keys(step.with ?? {})) assert.ok(input in action.inputs, input);
      }
    }
  }
  for (const input of Object.keys(action.inputs)) assert.ok(page.includes(`\`${input}\``), `docs/ci.md does not tell of ${input}`);
  const template = parse(readFileSync(join(source, ".ci/gitlab/journey.gitlab-ci.yml"), "utf8"));
  for (const name of Object.keys(template.journey.variables)) assert.ok(page.includes(`\`${name}\``), `docs/ci.md does not tell of ${name}`);
});
