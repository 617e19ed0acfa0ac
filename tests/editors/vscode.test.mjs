// A day with maps in VS Code, and what goes wrong on other days: one start of VS Code, a story a file in vscode/.
// ONLY="preview" tells the stories with this in their name. On a failure, build/logs/vscode has pictures of the windows.
import assert from "node:assert/strict";
import test, { after, before, describe } from "node:test";
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

  test("nothing has left this machine, and no page has complained", () => {
    assert.deepEqual(whose.code.outside, []);
    assert.deepEqual(whose.code.faults, []);
  });
});
