// A line above the map, or a card where there is none.
import type { Action, Notice } from "../preview/messages";

const element = <Name extends keyof HTMLElementTagNameMap>(name: Name, text: string): HTMLElementTagNameMap[Name] =>
  Object.assign(document.createElement(name), { textContent: text });

/** Shows it in `at`; what is there already isn't announced a second time. */
export function showNotice(at: HTMLElement, notice: Notice | null, act: (action: Action) => void): void {
  const said = JSON.stringify(notice);
  if (at.dataset.said === said) return;
  at.dataset.said = said;
  at.hidden = notice === null;
  if (!notice) {
    delete at.dataset.notice;
    at.replaceChildren();
    return;
  }
  at.dataset.notice = notice.kind;
  const buttons = notice.buttons.map(({ label, action }) => {
    const button = Object.assign(element("button", label), { type: "button" });
    button.dataset.action = action;
    button.addEventListener("click", () => act(action));
    return button;
  });
  const row = document.createElement("div");
  row.className = "buttons";
  row.append(...buttons);
  at.replaceChildren(
    ...(notice.title ? [element("h1", notice.title)] : []),
    ...(notice.text ? [element("p", notice.text)] : []),
    ...(notice.sample ? [element("pre", notice.sample)] : []),
    ...(buttons.length ? [row] : []),
  );
}
