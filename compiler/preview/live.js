// A drawn map that follows its text: shows the pages of `journey build`, one after the other, and keeps the reader's place.
// `journey preview` serves this file to browsers, the VS Code extension bundles it; it needs nothing else. Works under a
// content security policy without 'unsafe-inline': styles are adopted sheets, and all that could run is left out, for a
// page may come from a file that somebody was sent.

/** What the live map adds to the style of the page: the message above it, and the column of the marked step. */
export const style = `
body{margin:0;padding:0}
@media screen{.live-map .grid{zoom:var(--live-zoom,1)}}
.live-say{box-sizing:border-box;margin:0;padding:10px 40px;font:13px/1.5 "Liberation Sans",Arimo,Arial,Helvetica,"Noto Sans",sans-serif;
  white-space:pre-line;overflow-wrap:anywhere;max-height:30vh;overflow:auto;background:#fff3d6;color:#4a3300;border-bottom:1px solid #e0bf72}
.live-say:empty{display:none}
.live-picks .grid{cursor:pointer}
.live-picks .labels,.live-picks .corner{cursor:auto}
.live-map g[id^="step-"]:focus{outline:none}
.live-map g[id^="step-"]:focus-visible{outline:3px solid #1c4f94;outline-offset:3px;border-radius:2px}
.live-mark{fill:#1c4f94;fill-opacity:.09;stroke:none;pointer-events:none}
.live-mark.edge{fill-opacity:1}
@media screen and (prefers-color-scheme:dark){.live-say{background:#33290f;color:#f6dfa6;border-color:#66511c}
  .live-mark{fill:#8fbbff;fill-opacity:.13}.live-mark.edge{fill-opacity:1}.live-map g[id^="step-"]:focus-visible{outline-color:#8fbbff}}
@media (forced-colors:active){.live-mark{fill:Highlight;fill-opacity:.25}}
@media print{.live-say,.live-mark{display:none}}
@media (max-width:760px){.live-say{padding:10px 16px}}
`;

const COLUMN_PAD = 12; // between the left edge of a step's column and its content, as the drawing has it
const SVG = 'http://www.w3.org/2000/svg';

// ---- a page becomes a tree in which nothing can run ----

const elements = new Set(('a b bdi body br caption dd del desc details div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr html ' +
  'i ins li main nav ol p pre q s section small span strong sub summary sup table tbody td tfoot th thead tr ul head title ' +
  'svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath linearGradient radialGradient stop ' +
  'pattern clipPath mask marker').split(' '));
const safeLink = /^(#|https?:|mailto:)/i;

function isHarmless(element, name, value) {
  if (/^(on|src|autofocus)/i.test(name)) return false;
  return !/(^|:)href$/i.test(name) || (element.localName === 'use' ? value.startsWith('#') : safeLink.test(value.trim()));
}

function clean(element) {
  for (const name of element.getAttributeNames())
    if (!isHarmless(element, name, element.getAttribute(name))) element.removeAttribute(name);
}

// A tree that is taken over as a whole.
function cleanAll(top) {
  if (top.nodeType !== 1) return;
  clean(top);
  for (const element of [...top.querySelectorAll('*')])
    if (elements.has(element.localName)) clean(element);
    else element.remove();
}

function read(html) {
  const styles = [];
  const text = html
    .replace(/<style\b[^>]*>([^<]*)<\/style>/g, (_, rules) => { styles.push(rules); return ''; })
    .replaceAll(' style="', ' data-style="');
  const page = new DOMParser().parseFromString(text, 'text/html');
  return { body: page.body, styles: styles.join('\n'), language: page.documentElement.lang, title: page.title };
}

// What the parser may not set, a script of the page may.
function setStyles(body) {
  for (const element of body.querySelectorAll('[data-style], [style]'))
    if (element.styled !== element.dataset.style) element.style.cssText = element.styled = element.dataset.style ?? '';
}

// ---- one tree becomes the other, and what is the same stays ----

function attributes(old, next) {
  const names = next.getAttributeNames();
  for (const name of names) {
    const value = next.getAttribute(name);
    if (old.getAttribute(name) !== value && isHarmless(old, name, value)) old.setAttribute(name, value);
  }
  for (const name of old.getAttributeNames())
    if (!names.includes(name) && name !== 'style' && !(name === 'open' && old.localName === 'details')) old.removeAttribute(name);
}

const isOurs = (node) => node.nodeType === 1 && node.classList.contains('live-mark');
const blocks = new Set(['div', 'section', 'svg', 'table', 'header']); // of which another class is another thing
const FAR = 40; // siblings that are looked at for one to keep

// What a node is known by among its siblings; empty: by its place alone.
function keyOf(node) {
  if (node.nodeType !== 1) return '';
  if (node.id) return `#${node.id}`;
  return blocks.has(node.localName) ? `${node.localName}.${node.getAttribute('class') ?? ''}` : '';
}

function isSame(old, next, oldKeys, nextKeys) {
  if (old.nodeName !== next.nodeName || isOurs(old)) return false;
  const was = keyOf(old), is = keyOf(next);
  return was === is || (was.startsWith('#') && is.startsWith('#') && !nextKeys.has(was) && !oldKeys.has(is)); // renamed
}

const keysOf = (parent) => new Set([...parent.children].map(keyOf).filter(Boolean));

// Takes away what stands in front of `found` and isn't wanted any more, so that nothing need be moved, if possible:
// what is moved loses its focus and its scroll position. Returns the first that is left.
function clear(at, found, nextKeys) {
  let first = found;
  for (let node = at; node !== found;) {
    const then = node.nextSibling, key = keyOf(node);
    if (!isOurs(node) && !(key && nextKeys.has(key))) node.remove();
    else if (first === found) first = node;
    node = then;
  }
  return first;
}

function children(old, next) {
  let at = old.firstChild, want = next.firstChild;
  while (at && want && at.nodeName === want.nodeName && keyOf(at) === keyOf(want)) {
    const then = want.nextSibling;
    patch(at, want);
    at = at.nextSibling;
    want = then;
  }
  if (at || want) rest(old, next, at, want);
}

// From here on the children differ.
function rest(old, next, at, want) {
  const oldKeys = keysOf(old), nextKeys = keysOf(next);
  for (let then; want; want = then) {
    then = want.nextSibling;
    if (want.nodeType === 1 && !elements.has(want.localName)) continue;
    let found = at;
    for (let far = 0; found && !isSame(found, want, oldKeys, nextKeys); far++) found = far < FAR ? found.nextSibling : null;
    if (!found) {
      cleanAll(want);
      old.insertBefore(want, at);
      continue;
    }
    at = clear(at, found, nextKeys);
    if (at === found) at = found.nextSibling;
    else old.insertBefore(found, at);
    patch(found, want);
  }
  while (at) {
    const then = at.nextSibling;
    if (!isOurs(at)) at.remove();
    at = then;
  }
}

function patch(old, next) {
  if (old.isEqualNode(next)) return;
  if (old.nodeType !== 1) {
    old.nodeValue = next.nodeValue;
    return;
  }
  attributes(old, next);
  children(old, next);
}

// ---- where the columns of steps are, in the drawing's own units ----

function columnsOf(body) {
  const lanes = body.querySelector('.lanes');
  if (!lanes) return [];
  const width = Number(lanes.getAttribute('width'));
  const ends = [...body.querySelectorAll('.top > svg rect[height="3"]')] // the bars above the stages
    .map((bar) => Number(bar.getAttribute('x') ?? 0) + Number(bar.getAttribute('width')));
  const columns = [...lanes.querySelectorAll('g[id^="step-"]')].map((step) => ({
    id: step.id, step, left: Number(/translate\(([-\d.]+)/.exec(step.getAttribute('transform'))?.[1] ?? 0) - COLUMN_PAD,
  }));
  for (const [i, column] of columns.entries())
    column.right = Math.min(columns[i + 1]?.left ?? width, ...ends.filter((end) => end > column.left + 1));
  return columns;
}

/** Shows a drawn map (a page of `journey build`) in `root`, and keeps the reader's place while it changes. */
export class LiveMap {
  #root; #pick; #message; #body; #sheet = new CSSStyleSheet(); #own = new CSSStyleSheet();
  #html = null; #styles = ''; #theme = 'auto'; #marked = null; #zoom = 1; #isFit = false; #columns = []; #sheets = []; #isPrinting = false;

  /** `onPick(id)`: somebody clicked on a step, or pressed Enter on it; left out, steps can't be picked. */
  constructor(root, { onPick } = {}) {
    this.#root = root;
    this.#pick = onPick;
    this.#message = document.createElement('p');
    this.#message.className = 'live-say';
    this.#message.setAttribute('role', 'status');
    this.#body = document.createElement('div');
    this.#body.className = 'live-map';
    if (onPick) this.#body.classList.add('live-picks');
    root.append(this.#message, this.#body);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.#sheet, this.#own];
    this.#dress();
    this.#body.addEventListener('click', (event) => this.#clicked(event));
    this.#body.addEventListener('keydown', (event) => this.#pressed(event));
    addEventListener('beforeprint', () => { this.#isPrinting = true; this.#paper(this.#sheets); });
    addEventListener('afterprint', () => { this.#isPrinting = false; this.#paper([]); });
    new ResizeObserver(() => { if (this.#isFit) this.#scale(); }).observe(root);
  }

  /** The whole page as text. Its title is returned. */
  show(html) {
    if (html === this.#html) return document.title;
    const { body, styles, language, title } = read(html);
    const before = this.#place();
    this.#html = html;
    if (styles !== this.#styles) {
      this.#styles = styles;
      this.#dress();
    }
    this.#prepare(body);
    if (language && language !== this.#body.lang) this.#body.lang = language; // set again, it would have all styles found anew
    children(this.#body, body);
    setStyles(this.#body);
    if (this.#isPrinting) this.#paper(this.#sheets); // the preview of a print stays open while somebody writes
    this.#columns = columnsOf(this.#body);
    if (this.#isFit) this.#scale();
    this.#return(before);
    this.#paintMark();
    return title;
  }

  /** "light", "dark", or "auto": the browser's. */
  theme(name) {
    this.#theme = name === 'light' || name === 'dark' ? name : 'auto';
    this.#dress();
  }

  /** Highlights the column of a step, or of none (null). `scroll`: brings it into sight where it isn't. */
  mark(id, scroll = false) {
    this.#marked = id ?? null;
    this.#paintMark();
    if (scroll && id) this.#reveal(id);
  }

  /** 1 is the natural size; "fit" makes the map as wide as the window, and keeps it so. */
  zoom(factor) {
    this.#isFit = factor === 'fit';
    if (!this.#isFit) this.#zoom = Math.min(4, Math.max(0.1, Number(factor) || 1));
    this.#scale();
  }

  /** The factor at which the map is shown now. */
  get zoomed() { return this.#zoom; }

  /** A message above the map; null: none. */
  say(text) {
    if (this.#message.textContent !== (text ?? '')) this.#message.textContent = text ?? '';
  }

  // ---- style ----

  #dress() {
    const rules = this.#styles.replace(/(^|[{},\s])body(?=\s*[{,])/g, '$1.live-map') + style;
    const forced = { light: '(max-width:0px)', dark: '(min-width:0px)' }[this.#theme];
    const themed = forced ? rules.replace(/\(\s*prefers-color-scheme\s*:\s*dark\s*\)/g, forced) : rules;
    this.#sheet.replaceSync(themed);
    this.#own.replaceSync(`:root{color-scheme:${{ light: 'light', dark: 'dark' }[this.#theme] ?? 'light dark'}}`);
  }

  // ---- the new tree, before it is taken over ----

  #prepare(body) {
    this.#body.classList.toggle('map', body.classList.contains('map'));
    // Each sheet has a copy of the whole drawing, which browsers make anew at each change: they come when they are printed.
    const sheets = body.querySelector('.sheets');
    this.#sheets = sheets ? [...sheets.childNodes] : [];
    sheets?.replaceChildren();
    if (!this.#pick) return;
    const steps = [...body.querySelectorAll('.lanes g[id^="step-"]')];
    if (steps.length === 0) return;
    // An image has no parts for a screen reader; here its steps are buttons, of which Tab reaches one and the arrows the others.
    const lanes = body.querySelector('.lanes');
    lanes.setAttribute('role', 'group');
    const focused = steps.find((step) => step.id === document.activeElement?.id) ?? steps.find((step) => step.id === this.#marked) ?? steps[0];
    const names = [...body.querySelectorAll('.top > svg text.sp')].map((text) => text.textContent.trim());
    for (const [i, step] of steps.entries()) {
      step.setAttribute('role', 'button');
      step.setAttribute('tabindex', step === focused ? '0' : '-1');
      step.setAttribute('aria-label', (names.length === steps.length && names[i]) || step.id.slice('step-'.length));
    }
  }

  #paper(sheets) {
    const place = this.#body.querySelector('.sheets'), copies = sheets.map((sheet) => document.importNode(sheet, true));
    if (!place) return;
    copies.forEach(cleanAll);
    place.replaceChildren(...copies);
    setStyles(place);
  }

  // ---- picking ----

  #columnAt(x) {
    const lanes = this.#body.querySelector('.lanes')?.getBoundingClientRect();
    if (!lanes || lanes.width === 0) return undefined;
    const at = (x - lanes.left) / this.#zoom;
    return this.#columns.find((column) => at >= column.left && at < column.right);
  }

  #clicked(event) {
    const link = event.target.closest('a[href]');
    if (link || !this.#pick || !event.target.closest('.lanes, .top') || getSelection()?.isCollapsed === false) return;
    const column = this.#columnAt(event.clientX);
    if (column) this.#pick(column.id);
  }

  #pressed(event) {
    const at = this.#columns.findIndex((column) => column.step === event.target);
    if (at < 0 || !this.#pick || event.altKey || event.ctrlKey || event.metaKey) return;
    const last = this.#columns.length - 1;
    const next = { ArrowLeft: Math.max(0, at - 1), ArrowRight: Math.min(last, at + 1), Home: 0, End: last }[event.key];
    if (event.key === 'Enter' || event.key === ' ') this.#pick(this.#columns[at].id);
    else if (next === undefined) return;
    else {
      this.#columns[at].step.setAttribute('tabindex', '-1');
      this.#columns[next].step.setAttribute('tabindex', '0');
      this.#columns[next].step.focus({ preventScroll: true });
      this.#reveal(this.#columns[next].id);
    }
    event.preventDefault();
  }

  // ---- the mark ----

  #paintMark() {
    const column = this.#columns.find((each) => each.id === this.#marked);
    for (const each of this.#columns) {
      if (each === column) each.step.setAttribute('aria-current', 'true');
      else each.step.removeAttribute('aria-current');
    }
    for (const svg of this.#body.querySelectorAll('.lanes, .top > svg')) {
      let rect = svg.querySelector(':scope > .live-mark');
      if (!column) { rect?.remove(); continue; }
      if (!rect) {
        rect = document.createElementNS(SVG, 'rect');
        svg.append(rect);
      }
      const isTop = !svg.classList.contains('lanes'), height = Number(svg.getAttribute('height'));
      rect.setAttribute('class', isTop ? 'live-mark edge' : 'live-mark');
      for (const [name, value] of Object.entries({ x: column.left, y: isTop ? height - 3 : 0, width: column.right - column.left, height: isTop ? 3 : height }))
        rect.setAttribute(name, value);
    }
  }

  // ---- the reader's place ----

  get #scroller() { return this.#body.querySelector('.scroll'); }
  #labels() { return Number(this.#body.querySelector('svg.labels')?.getAttribute('width') ?? 0); }

  // The first step that begins in sight, and how far from the left edge of what is seen.
  #place() {
    const scroller = this.#scroller;
    if (!scroller || scroller.scrollLeft === 0) return null;
    const edge = scroller.scrollLeft / this.#zoom;
    const column = this.#columns.find((each) => each.left >= edge);
    return column ? { id: column.id, offset: column.left - edge } : null;
  }

  #return(place) {
    const column = place && this.#columns.find((each) => each.id === place.id);
    if (!column) return;
    const left = (column.left - place.offset) * this.#zoom, scroller = this.#scroller;
    if (Math.abs(scroller.scrollLeft - left) >= 1) scroller.scrollLeft = left;
  }

  #reveal(id) {
    const column = this.#columns.find((each) => each.id === id), scroller = this.#scroller;
    if (!column || !scroller || scroller.clientWidth === 0) {
      this.#body.querySelector(`#${CSS.escape(id)}`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      return;
    }
    const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth';
    const room = scroller.clientWidth - this.#labels() * this.#zoom, from = scroller.scrollLeft;
    const left = column.left * this.#zoom, right = column.right * this.#zoom;
    if (left < from || right > from + room) scroller.scrollTo({ left: Math.max(0, left - Math.max(0, (room - (right - left)) / 2)), behavior });
    const frame = scroller.getBoundingClientRect();
    if (frame.bottom < 80 || frame.top > innerHeight - 80) scroller.scrollIntoView({ block: 'start', behavior });
  }

  #fit() {
    const lanes = Number(this.#body.querySelector('.lanes')?.getAttribute('width') ?? 0);
    const { paddingLeft, paddingRight } = getComputedStyle(this.#body);
    const room = this.#body.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
    return lanes > 0 && room > 0 ? Math.min(1, Math.max(0.1, Math.floor(1000 * room / (lanes + this.#labels())) / 1000)) : 1;
  }

  // What stands in the middle of the map stays there; where all of it was in sight, the step that is marked.
  #scale() {
    const scroller = this.#scroller, before = Number(this.#root.style.getPropertyValue('--live-zoom') || 1);
    if (this.#isFit) this.#zoom = this.#fit();
    const middle = scroller ? (scroller.scrollLeft + scroller.clientWidth / 2) / before : 0;
    this.#root.style.setProperty('--live-zoom', String(this.#zoom));
    if (!scroller || before === this.#zoom) return;
    if (scroller.scrollLeft > 0) scroller.scrollLeft = middle * this.#zoom - scroller.clientWidth / 2;
    else if (this.#marked) this.#reveal(this.#marked);
  }
}
