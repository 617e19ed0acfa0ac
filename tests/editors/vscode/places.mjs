// Maps in odd places: outside of the folder, not saved yet, in two windows at once, in a folder that nobody vouches for.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { folder, until } from "../lib/places.mjs";
import { lineOf, table, trip } from "../lib/vscode_maps.mjs";
import { story } from "../lib/vscode_story.mjs";

const files = { ...table, "trip.journey": trip.replace("servce", "service") };
const line = lineOf(trip, "servce");

story("a map in an odd place", { files: { "notes.txt": "Nothing of interest\n" } }, (step) => {
  step("a file outside of the folder is checked with what it imports", async ({ window, code }) => {
    const elsewhere = folder(null, table, code.home);
    await window.command("File: Open File...");
    await window.file(join(elsewhere, "trip.journey"));
    await window.squiggles("error").first().waitFor();
    await window.sees("it in the list of problems", async () => /there is no team called `servce`/.test((await window.problems()).join("\n")));
  });
  step("a text that was never saved is checked too", async ({ window }) => {
    await window.command("File: New Untitled Text File");
    await window.command("Change Language Mode");
    await window.answer("Journey map");
    await window.focusEditor();
    await window.type("jorney");
    await window.squiggles("error").first().waitFor();
    assert.match(await window.hover(), /journey/);
  });
});

story("a workspace that lies on no disk", { opened: false }, (step) => {
  step("it has colours; what can't be had is said", async (scene) => {
    const window = (scene.window = await scene.code.window("memory:/"));
    await window.page.locator(".explorer-folders-view .monaco-list-row", { hasText: "trip.journey" }).dblclick();
    await window.editor().locator(".view-line span[class*=mtk]:not(.mtk1)").first().waitFor();
    await window.command("Journey: Show Score");
    await window.notification("lies on no disk").waitFor();
    assert.equal(scene.code.servers().length, 0);
  });
});

story("two windows on one project", { files }, (step) => {
  step("what one saves, the other knows", async (scene) => {
    const { code, window, project } = scene;
    const other = await code.window(project);
    await window.open("trip.journey");
    await other.open("people.journey", lineOf(files["people.journey"], "team service"), 6);
    await until("two servers", () => code.servers().length === 2);
    await window.breaks(line);
    await window.save();
    await other.rename("workshop");
    await other.command("File: Save All Files");
    await until("both files", () => /owner +workshop/.test(readFileSync(join(project, "trip.journey"), "utf8")));
    await window.shows(/owner +workshop/);
    await window.squiggles("error").first().waitFor({ state: "detached" });
    await other.close();
    await until("one server", () => code.servers().length === 1);
    await window.breaks(line);
  });
});

const asked = { "security.workspace.trust.enabled": true, "security.workspace.trust.startupPrompt": "never", "security.workspace.trust.banner": "always" };
story("a folder that isn't trusted", { files, settings: asked }, (step) => {
  const number = /Calm 4711/;
  step("maps are checked, and no Lua of the folder runs", async ({ window, code }) => {
    await window.open("trip.journey");
    await window.breaks(line);
    assert.ok(code.servers()[0].command.includes("--no-scripts"), code.servers()[0].command.join(" "));
    await window.shows(/Effort 1/);
    assert.doesNotMatch(await window.text(), number);
  });
  step("once it is trusted, the number comes", async ({ window, code }) => {
    await window.command("Workspaces: Manage Workspace Trust");
    await window.page.locator(".workspace-trust-editor").getByRole("button", { name: "Trust", exact: true }).click();
    await until("a server with all", () => code.servers().some(({ command }) => !command.includes("--no-scripts")));
    await window.tab("trip.journey").click();
    await window.shows(number);
  });
});
