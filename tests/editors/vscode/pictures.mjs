// Takes the README's pictures of VS Code with a map beside its text: `node tests/editors/vscode/pictures.mjs docs/pictures`.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { folder, program, root } from "../lib/places.mjs";
import { Code } from "../lib/vscode.mjs";
import { map } from "./preview.mjs";

const [, , target = "docs/pictures"] = process.argv;
const quiet = {
  "workbench.activityBar.location": "hidden",
  "workbench.sideBar.location": "left",
  "workbench.layoutControl.enabled": false,
  "window.commandCenter": false,
  "window.menuBarVisibility": "hidden",
  "window.customTitleBarVisibility": "never",
  "workbench.editor.editorActionsLocation": "default",
  "breadcrumbs.enabled": false,
  "editor.renderLineHighlight": "line",
  "editor.guides.indentation": false,
  "editor.overviewRulerBorder": false,
  "editor.hideCursorInOverviewRuler": true,
  "editor.scrollbar.vertical": "hidden",
  "editor.scrollbar.horizontal": "hidden",
  "editor.stickyScroll.enabled": false,
  "editor.fontSize": 14,
  "editor.occurrencesHighlight": "off",
  "editor.matchBrackets": "never",
};
const themes = { light: "Default Light Modern", dark: "Default Dark Modern" };

const code = await Code.start();
try {
  mkdirSync(target, { recursive: true });
  for (const [name, theme] of Object.entries(themes)) {
    const project = join(folder(null), "saas-onboarding");
    cpSync(join(root, "examples/saas-onboarding"), project, { recursive: true });
    code.settings({ ...quiet, "workbench.colorTheme": theme });
    const window = await code.window(project, { width: 1600, height: 1000, scale: 2, dark: name === "dark" });
    await window.command("View: Toggle Primary Side Bar Visibility");
    await window.open("onboarding.journey", 61, 29);
    await window.command("Journey: Open Preview to the Side");
    const frame = await map(window);
    for (let smaller = 0; smaller < 3; smaller++) await frame.locator("[data-action=smaller]").click();
    await frame.locator(".top").first().evaluate((top) => top.scrollIntoView({ block: "start" }));
    await window.focusEditor();
    await window.go(61, 29);
    await frame.locator("[aria-current=true]").waitFor();
    await frame.locator(".scroll").first().evaluate((scroller) => scroller.scrollTo(0, 0));
    await window.page.mouse.move(500, 998);
    await window.sees("the number", () => window.status(/Net Promoter Score/));
    const picture = join(target, `vscode-${name}.png`);
    await window.page.screenshot({ path: picture });
    if (program("convert")) execFileSync("convert", [picture, "+dither", "-colors", "255", `PNG8:${picture}`]); // A third of the bytes, and nobody sees it.
    await window.close();
  }
} finally {
  await code.end();
}
