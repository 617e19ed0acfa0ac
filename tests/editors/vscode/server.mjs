// The server is missing, too old, dead: it is said, what can be done is offered, and writing goes on.
import assert from "node:assert/strict";
import { chmodSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { until } from "../lib/places.mjs";
import { lineOf, table, trip } from "../lib/vscode_maps.mjs";
import { story } from "../lib/vscode_story.mjs";

const files = { ...table, "trip.journey": trip.replace("servce", "service") };
const line = lineOf(trip, "servce");

story("the program is missing", { files, opened: false }, (step) => {
  step("it is said, with what can be done", async (scene) => {
    unlinkSync(scene.code.program);
    scene.window = await scene.code.window(scene.project);
    await scene.window.open("trip.journey");
    const said = scene.window.notification("The program journey was not found");
    for (const button of ["Set Path…", "How to Install", "Try Again"]) await said.getByRole("button", { name: button }).waitFor();
    assert.equal(scene.code.servers().length, 0);
  });
  step("writing goes on", async ({ window }) => {
    await window.go(line);
    await window.keys("End");
    await window.type(" // later");
    await window.shows(/owner service \/\/ later/);
    await window.save();
  });
  step("how to install it is told", async ({ window }) => {
    await window.command("Journey: How to Install the Program");
    await window.webview("the page", () => document.body.innerText.includes("cmake"));
    await window.keys("Control+w");
  });
  step("once it is there, a press of the button is enough", async ({ window, code }) => {
    code.findable();
    await window.press(window.notification("The program journey was not found"), "Try Again");
    await until("the server", () => code.servers().length === 1);
    await window.breaks(line);
  });
});

story("the program is too old", { files, opened: false }, (step) => {
  step("both versions are said", async (scene) => {
    const old = join(scene.project, "old-journey");
    writeFileSync(old, "#!/bin/sh\necho journey 0.0.1\n");
    chmodSync(old, 0o755);
    scene.code.settings({ "journey.server.path": old });
    scene.window = await scene.code.window(scene.project);
    await scene.window.open("trip.journey");
    const said = await scene.window.notification(/it is journey 0\.0\.1; this extension needs \d/);
    for (const button of ["How to Install", "Set Path…", "Try Again"]) await said.getByRole("button", { name: button }).waitFor();
  });
  step("another is chosen by a button, and used at once", async ({ window, code }) => {
    await window.press(window.notification("it is journey 0.0.1"), "Set Path…");
    await window.file(code.program);
    await until("the server", () => code.servers().length === 1);
    assert.equal(code.servers()[0].command[0], code.program);
    await window.breaks(line);
  });
});

story("the server dies", { files }, (step) => {
  const kill = async (code, but) => {
    const { pid } = await until("a server", () => code.servers().find((one) => one.pid !== but));
    process.kill(pid, "SIGKILL");
    return pid;
  };
  const errors = (code) => code.log().split("\n").filter((line) => / \[error\] /.test(line));
  step("once: nobody notices", async (scene) => {
    const { window, code } = scene;
    scene.before = errors(code);
    await window.open("trip.journey");
    await window.breaks(line);
    const pid = await kill(code);
    await until("another server", () => code.servers().some((one) => one.pid !== pid));
    await window.breaks(line);
    assert.equal(await window.page.locator(".notification-list-item").count(), 0);
  });
  step("five times in a minute: it is said, and writing goes on", async ({ window, code }) => {
    const said = window.notification("ended five times within a minute");
    // As soon as one answers: on a busy machine, whatever is looked at in between takes its part of the minute.
    const answers = ({ pid }) => code.log().includes(`process ${pid} answers`);
    for (let last, times = 1; times <= 5; times++) {
      const next = await until("another server, or none any more", async () => code.servers().find((one) => one.pid !== last && answers(one)) ?? said.count());
      if (next === 1) break; // the one of before counts, too, where it was less than a minute ago
      process.kill((last = next.pid), "SIGKILL");
    }
    for (const button of ["Restart", "Show Log"]) await said.getByRole("button", { name: button }).waitFor();
    assert.equal(code.servers().length, 0);
    await window.go(line);
    await window.keys("End");
    await window.type(" // later");
    await window.shows(/owner service \/\/ later/);
    await window.press(said, "Restart");
    await until("the server", () => code.servers().length === 1);
    await window.breaks(line);
  });
  step("the log tells it, and nothing else", async ({ window, code, before }) => {
    await window.command("Journey: Show Log");
    const output = window.page.locator(".part.panel .view-lines").first();
    await window.sees("the log", async () => /ended five times within a minute/.test((await output.innerText()).replaceAll("\u00a0", " ")));
    const said = errors(code).filter((line) => !before.includes(line));
    assert.equal(said.length, 1, said.join("\n"));
    assert.match(code.log(), /process \d+ ended by SIGKILL/);
  });
});
