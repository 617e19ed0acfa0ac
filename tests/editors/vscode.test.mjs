// A day with maps in VS Code, and what goes wrong on other days: one start of VS Code, a story a file in vscode/.
// ONLY="preview" tells the stories with this in their name. On a failure, build/logs/vscode has pictures of the windows.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test, { after, before, describe } from "node:test";
import { root } from "./lib/places.mjs";
import { Code, whyNot } from "./lib/vscode.mjs";
import { stories } from "./lib/vscode_story.mjs";
import "./vscode/writing.mjs";
import "./vscode/preview.mjs";
import "./vscode/pages.mjs";
import "./vscode/server.mjs";
import "./vscode/places.mjs";

const whose = { code: null };

describe("VS Code", { skip: whyNot() }, () => {
  before(async () => (whose.code = await Code.start()));
  after(() => whose.code?.end());

  for (const tell of stories(process.env.ONLY ?? "")) tell(whose);

  test("every command was run", { skip: process.env.ONLY && "only some stories are told" }, () => {
    const { commands } = JSON.parse(readFileSync(`${root}/editors/vscode/package.json`, "utf8")).contributes;
    assert.deepEqual(commands.map(({ category, title }) => `${category}: ${title}`).filter((name) => !whose.code.ran.has(name)), []);
  });

  test("nothing has left this machine, and no page has complained", () => {
    assert.deepEqual(whose.code.outside, []);
    assert.deepEqual(whose.code.faults, []);
  });
});
