// The live page: it hears of changes by server-sent events, fetches the map and shows it.
import { LiveMap } from './live.js';

const RETRY = 2000; // milliseconds after which a server that closed the stream is asked again
const $ = (id) => document.getElementById(id);
const name = location.pathname.split('/').pop();
const live = new LiveMap($('map'));

// ---- what is known ----

let shown = '', wanted = '', isFetching = false; // versions of the map
let message = '', isLost = false;

function say() {
  const lost = 'The connection to journey is lost; what you see is the last map. When the editor or `journey preview` has ended, start it again and open the address that it gives.';
  live.say(isLost ? lost : message || (wanted === '' && name !== '' ? 'The map is being drawn.' : null));
  $('state').dataset.is = isLost ? 'lost' : 'live';
  $('state').textContent = isLost ? 'Lost connection' : 'Live';
}

// However fast one version follows the other, one is fetched at a time, and the last one is shown.
async function fetchMap() {
  if (isFetching) return;
  isFetching = true;
  try {
    while (shown !== wanted) {
      const version = wanted, answer = await fetch(`${name}.html`, { cache: 'no-store' });
      if (!answer.ok) break;
      live.show(await answer.text());
      shown = version;
      document.documentElement.dataset.shown = version;
      if (live.zoomed !== 1) showZoom();
    }
  } catch { // the stream of events finds out, too, and says so
  } finally {
    isFetching = false;
  }
}

function take(event) {
  const [version, title, ...lines] = event.data.split('\n');
  message = lines.join('\n');
  document.title = title ? `${title} · journey` : 'journey';
  $('name').textContent = title;
  wanted = version === '0' ? '' : version;
  say();
  fetchMap();
}

function takeList(event) {
  const entries = event.data === '' ? [] : event.data.split('\n').map((line) => line.split('\t'));
  $('choose').replaceChildren(...entries.map(([id, title]) => new Option(title, id, false, id === name)));
  $('choose').hidden = entries.length < 2 || name === '';
  $('name').hidden = !$('choose').hidden;
  if (name !== '') return;
  $('none').hidden = entries.length > 0;
  $('menu').querySelector('ul').replaceChildren(...entries.map(([id, title, place]) => {
    const item = document.createElement('li'), link = document.createElement('a'), small = document.createElement('small');
    link.href = id;
    link.textContent = title;
    small.textContent = place;
    link.append(small);
    item.append(link);
    return item;
  }));
}

// ---- the stream: open while the page is seen ----

let stream = null, again = 0;

function listen() {
  clearTimeout(again);
  stream?.close();
  stream = new EventSource(`${name}.events`);
  stream.onmessage = take;
  stream.addEventListener('list', takeList);
  stream.onopen = () => { isLost = false; say(); };
  stream.onerror = () => {
    isLost = true;
    say();
    if (stream.readyState === EventSource.CLOSED) again = setTimeout(listen, RETRY);
  };
}

function attend() {
  if (document.visibilityState === 'visible') listen();
  else {
    clearTimeout(again);
    stream?.close();
  }
}
document.addEventListener('visibilitychange', attend);

// ---- the bar ----

const kept = (key, usual) => { try { return sessionStorage.getItem(key) ?? usual; } catch { return usual; } };
const keep = (key, value) => { try { sessionStorage.setItem(key, value); } catch { /* a browser that keeps nothing */ } };

function showZoom() {
  $('natural').textContent = `${Math.round(live.zoomed * 100)}%`;
  $('fit').setAttribute('aria-pressed', String(kept('zoom', '1') === 'fit'));
}

function zoom(factor) {
  keep('zoom', factor);
  live.zoom(factor === 'fit' ? 'fit' : Number(factor));
  showZoom();
}

const steps = [0.1, 0.15, 0.25, 0.35, 0.5, 0.65, 0.8, 1, 1.25, 1.5, 2, 3, 4];
const larger = () => zoom(steps.find((step) => step > live.zoomed + 0.01) ?? 4);
const smaller = () => zoom(steps.findLast((step) => step < live.zoomed - 0.01) ?? 0.1);
const natural = () => zoom(1);
const fit = () => zoom(kept('zoom', '1') === 'fit' ? 1 : 'fit');

function theme(value) {
  keep('theme', value);
  $('theme').value = value;
  document.documentElement.dataset.theme = value;
  live.theme(value);
}

for (const [id, act] of Object.entries({ larger, smaller, natural, fit, print: () => print() })) $(id).addEventListener('click', act);
$('theme').addEventListener('change', () => theme($('theme').value));
$('choose').addEventListener('change', () => { location.href = $('choose').value; });
new ResizeObserver(showZoom).observe($('map'));
addEventListener('keydown', (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest('select, input')) return;
  ({ '+': larger, '=': larger, '-': smaller, 0: natural, f: fit })[event.key]?.();
});

if (name === '') {
  $('tools').hidden = true;
  $('menu').hidden = false;
  $('map').hidden = true;
  $('name').textContent = 'journey preview';
} else {
  $('save').href = `${name}.html`;
  $('save').download = `${name}.html`;
}
theme(kept('theme', 'auto'));
zoom(kept('zoom', '1'));
attend();
