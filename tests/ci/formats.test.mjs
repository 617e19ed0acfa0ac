// `journey check --format sarif|junit|github|gitlab` and `journey test --format junit`, held against what their readers take
// (lib/schemas.mjs), over everything that tests/data/check and tests/data/test have and over names that are meant to break out.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { check, formats, journey, repository, root, runTests } from "./lib/check.mjs";
import { githubCommands, hasXmllint, wrong } from "./lib/schemas.mjs";

assert.ok(existsSync(journey), `${journey} is not there: build it first`);
const without = (format) => format === "junit" && !hasXmllint() && "xmllint is not installed";

const sound = 'team us "Us"\njourney "A" {\n  owner us\n  reviewed 2026-11-01 every year\n  stage "S" {\n    touchpoint "T" via web\n  }\n}\n';
const broken = 'journey "A" {\n  owner nobody\n  stage "S" {\n    touchpoint "T" via web feels -2\n  }\n}\n';

for (const format of formats) {
  test(`${format}: every map of tests/data/check`, { skip: without(format) }, () => {
    const data = join(root, "tests/data/check");
    const names = readdirSync(data).filter((name) => !name.endsWith(".expected"));
    assert.ok(names.length > 40);
    for (const name of names) {
      const { status, text, complaint } = check(data, "--format", format, name);
      const expected = readFileSync(join(data, `${name.replace(/\.journey$/, "")}.expected`), "utf8");
      assert.ok(expected.trimEnd().endsWith(`exit ${status}`), `${name}: exit ${status}: ${complaint}`);
      if (status < 2) assert.deepEqual(wrong[format](text), [], name);
      else assert.equal(text, "", name);
    }
    for (const more of [[], ["--deny-warnings"]]) {
      assert.deepEqual(wrong[format](check(data, "--format", format, ...more, ...names).text), [], "all of them at once");
    }
  });

  test(`${format}: nothing wrong is a document too`, { skip: without(format) }, (t) => {
    const at = repository(t, { "a.journey": sound });
    const { status, text } = check(at, "--format", format);
    assert.equal(status, 0);
    assert.deepEqual(wrong[format](text), []);
    assert.ok(!text.includes("error "));
  });

  test(`${format}: names and texts that want to break out`, { skip: without(format) }, (t) => {
    const at = repository(t);
    const names = ["new\nline::error::x", "100% %0A", "a,b=c:d", "]]><failure>", "\x1b[31mred\x07", 'quo"te\'&amp;', "C:\\x", "[link](1) {0}", "🧭"];
    for (const name of names) {
      const quoted = name.replace(/[^ -~🧭]/gu, "").replace(/[\\"]/g, "\\$&");
      writeFileSync(join(at, `${name}.journey`.replaceAll("/", "_")), broken.replace('"T"', `"${quoted}"`).replace("nobody", "nobody\u0007::,%"));
    }
    // A name that is no UTF-8 at all, and a text that isn't.
    writeFileSync(Buffer.concat([Buffer.from(`${at}/caf`), Buffer.from([0xe9, 0xff]), Buffer.from(".journey")]), broken);
    writeFileSync(join(at, "latin.journey"), Buffer.from(broken.replace('"A"', '"caf\xe9 ]]> %"'), "latin1"));
    const { status, text } = check(at, "--format", format);
    assert.equal(status, 1);
    assert.deepEqual(wrong[format](text), []);
    if (format === "github") {
      const files = new Set(githubCommands(text).map((command) => command.file));
      for (const name of names.filter((one) => !/\x1b/.test(one))) assert.ok(files.has(`${name}.journey`), name);
    }
    if (format === "gitlab") assert.ok(JSON.parse(text).some((issue) => issue.location.path === `${names[0]}.journey`));
    if (format === "sarif") {
      const uris = new Set(JSON.parse(text).runs[0].results.map((one) => one.locations[0].physicalLocation.artifactLocation.uri));
      for (const name of names) assert.ok(uris.has(`${encodeURIComponent(name).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}.journey`), name);
    }
  });

  test(`${format}: files are named from the top of the repository, wherever one stands`, { skip: without(format) }, (t) => {
    const at = repository(t, { "maps/shop/a.journey": broken });
    const outside = repository(t, { "b.journey": broken });
    const said = [check(at, "--format", format), check(join(at, "maps"), "--format", format, "shop"), check(outside, "--format", format, join(at, "maps"))];
    assert.ok(said[0].text.includes("maps/shop/a.journey"));
    for (const one of said) assert.equal(one.text, said[0].text);
    // What lies outside of it keeps its whole path.
    const both = check(at, "--format", format, "maps", join(outside, "b.journey"));
    assert.ok(both.text.includes(`${outside}/b.journey`));
    assert.deepEqual(wrong[format](both.text), []);
  });

  test(`${format}: unsaved text, a file that isn't there, a full disk`, { skip: without(format) }, (t) => {
    const at = repository(t);
    const unsaved = check(at, "--format", format, "--stdin-path", "x.journey", "-");
    assert.deepEqual(wrong[format](unsaved.text), []);
    const absent = check(at, "--format", format, "absent.journey");
    assert.deepEqual([absent.status, absent.text], [2, ""]);
    assert.match(absent.complaint, /absent\.journey/);
    const full = spawnSync("sh", ["-c", '"$0" check --format "$1" --stdin-path x.journey - < /dev/null > /dev/full', journey, format], { cwd: at, encoding: "utf8" });
    // One without a finding says nothing at all, which fits on a full disk too.
    assert.equal(full.status, format === "github" ? 0 : 2);
    if (format !== "github") assert.match(full.stderr, /standard output: can't be written: the disk is full/);
  });
}

const fingerprints = {
  sarif: (text) => JSON.parse(text).runs[0].results.map((one) => one.partialFingerprints["journey/v1"]),
  gitlab: (text) => JSON.parse(text).map((one) => one.fingerprint),
  junit: (text) => [...text.matchAll(/<testcase [^>]*>/g)].map((found) => found[0]),
};

for (const format of Object.keys(fingerprints)) {
  test(`${format}: what is found again after lines have moved is known again`, (t) => {
    const step = '    touchpoint "T" via web feels -2 {\n      owner nobody\n      owner nobody\n    }\n';
    const map = `journey "A" {\n  stage "S" {\n${step}${step.replace('"T"', '"U"')}  }\n}\n`;
    const at = repository(t, { "a.journey": map });
    const of = () => fingerprints[format](check(at, "--format", format, "--deny-warnings").text);
    const before = of();
    assert.ok(before.length > 4);
    writeFileSync(join(at, "a.journey"), `// a word\n\n${map.replaceAll("\n    ", "\n        ")}`);
    assert.deepEqual(of(), before, "lines above it, and other columns");
    writeFileSync(join(at, "a.journey"), map.replace('"U"', '"V"'));
    const others = of().filter((print) => !before.includes(print)).length;
    if (format !== "junit") assert.ok(others > 0 && others < before.length, "what stands in another step, and only that, is another thing");
    mkdirSync(join(at, "moved"));
    cpSync(join(at, "a.journey"), join(at, "moved/a.journey"));
    rmSync(join(at, "a.journey"));
    assert.equal(of().filter((print) => before.includes(print)).length, 0, "another file is another thing");
  });
}

test("sarif: columns are those of UTF-16, severities those of the project, a sure fix can be made", (t) => {
  const map = 'journey "A" {\n  stage "🧭🧭" { toucpoint "T" }\n}\n';
  const at = repository(t, { "a.journey": map, "project.journey": 'project "P" {\n  rule W0501 information\n}\n' });
  const [run] = JSON.parse(check(at, "--format", "sarif").text).runs;
  const result = run.results.find((one) => one.ruleId === "E0201");
  const { region } = result.locations[0].physicalLocation;
  const line = map.split("\n")[region.startLine - 1];
  assert.equal(line.slice(region.startColumn - 1, region.endColumn - 1), "toucpoint");
  const [{ deletedRegion, insertedContent }] = result.fixes[0].artifactChanges[0].replacements;
  assert.equal(line.slice(0, deletedRegion.startColumn - 1) + insertedContent.text + line.slice(deletedRegion.endColumn - 1), '  stage "🧭🧭" { touchpoint "T" }');
  const owner = run.results.find((one) => one.ruleId === "W0501");
  assert.equal(owner.level, "note");
  assert.equal(run.tool.driver.rules[owner.ruleIndex].defaultConfiguration.level, "warning");
  assert.match(run.tool.driver.rules[owner.ruleIndex].help.markdown, /## What to do/);
});

test("warnings fail a test of JUnit's, and are errors elsewhere, only with --deny-warnings", (t) => {
  const at = repository(t, { "a.journey": 'journey "A" {\n  stage "S" {\n    touchpoint "T"\n  }\n}\n' });
  const of = (...args) => check(at, "--format", ...args).text;
  assert.match(of("junit"), /failures="0"[^]*<testcase classname="a.journey" name="journey check"\/>[^]*<system-out>a.journey:1:9: warning W0501/);
  assert.match(of("junit", "--deny-warnings"), /<failure type="W0501"/);
  assert.match(of("github"), /^::warning /m);
  assert.match(of("github", "--deny-warnings"), /^::error /m);
});

test("with --since, only what was touched is told of, and nothing at all is a document too", (t) => {
  const at = repository(t, { "a.journey": sound, "b.journey": sound.replace('"A"', '"B"'), "c.journey": broken });
  rmSync(join(at, ".git"), { recursive: true });
  const git = (...args) => execFileSync("git", ["-c", "user.name=A", "-c", "user.email=a@example.com", ...args], { cwd: at });
  git("init", "-q");
  git("add", "-A");
  git("commit", "-qm", "Maps");
  for (const format of formats.filter((one) => !without(one))) {
    const { status, text, complaint } = check(at, "--since", "HEAD", "--format", format);
    assert.equal(status, 0, complaint);
    assert.deepEqual(wrong[format](text), []);
  }
  writeFileSync(join(at, "b.journey"), sound.replace("owner us", "owner nobody"));
  assert.deepEqual([...check(at, "--since", "HEAD", "--format", "junit").text.matchAll(/<testsuite name="([^"]*)"/g)].map((found) => found[1]), ["b.journey"]);
  // A check in Lua that looks at the whole project has all of it read, and still only what was touched is told of.
  writeFileSync(join(at, "project.journey"), 'check all-of-it "All of it" warning computed-by "all.lua"\n');
  writeFileSync(join(at, "all.lua"), "return { scope = 'project', check = function() end }\n");
  git("add", "-A");
  git("commit", "-qm", "A check");
  writeFileSync(join(at, "a.journey"), sound.replace("owner us", "owner nobody"));
  assert.deepEqual([...check(at, "--since", "HEAD", "--format", "junit").text.matchAll(/<testsuite name="([^"]*)"/g)].map((found) => found[1]), ["a.journey"]);
});

test("a baseline leaves out what it lists", (t) => {
  const at = repository(t, { "a.journey": 'journey "A" {\n  stage "S" {\n    touchpoint "T"\n  }\n}\n' });
  assert.match(check(at, "--format", "github").text, /W0501/);
  assert.equal(check(at, "--write-baseline", "old.json").status, 0);
  for (const format of formats.filter((one) => !without(one))) {
    const { status, text } = check(at, "--format", format, "--deny-warnings", "--baseline", "old.json");
    assert.equal(status, 0);
    assert.ok(!text.includes("W0501"), format);
    assert.deepEqual(wrong[format](text), []);
  }
});

test("what is silenced is left out", (t) => {
  const at = repository(t, { "a.journey": 'journey "A" {\n  silence W0501 "We know"\n  stage "S" {\n    touchpoint "T"\n  }\n}\n' });
  for (const format of formats) assert.ok(!check(at, "--format", format).text.includes("W0501"), format);
});

test("junit of `journey test`: every test of tests/data/test", { skip: without("junit") }, () => {
  const { status, text } = runTests(join(root, "tests/data/test"), "--format", "junit");
  assert.equal(status, 1);
  assert.deepEqual(wrong.junit(text), []);
});

test("junit of `journey test`: names and texts that want to break out", { skip: without("junit") }, (t) => {
  const names = [']]><failure message=""/>', "\x1b[31mred", "bell\x07", "bell\x08", Buffer.from([0xff, 0xfe]), "quo'te&amp;", "🧭", "two\nlines"];
  const inLua = (text) => `"${[...Buffer.from(text)].map((byte) => `\\${String(byte).padStart(3, "0")}`).join("")}"`;
  const functions = names.map((name) => `[${inLua(name)}] = function(t) print(${inLua(name)}) t.equal(${inLua(name)}, "\\0") end,`);
  const at = repository(t, { "a_test.lua": `return {\n${functions.join("\n")}\n  good = function(t) t.equal(1, 1) end,\n}\n`, "broken_test.lua": "return {{" });
  for (const name of ["new\nline", "\x1b[31mred\x07", ']]>"&amp;<']) cpSync(join(at, "a_test.lua"), join(at, `${name}_test.lua`));
  writeFileSync(Buffer.concat([Buffer.from(`${at}/caf`), Buffer.from([0xe9, 0xff]), Buffer.from("_test.lua")]), readFileSync(join(at, "a_test.lua")));
  const { status, text } = runTests(at, "--format", "junit");
  assert.equal(status, 1, text);
  assert.deepEqual(wrong.junit(text), []);
  assert.match(text, new RegExp(`<testsuites name="journey test" tests="${5 * (names.length + 1) + 1}" failures="${5 * names.length + 1}"`));
});
