// A window of VS Code, as whoever sits before it uses it: keys go in, and what is seen comes out.
import { patience, until } from "./places.mjs";

const plain = (text) => text.replaceAll("\u00a0", " ").replaceAll("\u200b", "");
/** A text that has nothing before and after it. */
const whole = (text) => new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}\\s*$`);

export class Window {
  /** What its console said, and that of its webviews. */
  said = [];

  constructor(code, page) {
    Object.assign(this, { code, page });
    page.setDefaultTimeout(patience);
    page.on("console", (message) => {
      const from = message.location().url;
      this.said.push(`${message.type()}: ${message.text()} (${from})`);
      const blocked = /Content Security Policy|Refused to/i.test(message.text());
      if (blocked || (message.type() === "error" && /vscode-webview|fake\.html|webview/.test(from))) code.faults.push(message.text());
    });
    page.context().on("request", (request) => {
      const url = request.url();
      const own = url.startsWith(code.address) || /^(data|blob):/.test(url) || /^https:\/\/[^/]+\.vscode-cdn\.net\//.test(url); // VS Code's own page answers for the last.
      if (!own) code.outside.push(url);
    });
  }

  async load(folder) {
    await this.page.goto(`${this.code.address}/${folder ? `?folder=${encodeURIComponent(folder)}` : "?ew=true"}`);
    await this.page.locator(".monaco-workbench .part.statusbar").waitFor();
    await this.page.locator(".part.statusbar .statusbar-item").first().waitFor();
    if (folder) await this.page.locator(".explorer-folders-view .monaco-list-row").first().waitFor();
  }
  async close() {
    this.code.windows = this.code.windows.filter((one) => one !== this);
    await this.page.context().close();
  }
  keys(...names) {
    return names.reduce((before, name) => before.then(() => this.page.keyboard.press(name)), Promise.resolve());
  }
  type(text) {
    return this.page.keyboard.type(text);
  }
  sees(what, look) {
    return until(what, look);
  }

  // -- Commands, questions, notifications

  quick() {
    return this.page.locator(".quick-input-widget");
  }
  /** Chooses a row of the list that VS Code has opened at its top. */
  async choose(text) {
    await this.quick().locator(".monaco-list-row", { hasText: text }).first().click();
  }
  async answer(text) {
    const input = this.quick().locator("input.input").first();
    await input.waitFor();
    await input.fill(text);
    await input.press("Enter");
  }
  /** Opens the list at the top with a key and writes into it. A page that is just coming or going takes keys and focus: then it is done again. */
  async summon(key, text) {
    const input = this.quick().locator("input.input").first();
    await this.quick().waitFor({ state: "hidden" });
    await this.sees(`what ${key} opens`, async () => {
      await this.keys(key);
      await input.waitFor({ timeout: 15_000 }); // The same key once more would empty what has opened at last.
      await input.fill(text, { timeout: 15_000 });
      return (await input.inputValue()) === text;
    });
    return input;
  }
  /** Takes the name that the dialog for saving proposes, which matches. */
  async saveAs(name) {
    const input = this.quick().locator("input.input").first();
    await this.sees(`${name}, which is proposed`, async () => name.test(await input.inputValue()));
    await input.press("Enter");
    await this.notification("Written").waitFor();
  }
  /** Names a file in the dialog that asks for one. */
  async file(path) {
    const [folder, name] = [path.slice(0, path.lastIndexOf("/") + 1), path.slice(path.lastIndexOf("/") + 1)];
    const input = this.quick().locator("input.input").first();
    const row = this.quick().locator(".monaco-list-row", { has: this.page.getByText(name, { exact: true }) }).first();
    // The dialog writes where it begins when it has found that out, over what was written before.
    await this.sees(name, async () => {
      if ((await input.inputValue()) !== folder) await input.fill(folder);
      return row.isVisible();
    });
    await row.click();
  }
  /** Runs a command of the palette by its whole name. */
  async command(name) {
    const row = this.quick().locator(".monaco-list-row").filter({ has: this.page.locator(".label-name", { hasText: whole(name) }) });
    await this.summon("F1", `>${name}`);
    await row.first().click();
    this.code.ran.add(name);
  }
  /** A notification that says `text`, a string or a pattern. */
  notification(text) {
    return this.page.locator(".notifications-toasts .notification-list-item", { hasText: text });
  }
  press(notification, button) {
    return notification.locator(".monaco-button, .notification-list-item-buttons-container a", { hasText: button }).first().click();
  }
  dialog() {
    return this.page.locator(".monaco-dialog-box");
  }
  async clearNotifications() {
    if (await this.page.locator(".notifications-toasts .notification-list-item").count()) await this.command("Notifications: Clear All Notifications");
  }
  /** The text of an item of the status bar that matches; null where there is none. */
  async status(pattern) {
    const texts = await this.page.locator(".part.statusbar .statusbar-item").evaluateAll((all) => all.map((one) => `${one.innerText} ${one.querySelector("a")?.ariaLabel ?? ""}`));
    return texts.map(plain).find((text) => pattern.test(text)) ?? null;
  }

  // -- Text

  /** The editor that has the focus, or had it last. */
  editor() {
    return this.page.locator(".editor-group-container.active .editor-instance .monaco-editor").first();
  }
  tab(name) {
    return this.page.locator(".tabs-container .tab", { hasText: name });
  }
  async open(name, line, column = 1) {
    await this.summon("Control+p", name);
    await this.quick().locator(".monaco-list-row", { hasText: name }).first().click(); // Enter would take the first row, which may be of the list before.
    await this.page.locator(".tabs-container .tab.active", { hasText: name }).first().waitFor();
    await this.editor().locator(".view-line").first().waitFor();
    if (line) await this.go(line, column);
  }
  async go(line, column = 1) {
    const input = await this.summon("Control+g", `:${line}:${column}`);
    await input.press("Enter");
    await this.sees(`the cursor in line ${line}`, () => this.at(line));
  }
  /** Whether the cursor is in this line. */
  async at(line) {
    return (await this.status(/^Ln \d+/))?.startsWith(`Ln ${line},`);
  }
  async line() {
    return Number(/^Ln (\d+)/.exec((await this.status(/^Ln \d+/)) ?? "")?.[1]);
  }
  /** What is seen of the text, from top to bottom. */
  async text() {
    const lines = await this.editor().locator(".view-line").evaluateAll((all) =>
      all.map((one) => ({ top: one.getBoundingClientRect().top, text: one.innerText.replace(/\n$/, "") })),
    );
    return plain(lines.sort((a, b) => a.top - b.top).map(({ text }) => text).join("\n"));
  }
  /** Waits until the text on the screen matches. */
  shows(pattern) {
    return this.sees(String(pattern), async () => pattern.test(await this.text()));
  }
  /** The text, which is on the left of a preview. */
  focusEditor() {
    return this.command("View: Focus First Editor Group");
  }
  async save() {
    await this.keys("Control+s");
    await this.page.locator(".tabs-container .tab.active:not(.dirty)").first().waitFor();
  }
  squiggles(kind) {
    return this.editor().locator(`.squiggly-${kind}`);
  }
  /** Makes an error in a word of this line and takes it back: what is wrong is seen to come and go. */
  async breaks(line, column = 15) {
    await this.focusEditor();
    await this.go(line, column);
    await this.type("x");
    await this.squiggles("error").first().waitFor();
    await this.keys("Escape", "Backspace");
    await this.squiggles("error").first().waitFor({ state: "detached" });
  }
  /** What the hover at the cursor says. */
  async hover() {
    await this.keys("Control+k", "Control+i");
    const hover = this.page.locator(".monaco-hover:not(.hidden) .monaco-hover-content:visible").first();
    return plain(await this.sees("a hover", async () => ((await hover.isVisible()) && !/^Loading/.test(await hover.innerText()) ? hover.innerText() : null)));
  }
  /** Asks for completion, chooses the row of that name. */
  async complete(label) {
    const row = this.page.locator(".suggest-widget.visible .monaco-list-row").filter({ has: this.page.locator(".label-name", { hasText: label }) }).first();
    await this.keys("Control+Space");
    await row.waitFor();
    await row.click();
    await row.waitFor({ state: "hidden" });
  }
  async rename(name) {
    await this.keys("F2");
    const box = this.page.locator(".rename-box input").first();
    await box.waitFor();
    await box.fill(name);
    await box.press("Enter");
    await box.waitFor({ state: "hidden" });
  }
  /** Makes the change that the light bulb at the cursor offers under this name. */
  async fix(text) {
    await this.keys("Control+.");
    const row = this.page.locator(".action-widget .monaco-list-row.action", { hasText: text }).first();
    await row.waitFor();
    await row.hover({ force: true }); // The list lets clicks through once the mouse has moved.
    await row.click();
  }
  /** The rows of the list of problems. */
  async problems() {
    if (!(await this.page.locator(".markers-panel").isVisible())) await this.command("Problems: Focus on Problems View");
    return this.page.locator(".markers-panel .monaco-list-row").allInnerTexts().then((all) => all.map(plain));
  }

  // -- Webviews

  /** The document in a webview in which `look`, run there, returns something true. */
  async webview(what, look) {
    return this.sees(what, async () => {
      for (const frame of this.page.frames()) {
        if (!/fake\.html/.test(frame.url()) && frame.name() !== "active-frame" && frame.name() !== "pending-frame") continue;
        if (await frame.evaluate(look).catch(() => false)) return frame;
      }
      return null;
    });
  }

  /** Milliseconds from `times` keys, typed at the cursor, to the paint of the map in `frame` that shows them; the shortest first. */
  async keystrokes(frame, times) {
    await this.page.evaluate(() => addEventListener("keydown", () => (globalThis.pressed = performance.timeOrigin + performance.now()), true));
    const took = [];
    for (let typed = "q"; typed.length <= times; typed += "q") {
      const painted = frame.evaluate(seen, typed);
      await frame.evaluate(() => 0); // What looks is in place.
      await this.keys("q");
      took.push((await painted) - (await this.page.evaluate(() => globalThis.pressed)));
    }
    for (let key = 0; key < times; key++) await this.keys("Backspace");
    return took.sort((a, b) => a - b);
  }
}

/** Runs in a preview: when the text was painted in the map. */
function seen(text) {
  const map = document.querySelector("#map");
  return new Promise((done) => {
    const afterPaint = () =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => done(performance.timeOrigin + performance.now());
        port2.postMessage(null);
      });
    const observer = new MutationObserver(() => {
      if (!map.textContent.includes(text)) return;
      observer.disconnect();
      afterPaint();
    });
    observer.observe(map, { subtree: true, childList: true, characterData: true });
  });
}
