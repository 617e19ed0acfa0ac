// The page of a preview: a map that follows its text, and a bar above it.
import { LiveMap } from "../../../../compiler/preview/live.js";
import type { About, Action, FromPage, Kept, ToPage } from "../preview/messages";
import { patched } from "../preview/patch";
import { showNotice } from "./notice";
import "./page.css";
import { step, turned, words, type Zoom } from "./zoom";

declare function acquireVsCodeApi(): { postMessage(message: FromPage): void; getState(): Partial<Kept> | undefined; setState(state: Kept): void };

const code = acquireVsCodeApi();
const find = <Kind extends HTMLElement>(selector: string) => document.querySelector<Kind>(selector)!;
const main = find("#map"), notice = find("#notice"), select = find<HTMLSelectElement>("#which select");
const button = (action: string) => find<HTMLButtonElement>(`#bar [data-action="${action}"]`);

const before = code.getState();
let kept: Kept = { uri: "", journey: undefined, isLocked: false, top: 0, mapLeft: 0, mapTop: 0, ...before, zoom: before?.zoom ?? 1 };
let toReturn = before !== undefined; // to where it was scrolled before the page was made anew
let theme: About["theme"] = "editor";
let map = newMap();
let html = ""; // what it shows

const act = (action: Action) => code.postMessage({ do: "act", action });
function keep(more: Partial<Kept>): void {
  kept = { ...kept, ...more };
  code.setState(kept);
}

// ---- the map ----

function newMap(): LiveMap {
  main.replaceChildren();
  const made = new LiveMap(main, { onPick: (id) => code.postMessage({ do: "pick", id }) });
  return made;
}
const hasMap = () => document.body.classList.contains("has-map");
const scroller = () => main.querySelector<HTMLElement>(".scroll");

function show({ patch, version, turn }: Extract<ToPage, { do: "show" }>): void {
  html = patched(html, patch);
  map.show(html);
  document.body.classList.add("has-map");
  if (toReturn) goBack();
  main.dataset.version = String(version);
  showZoom();
  requestAnimationFrame(() => setTimeout(() => code.postMessage({ do: "painted", turn, at: Date.now() })));
}
function clear(): void {
  html = "";
  map.show(html);
  document.body.classList.remove("has-map");
  delete main.dataset.version;
  main.scrollTop = 0;
  keep({ top: 0, mapLeft: 0, mapTop: 0 });
}

// ---- where the reader is ----

function goBack(): void {
  toReturn = false;
  const { top, mapLeft, mapTop } = kept; // before scrolling is noted
  map.zoom(kept.zoom);
  scroller()?.scrollTo(mapLeft, mapTop);
  main.scrollTop = top;
}
let isNoting = false;
function noteScroll(): void {
  if (isNoting || toReturn || !hasMap()) return;
  isNoting = true;
  requestAnimationFrame(() => {
    isNoting = false;
    keep({ top: main.scrollTop, mapLeft: scroller()?.scrollLeft ?? 0, mapTop: scroller()?.scrollTop ?? 0 });
  });
}
main.addEventListener("scroll", noteScroll, { capture: true, passive: true });

// ---- its size ----

function zoom(to: Zoom): void {
  map.zoom(to);
  keep({ zoom: to === "fit" ? "fit" : map.zoomed });
  showZoom();
}
function showZoom(): void {
  button("natural").textContent = words(map.zoomed);
  button("fit").setAttribute("aria-pressed", String(kept.zoom === "fit"));
}
new ResizeObserver(() => requestAnimationFrame(showZoom)).observe(main);
main.addEventListener("wheel", (event) => {
  if (!event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  zoom(turned(map.zoomed, event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1)));
}, { passive: false });

// ---- the bar, and its keys ----

const acts: Record<string, () => void> = {
  smaller: () => zoom(step(map.zoomed, -1)),
  larger: () => zoom(step(map.zoomed, 1)),
  natural: () => zoom(1),
  fit: () => zoom(kept.zoom === "fit" ? 1 : "fit"),
  export: () => act("export"),
  lock: () => act("lock"),
  source: () => act("source"),
  trust: () => act("trust"),
};
find("#bar").addEventListener("click", ({ target }) => {
  const action = (target as Element).closest<HTMLElement>("button[data-action]")?.dataset.action;
  if (action) acts[action]?.();
});
select.addEventListener("change", () => code.postMessage({ do: "choose", journey: select.value }));
const keys: Record<string, string> = { "+": "larger", "=": "larger", "-": "smaller", "0": "natural", f: "fit" };
document.addEventListener("keydown", (event) => {
  const action = keys[event.key];
  if (!action || event.ctrlKey || event.altKey || event.metaKey || event.target === select) return;
  acts[action]?.();
  event.preventDefault();
});

function tellAbout(about: About): void {
  keep({ uri: about.uri, journey: about.journey, isLocked: about.isLocked });
  theme = about.theme;
  dress();
  const one = about.journeys.length === 1 ? about.journeys[0]?.title : undefined;
  find("#name").textContent = about.journeys.length > 1 ? "" : (one ?? about.name);
  find("#which").hidden = about.journeys.length < 2;
  select.replaceChildren(...about.journeys.map(({ id, title }) => new Option(title, id, false, id === about.journey)));
  find("#restricted").hidden = !about.isRestricted;
  const lock = button("lock");
  const label = about.isLocked ? `Keeps to ${about.name}; press to go with the editor again` : "Keep to this file";
  lock.setAttribute("aria-pressed", String(about.isLocked));
  lock.setAttribute("aria-label", label);
  lock.title = label;
}

// ---- as VS Code looks, and as it changes ----

function dress(): void {
  const { classList } = document.body;
  const isDark = classList.contains("vscode-dark") || (classList.contains("vscode-high-contrast") && !classList.contains("vscode-high-contrast-light"));
  const now = theme === "editor" ? (isDark ? "dark" : "light") : theme;
  const { dataset } = document.documentElement;
  dataset.ground = theme;
  if (dataset.shade === now) return;
  dataset.shade = now;
  map.theme(now);
}
new MutationObserver(dress).observe(document.body, { attributes: true, attributeFilter: ["class"] });

// ---- what the panel says ----

function receive(message: ToPage): void {
  switch (message.do) {
    case "about":
      return tellAbout(message.about);
    case "show":
      return show(message);
    case "clear":
      return clear();
    case "mark":
      return map.mark(message.id, message.scroll);
    case "notice":
      return showNotice(notice, message.notice, act);
    case "busy":
      find("#busy").hidden = !message.isBusy;
  }
}
window.addEventListener("message", ({ data }: MessageEvent<ToPage>) => receive(data));
dress();
showZoom();
code.postMessage({ do: "ready" });
