// A day with maps in VS Code, and what goes wrong on others. On a failure, build/logs/vscode has a picture of each window.
import assert from "node:assert/strict";
import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { after, before, describe } from "node:test";
import { folder, until } from "./lib/places.mjs";
import { Code, whyNot } from "./lib/vscode.mjs";
import { lineOf, table, trip } from "./lib/vscode_maps.mjs";

let code;
/** The steps of a story: what comes after one that failed is not told. */
function story(name, steps) {
  describe(name, () => {
    let failed;
    steps((step, tell) =>
      test(step, async (t) => {
        assert.ok(!failed, `not tried, as "${failed}" failed`);
        try {
          await tell(t);
        } catch (error) {
          failed = step;
          await code.keep(`${name} ${step}`);
          throw error;
        }
      }),
    );
  });
}
const where = (text) => lineOf(trip, text);

describe("VS Code", { skip: whyNot() }, () => {
  before(async () => (code = await Code.start()));
  after(() => code.end());

  story("a map is written", (told) => {
    let window, project;
    before(async (t) => {
      project = folder(null, table);
      window = await code.window(project);
    });
    after(() => rmSync(project, { recursive: true }));

    told("a slip is underlined, and says what is wrong", async () => {
      await window.open("trip.journey", where("servce"), 15);
      await window.squiggles("error").first().waitFor();
      const said = await window.hover();
      assert.match(said, /there is no team called `?servce/);
      assert.match(said, /did you mean `?service/);
      assert.match((await window.status(/Errors: \d/)) ?? "", /Errors: 1/);
    });

    told("the light bulb mends it", async () => {
      await window.focusEditor();
      await window.fix("service");
      await window.squiggles("error").first().waitFor({ state: "detached" });
      assert.match(await window.text(), /owner service\n/);
    });

    told("words and names of another file are completed", async () => {
      await window.go(where('feels +2'), 1);
      await window.keys("End", "Enter");
      await window.type("own");
      await window.complete("owner");
      await window.sees("the keyword", async () => /own(er)?\s*\S*$/m.test(await window.text()));
      await window.keys("Escape");
      await window.type(" serv");
      await window.complete("service");
      await window.sees("the name", async () => /It fits.*\n +owner\s+service/.test(await window.text()));
      await window.save();
    });

    told("a name is changed in all files", async () => {
      await window.go(where("persona  ada"), 13);
      await window.rename("ada-keller");
      await window.sees("the new name", async () => /persona +ada-keller/.test(await window.text()));
      await window.command("File: Save All");
      await until("the declaration's file", () => readFileSync(join(project, "people.journey"), "utf8").includes("persona ada-keller"));
      assert.match(readFileSync(join(project, "trip.journey"), "utf8"), /persona +ada-keller/);
    });

    told("the server is started anew on demand", async () => {
      const [{ pid }] = code.servers();
      await window.command("Journey: Restart Server");
      const next = await until("another server", () => code.servers().find((one) => one.pid !== pid));
      await window.go(where("servce"), 15);
      await window.keys("End");
      await window.type("x");
      await window.squiggles("error").first().waitFor();
      await window.keys("Backspace");
      await window.squiggles("error").first().waitFor({ state: "detached" });
      assert.deepEqual(code.servers(), [next]);
      await window.close();
      await until("the server's end", () => code.servers().length === 0);
    });
  });
});
