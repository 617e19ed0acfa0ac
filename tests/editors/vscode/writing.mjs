// A map is opened, mended, completed, renamed.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { until } from "../lib/places.mjs";
import { lineOf, table, trip } from "../lib/vscode_maps.mjs";
import { story } from "../lib/vscode_story.mjs";

const where = (text) => lineOf(trip, text);

story("a map is written", { files: table }, (step) => {
  step("a slip is underlined, and says what is wrong", async ({ window }) => {
    await window.open("trip.journey", where("servce"), 15);
    await window.squiggles("error").first().waitFor();
    const said = await window.hover();
    assert.match(said, /there is no team called `?servce/);
    assert.match(said, /did you mean `?service/);
    await window.sees("the count of errors", () => window.status(/Errors: 1/));
  });

  step("the light bulb mends it", async ({ window }) => {
    await window.focusEditor();
    await window.fix("service");
    await window.squiggles("error").first().waitFor({ state: "detached" });
    await window.shows(/owner service\n/);
  });

  step("words and names of another file are completed", async ({ window }) => {
    await window.go(where("feels +2"));
    await window.keys("End", "Enter");
    await window.type("own");
    await window.complete("owner");
    await window.shows(/own(er)?\s*\S*$/m);
    await window.type(" serv");
    await window.complete("service");
    await window.shows(/It fits.*\n +owner\s+service/);
    await window.save();
  });

  step("a name is changed in all files", async ({ window, project }) => {
    await window.go(where("persona  ada"), 13);
    await window.rename("ada-keller");
    await window.shows(/persona +ada-keller/);
    await window.command("File: Save All Files");
    await until("the declaration's file", () => readFileSync(join(project, "people.journey"), "utf8").includes("persona ada-keller"));
    await until("the other file", () => /persona +ada-keller/.test(readFileSync(join(project, "trip.journey"), "utf8")));
  });

  step("the server is started anew on demand", async ({ window, code }) => {
    const [{ pid }] = code.servers();
    await window.command("Journey: Restart Server");
    const next = await until("another server", () => code.servers().find((one) => one.pid !== pid));
    await window.breaks(where("servce"));
    assert.deepEqual(code.servers(), [next]);
  });
});
