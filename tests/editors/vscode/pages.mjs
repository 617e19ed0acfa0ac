// What else can be had of a map: a template to begin with, its numbers, what to do first, a report, a first walk.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { until } from "../lib/places.mjs";
import { lineOf, table, trip } from "../lib/vscode_maps.mjs";
import { story } from "../lib/vscode_story.mjs";

const broken = `journey post "By post" {
  stage "Waiting" {
    touchpoint "Asks where it is" via emial
  }
}
`;
const files = { ...table, "trip.journey": trip.replace("servce", "service"), "post.journey": broken };
const page = (window, text) => window.webview(`a page with ${text}`, `document.body.innerText.includes(${JSON.stringify(text)})`);

story("pages of a project", { files }, (tell) => {
  tell("the line below says what is wrong, and the first number", async ({ window }) => {
    await window.open("trip.journey", lineOf(trip, "servce"), 15);
    await window.sees("the number", () => window.status(/Calm 4711/));
    await window.type("x");
    await window.sees("the error", () => window.status(/1 error in this file\s+Calm 4711.*Journey: 1 error in this file, Calm 4711/s));
    await window.keys("Escape", "Backspace");
    await window.sees("no error", () => window.status(/^\s*Calm 4711\s+Journey: no errors in this file, Calm 4711/));
  });
  tell("the score", async ({ window }) => {
    await window.command("Journey: Show Score");
    await page(window, "4711");
    await window.keys("Control+w");
  });
  tell("the plan", async ({ window }) => {
    await window.open("trip.journey");
    await window.command("Journey: Show Plan: What to Do First");
    await page(window, "Nothing is planned here yet");
    await window.keys("Control+w");
  });
  tell("the report, which is saved", async ({ window, project }) => {
    await window.open("trip.journey");
    await window.command("Journey: Show Report of the Project");
    await page(window, "A table for the terrace");
    await window.command("Journey: Save Report As…");
    await window.saveAs(/report\.html$/);
    await until("the report", () => /A table for the terrace[^]*<\/html>\s*$/.test(readFileSync(join(project, "report.html"), "utf8")));
    await window.keys("Control+w");
  });
  tell("all maps are checked, also those that nobody opened", async ({ window }) => {
    await window.command("Journey: Check the Whole Project");
    await window.notification(/1 error and \d+ warnings? in \d files?/i).waitFor();
    await window.sees("it in the list of problems", async () => /emial/.test((await window.problems()).join("\n")));
    await window.command("View: Hide Panel");
  });
  tell("a message is explained", async ({ window }) => {
    await window.open("post.journey");
    await window.squiggles("error").first().waitFor();
    await window.command("Journey: Explain a Message…");
    await window.choose("emial");
    await page(window, "E0203: a name that nothing declares");
    await window.keys("Control+w");
  });
  tell("a picture shows what the preview shows: other files are saved first", async ({ window, project }) => {
    await window.open("people.journey", 1, 14);
    await window.type("Augusta ");
    await window.open("trip.journey");
    await window.command("Journey: Export Map…");
    await window.choose("PNG picture");
    const asked = window.dialog().filter({ hasText: "people.journey isn’t saved" });
    await asked.getByRole("button", { name: "Save It and Export" }).click();
    await window.saveAs(/trip\.png$/);
    assert.match(readFileSync(join(project, "people.journey"), "utf8"), /"Augusta Ada"/);
    await until("the picture", () => readFileSync(join(project, "trip.png")).toString("latin1", 1, 4) === "PNG");
  });
  tell("a map from a template", async ({ window, project }) => {
    await window.command("Journey: New Map from Template…");
    await window.choose("Day in the life");
    await window.sees("the name that is proposed", async () => /\.journey$/.test(await window.quick().locator("input.input").first().inputValue()));
    await window.answer("monday.journey");
    await window.tab("monday.journey").waitFor();
    assert.ok(existsSync(join(project, "monday.journey")));
    await window.shows(/journey /);
  });
  tell("the first walk", async ({ window }) => {
    await window.command("Welcome: Open Walkthrough...");
    await window.answer("Your first journey map");
    await window.page.locator(".gettingStartedContainer", { hasText: "Begin with a template" }).waitFor();
  });
  tell("how the program is installed", async ({ window }) => {
    const walk = window.page.locator(".gettingStartedContainer");
    await walk.getByText("Install the program").first().click();
    await walk.getByRole("button", { name: "How to Install" }).click();
    await page(window, "cmake");
  });
});
