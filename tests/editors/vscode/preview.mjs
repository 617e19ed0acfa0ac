// The map beside the text: it follows the typing, knows the way back, keeps its place.
import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { until } from "../lib/places.mjs";
import { lineOf, long } from "../lib/vscode_maps.mjs";
import { story } from "../lib/vscode_story.mjs";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const lit = (colour) => colour.match(/[\d.]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 3;

/** The document of the preview. */
export const map = (window) => window.webview("the map", () => document.querySelector("[data-journey-preview] .lanes"));
const says = (frame, window, text) => window.sees(text, async () => (await frame.locator("#notice").innerText()).includes(text));
const step = (number) => `g[id="step-s${number}"]`;
const lineOfStep = (number) => lineOf(long, `touchpoint s${number} `);
/** Where the title of a step begins. */
const title = (number) => [lineOfStep(number), long.split("\n")[lineOfStep(number) - 1].indexOf('"') + 2];
/** Asks axe, which looks at contrasts, names and roles. */
async function readable(frame) {
  await frame.evaluate(readFileSync(axe, "utf8"));
  // A step is called by its title, which stands above the lanes, not by all that stands in them; the bar is no part of the map.
  const { violations } = await frame.evaluate(() => axe.run(document, { rules: { "label-content-name-mismatch": { enabled: false }, region: { enabled: false } } }));
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 90)).join(" | ")}`), []);
}

story("the preview", { files: { "long.journey": long } }, (tell) => {
  tell("the map is shown beside the text", async (scene) => {
    const { window } = scene;
    await window.open("long.journey", ...title(1));
    await window.command("Journey: Open Preview to the Side");
    scene.frame = await map(window);
    assert.equal(await scene.frame.locator(".lanes g[id^='step-']").count(), 25);
    assert.equal(await window.page.locator(".editor-group-container").count(), 2);
  });

  tell("it follows the typing", async ({ window, frame }) => {
    await window.type("Quickly ");
    await frame.locator("text", { hasText: "Quickly" }).first().waitFor();
    for (let key = 0; key < 8; key++) await window.keys("Backspace");
    await window.sees("the old words", async () => (await frame.locator("text", { hasText: "Quickly" }).count()) === 0);
  });

  tell("from a keystroke to the paint of the map", async ({ window, frame, say }) => {
    const took = await window.keystrokes(frame, 20);
    say(`from a keystroke to the map's paint: median ${took[took.length / 2].toFixed(0)} ms, slowest ${took.at(-1).toFixed(0)} ms`);
  });

  tell("the step at the cursor is marked, and brought into sight", async ({ window, frame }) => {
    await window.go(...title(20));
    await frame.locator(`${step(20)}[aria-current="true"]`).waitFor();
    await window.sees("the step in sight", () => frame.evaluate((selector) => {
      const { left, right } = document.querySelector(selector).getBoundingClientRect();
      return left >= 0 && right <= innerWidth;
    }, step(20)));
  });

  tell("a click in the map leads to the line", async ({ window, frame }) => {
    await frame.locator(step(19)).click({ force: true }); // Between its words, too.
    await window.sees("the line of the step", () => window.at(lineOfStep(19)));
    await window.type("Z");
    await window.shows(/Z/);
    await window.keys("Control+z");
  });

  tell("it keeps its place while it changes", async ({ window, frame }) => {
    await window.go(...title(19));
    const move = () => {
      const scroller = document.querySelector(".scroll");
      scroller.scrollLeft -= 37;
      return scroller.scrollLeft;
    };
    const before = await frame.evaluate(move);
    assert.ok(before > 100);
    await window.type("Slowly ");
    await frame.locator("text", { hasText: "Slowly" }).first().waitFor();
    assert.equal(await frame.evaluate(() => document.querySelector(".scroll").scrollLeft), before);
  });

  tell("it can be made larger and smaller", async ({ window, frame }) => {
    const width = () => frame.locator(".lanes").evaluate((svg) => svg.getBoundingClientRect().width);
    const natural = await width();
    await frame.locator("[data-action=larger]").click();
    await window.sees("a larger map", async () => (await width()) > natural);
    await frame.locator("[data-action=fit]").click();
    await window.sees("a map that fits", async () => (await width()) < natural);
    await frame.locator("[data-action=natural]").click();
    await window.sees("the natural size", async () => (await width()) === natural);
    await window.sees("the status bar about the map, while its preview has the focus", () => window.status(/Effort 1/));
  });

  tell("it goes with the theme of the editor", async ({ window, frame }) => {
    const dress = async (theme) => {
      await window.command("Preferences: Color Theme");
      await window.answer(theme);
    };
    const shade = () => frame.evaluate(() => getComputedStyle(document.querySelector(".lanes text")).fill);
    const isDark = () => frame.evaluate(() => document.body.classList.contains("vscode-dark"));
    const grounds = () => frame.evaluate(() => {
      const ground = (selector) => getComputedStyle(document.querySelector(selector)).backgroundColor;
      return { editor: ground("#bar"), map: [ground("html"), ground(".top"), ground(".labels")] };
    });
    const sameGround = async () => {
      const { editor, map: behind } = await grounds();
      assert.deepEqual(behind, [editor, editor, editor]);
    };
    assert.ok(lit(await shade()) < 130 && !(await isDark()), await shade());
    await dress("Dark Modern");
    await window.sees("light ink on a dark map", async () => (await isDark()) && lit(await shade()) > 130);
    await sameGround();
    await readable(frame);
    await dress("Light Modern");
    await window.sees("dark ink on a light map", async () => !(await isDark()) && lit(await shade()) < 130);
    await sameGround();
  });

  tell("it can be read by everybody (axe)", ({ frame }) => readable(frame));

  tell("what doesn't belong to its page neither runs nor is loaded", async ({ code, frame }) => {
    const own = code.faults.length;
    await frame.evaluate((picture) => {
      window.refused = [];
      document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => window.refused.push(effectiveDirective));
      const parts = [["script", { textContent: "window.ran = 1" }], ["img", { src: picture }], ["style", { textContent: "#map { opacity: 0.5 }" }]];
      for (const [name, more] of parts) document.body.appendChild(Object.assign(document.createElement(name), more));
    }, `${code.address}/favicon.ico`);
    const refused = () => frame.evaluate(() => window.refused.sort().join(" "));
    await until("what is refused", async () => (await refused()) === "img-src script-src-elem style-src-elem");
    assert.equal(await frame.evaluate(() => window.ran), undefined);
    await until("the browser's complaints", () => code.faults.length === own + 3);
    code.faults.length = own; // They were wanted.
  });

  tell("it is exported", async ({ window, frame, project }) => {
    await window.command("Journey: Export Map…"); // The preview has the focus.
    await window.quick().locator(".monaco-list-row", { hasText: "Page" }).first().waitFor();
    await window.keys("Escape");
    await window.quick().waitFor({ state: "hidden" });
    await frame.locator("[data-action=export]").click();
    await window.choose("Page");
    await window.saveAs(/long\.html$/);
    const written = join(project, "long.html");
    await until("the page", () => existsSync(written) && /<\/html>\s*$/.test(readFileSync(written, "utf8")));
    assert.match(readFileSync(written, "utf8"), /Slowly/);
  });

  tell("errors are said above the last map", async ({ window, frame }) => {
    await window.focusEditor();
    await window.go(lineOfStep(19) + 1);
    await window.type("nonsense ");
    await says(frame, window, "error");
    for (let key = 0; key < 9; key++) await window.keys("Backspace");
    await frame.locator("#notice").waitFor({ state: "hidden" });
  });

  tell("a file that is deleted keeps its last map", async ({ window, frame, project }) => {
    const path = join(project, "long.journey");
    const text = readFileSync(path, "utf8");
    rmSync(path);
    await frame.locator("#notice[data-notice=gone]", { hasText: "long.journey" }).waitFor();
    assert.equal(await frame.locator(".lanes g[id^='step-']").count(), 25);
    writeFileSync(path, text);
    await frame.locator("#notice[data-notice=gone]").waitFor({ state: "hidden" });
  });

  tell("it comes back with its window", async (scene) => {
    const { window } = scene;
    await window.page.reload();
    scene.frame = await map(window);
    await scene.frame.locator(".lanes g[id='step-s25']").waitFor();
  });

  tell("it keeps to its file when it is told to", async ({ window, project }) => {
    writeFileSync(join(project, "other.journey"), long.replaceAll("long", "other").replaceAll("Takes", "Leaves out"));
    await window.tab("Map: long.journey").click();
    await window.command("Journey: Keep Preview to Its File, or Not");
    await window.tab("Map (kept): long.journey").waitFor();
    await window.focusEditor();
    await window.open("other.journey");
    await window.command("Journey: Open Preview to the Side");
    await window.tab("Map: other.journey").waitFor();
    await window.tab("Map (kept): long.journey").waitFor();
  });

  tell("from the map to its text, and the map in its place", async ({ window }) => {
    await window.tab("Map (kept): long.journey").click();
    // A page takes the focus when it has come, however late that is.
    await window.webview("its map", () => /Takes step/.test(document.querySelector("[data-journey-preview] .top")?.textContent));
    await window.command("Journey: Show the Text of the Map");
    await window.sees("the text in front", async () => /^long/.test(await window.page.locator(".editor-group-container.active .tab.active").innerText()));
    await window.focusEditor();
    await window.command("View: Close Editors in Other Groups");
    await window.command("Journey: Open Preview");
    await window.page.locator(".editor-group-container.active .tab.active", { hasText: "Map: long.journey" }).waitFor();
    assert.equal(await window.page.locator(".editor-group-container").count(), 1);
    await map(window);
  });
});
