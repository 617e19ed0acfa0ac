// Looks at built maps in Chromium: nothing overlaps or leaves its cell, in light and dark; axe-core is content; the print is
// A3 landscape with every step on it; and no page asks for anything from outside.
//
//   npm ci && JOURNEY=../../build/release/journey node --test
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

const patience = 120_000; // milliseconds, on a busy machine
const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../..');
const journey = process.env.JOURNEY && resolve(process.env.JOURNEY);
const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const skip = !chromium ? 'Chromium is not installed' : !journey || !existsSync(journey) ? 'JOURNEY names no program' : false;
const examples = readdirSync(join(root, 'examples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() || entry.name.endsWith('.journey')).map((entry) => join(root, 'examples', entry.name));
const actors = join(root, 'tests/data/show/buying.journey'); // two actors beside the client, every kind of lane
const kinds = ['day-in-the-life', 'service-blueprint', 'future-state']
  .map((name) => join(root, 'stdlib/templates', `${name}.journey`));
const measured = join(root, 'tests/data/maps/measured.journey'); // numbers counted from files: margins, trends, what is out of date
const sources = [join(here, 'world.journey'), actors, measured, ...kinds, ...examples];

function has(program) {
  try {
    execFileSync(program, ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function buildAll(folder) {
  return sources.flatMap((source, i) => {
    const name = `${i}-${basename(source, '.journey')}`;
    try {
      execFileSync(journey, ['build', '--format', 'html', '-o', join(folder, name), source], { stdio: ['ignore', 'ignore', 'pipe'] });
    } catch (failure) {
      assert.fail(`${source}: ${failure.stderr}`);
    }
    return readdirSync(join(folder, name)).sort().map((file) => join(name, file));
  });
}

// Runs in the page: all that is wrong with its texts, as sentences.
function textFaults(drawings) {
  const faults = [];
  const boxes = (root) => [...root.querySelectorAll('text')].map((text) => {
    const { left, right, top, bottom } = text.getBoundingClientRect();
    return { left, right, top: top + 2, bottom: bottom - 2, words: text.textContent.trim() };
  }).filter((box) => box.right > box.left);
  for (const svg of document.querySelectorAll(drawings)) {
    const all = boxes(svg), frame = svg.getBoundingClientRect();
    for (const [i, a] of all.entries()) {
      if (a.left < frame.left - 1 || a.right > frame.right + 1 || a.top < frame.top - 1 || a.bottom > frame.bottom + 1) {
        faults.push(`“${a.words}” leaves the drawing`);
      }
      for (const b of all.slice(i + 1)) {
        if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom && b.top < a.bottom) {
          faults.push(`“${a.words}” overlaps “${b.words}”`);
        }
      }
    }
  }
  const words = [...document.querySelectorAll(`${drawings} text`)].map((text) => {
    const { left, right, top, bottom } = text.getBoundingClientRect();
    return { left: left + 1, right: right - 1, top: top + 3, bottom: bottom - 3, words: text.textContent.trim(), drawing: text.closest('svg') };
  });
  for (const trend of document.querySelectorAll(`${drawings} path[stroke-width="1.5"]`)) {
    const { left, right, top, bottom } = trend.getBoundingClientRect(), drawing = trend.closest('svg');
    const hit = words.find((box) => box.drawing === drawing && left < box.right && right > box.left && top < box.bottom && bottom > box.top);
    if (hit) faults.push(`a trend runs through “${hit.words}”`);
  }
  if (drawings === '.sheet') return faults;
  const pad = 12, steps = [...document.querySelectorAll('.lanes g[id^="step-"]')];
  const origin = document.querySelector('.lanes').getBoundingClientRect().left;
  const lefts = steps.map((step) => origin + step.transform.baseVal.consolidate().matrix.e - pad);
  const end = document.querySelector('.lanes').getBoundingClientRect().right;
  for (const [i, step] of steps.entries()) {
    for (const box of boxes(step)) {
      if (box.left < lefts[i] || box.right > (lefts[i + 1] ?? end)) faults.push(`“${box.words}” leaves its column`);
    }
  }
  for (const arrow of document.querySelectorAll('#arrows path')) {
    const matrix = arrow.getScreenCTM(), length = arrow.getTotalLength();
    for (let at = 0; at <= length; at += 3) {
      const { x, y } = arrow.getPointAtLength(at).matrixTransform(matrix);
      const hit = words.find((box) => box.drawing === arrow.closest('svg') && x > box.left && x < box.right && y > box.top && y < box.bottom);
      if (hit) { faults.push(`an arrow runs through “${hit.words}”`); break; }
    }
  }
  return faults;
}

// Runs in the page: scrolls the map to the right; what is said of a stage and does not stay in sight, though the stage has room.
function lostWords(by) {
  const scroller = document.querySelector('.scroll'), edge = document.querySelector('.labels').getBoundingClientRect().right;
  scroller.scrollLeft = by;
  const lost = [];
  for (const part of document.querySelectorAll('.names .stay')) {
    const { left, right } = part.parentElement.getBoundingClientRect(), { left: begins, width } = part.getBoundingClientRect();
    const has = Math.max(left, Math.min(edge, right - width));
    if (Math.abs(begins - has) > 1) lost.push(`“${part.textContent.trim()}” begins at ${begins}, not ${has}`);
  }
  if (document.querySelectorAll('.names text').length === 0) lost.push('all');
  return lost;
}

// Runs in the page: pairs of text and ground that are hard to tell apart.
function looksOf(scheme) {
  const ground = getComputedStyle(document.documentElement).backgroundColor;
  return { scheme, ground, ink: getComputedStyle(document.body).color };
}

describe('built maps', { skip, concurrency: availableParallelism() }, () => {
  const folder = skip ? '' : mkdtempSync(join(tmpdir(), 'journey-maps-'));
  const files = skip ? [] : buildAll(folder);
  const require = createRequire(import.meta.url);
  let browser, axe;

  before(async () => {
    const { chromium: driver } = await import('playwright-core');
    axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
    browser = await driver.launch({ executablePath: chromium, args: ['--no-sandbox', '--disable-gpu', '--disable-quic'], timeout: patience });
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(name, options) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    context.setDefaultTimeout(patience);
    const page = await context.newPage(), asked = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(join(folder, name)).href);
    return { page, asked, close: () => context.close() };
  }

  for (const name of files) {
    test(`${name}: weighs at most 200 KB`, () => assert.ok(statSync(join(folder, name)).size <= 200 * 1024));

    for (const colorScheme of ['light', 'dark']) {
      test(`${name}, ${colorScheme}: texts keep apart, axe-core finds nothing, nothing is fetched`, async () => {
        const { page, asked, close } = await open(name, { colorScheme });
        assert.deepEqual(await page.evaluate(textFaults, '.page svg'), []);
        const { ground, ink } = await page.evaluate(looksOf, colorScheme);
        assert.notEqual(ground, ink);
        assert.equal(ground === 'rgb(255, 255, 255)', colorScheme === 'light');
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => globalThis.axe.run(document));
        assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((node) => node.html).slice(0, 3)}`), []);
        assert.equal(asked.length, 1, asked.join('\n'));
        await close();
      });
    }

    test(`${name}: a kind of map is drawn as what it is, and says in every place which stage it is`, async () => {
      const { page, close } = await open(name);
      const kind = await page.evaluate(() => [...document.querySelectorAll('.text dl > dt')]
        .find((term) => term.textContent === 'Kind')?.nextElementSibling.textContent);
      const has = (what) => page.locator(what).count();
      assert.equal(await has('#arrows path') > 0, kind === 'Service blueprint');
      assert.equal(await has('#head path:not(.l) > title') > 0, kind === 'Day in the life'); // trends have titles, too
      if (kind === 'Service blueprint') {
        const lines = await page.locator('.labels text').allTextContents();
        for (const line of ['interaction', 'visibility', 'internal interaction']) assert.ok(lines.includes(`Line of ${line}`), line);
      }
      assert.deepEqual([...await page.evaluate(lostWords, 150), ...await page.evaluate(lostWords, 700)], []);
      if (kind === 'Future state') assert.ok(await has('table ins') + await has('table del') > 0);
      await close();
    });

    test(`${name}: every actor has a curve, a name at its end and a row of words`, async () => {
      const { page, close } = await open(name);
      const columns = await page.locator('.steps thead th').evaluateAll((cells) => cells.map((cell) => cell.textContent));
      const actors = columns.filter((title) => title.endsWith(' feels')).map((title) => title.slice(0, -' feels'.length));
      const drawn = await page.evaluate(() => [...document.querySelectorAll('.lanes > g > g:last-child text')].map((text) => text.textContent));
      const labels = await page.evaluate(() => document.querySelector('.labels').textContent);
      const plain = (text) => text.replace(/\s+/g, ' ').trim();
      for (const actor of actors) {
        assert.ok(drawn.some((text) => plain(text) === plain(actor)), `no name at the curve of ${actor}`);
        assert.ok(plain(labels).includes(plain(actor).split(' ')[0]), `no row for ${actor}`);
      }
      assert.ok(await page.locator('.lanes .k').count() >= actors.length);
      await close();
    });

    test(`${name}: a phone shows the table without scrolling sideways`, async () => {
      const { page, close } = await open(name, { viewport: { width: 390, height: 844 } });
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
      assert.ok(await page.evaluate(() => document.querySelector('h1').getBoundingClientRect().height > 20));
      await close();
    });

    test(`${name}: beside an editor's text, the names of rows stay in sight`, async () => {
      const { page, close } = await open(name, { viewport: { width: 680, height: 900 } });
      const leftOf = () => page.locator('.labels').evaluate((labels) => labels.getBoundingClientRect().left);
      const at = await leftOf();
      await page.locator('.scroll').first().evaluate((scroller) => { scroller.scrollLeft = 300; });
      assert.equal(await leftOf(), at);
      await close();
    });

    test(`${name}: prints on A3 landscape, every stage and step with its title`, async (t) => {
      const { page, close } = await open(name, { colorScheme: 'dark' });
      const path = join(folder, `${name}.pdf`);
      await page.pdf({ path, preferCSSPageSize: true, printBackground: true });
      const boxes = [...readFileSync(path, 'latin1').matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/g)];
      assert.ok(boxes.length > 0);
      for (const [, width, height] of boxes) {
        assert.ok(Math.abs(width - 1190.6) < 2 && Math.abs(height - 841.9) < 2, `${width} × ${height}`);
      }
      await page.emulateMedia({ media: 'print' });
      assert.deepEqual(await page.evaluate(textFaults, '.sheet'), []);
      const sheets = await page.locator('svg.sheet').count();
      const behind = await page.locator('.behind').count();
      const rest = boxes.length - sheets; // pages of what stands behind the map
      assert.ok(behind ? rest >= 1 && rest <= 3 : rest === 0, `${boxes.length} pages for ${sheets} sheets`);
      if (!has('pdftotext')) return t.diagnostic('pdftotext is not installed: the texts were not compared');
      const plain = (text) => text.normalize('NFKC').replace(/\s+/g, '');
      const printed = plain(execFileSync('pdftotext', ['-raw', path, '-'], { encoding: 'utf8', maxBuffer: 1 << 26 }));
      const titles = await page.locator('table th[scope=row], table th[scope=rowgroup]')
        .evaluateAll((cells) => cells.map((cell) => cell.firstChild.textContent.replace(/^\d+\. /, '')));
      // Scripts that are shaped come out of a PDF in another order; their presence is seen in the drawing above.
      const latin = titles.filter((title) => /^[\p{Script=Latin}\p{Script=Cyrillic}\p{P}\p{N}\p{S}\s]+$/u.test(title));
      const names = await page.locator('.behind h2, .behind b').evaluateAll((found) => found.map((name) => name.textContent));
      const words = names.filter((name) => /^[\p{Script=Latin}\p{P}\p{N}\s]+$/u.test(name));
      for (const text of [...latin, ...words]) assert.ok(printed.includes(plain(text)), text);
      await close();
    });
  }
});
