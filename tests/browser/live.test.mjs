// The live page of `journey preview` in Chromium: it follows its file and keeps the reader's place, says what is wrong and
// goes on, asks for nothing from elsewhere, breaks no rule of its content security policy, and axe-core is content.
//
//   npm ci && JOURNEY=../../build/release/journey node --test live.test.mjs
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startPreview } from '../preview/started.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../..');
const journey = process.env.JOURNEY && resolve(process.env.JOURNEY);
const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const has = (program) => /^live preview: /m.test(execFileSync(program, ['--version'], { encoding: 'utf8' }));
const skip = !chromium ? 'Chromium is not installed' : !journey || !existsSync(journey) ? 'JOURNEY names no program'
  : !has(journey) ? 'journey was built without libmicrohttpd' : false;

const patience = 120_000; // milliseconds, on a busy machine

// Written as editors do: the reader sees the old file or the new one.
function write(path, text) {
  writeFileSync(`${path}~`, text);
  renameSync(`${path}~`, path);
}

describe('the live page', { skip }, () => {
  const folder = skip ? '' : mkdtempSync(join(tmpdir(), 'journey-live-'));
  const map = join(folder, 'saas-onboarding/onboarding.journey');
  const require = createRequire(import.meta.url);
  const opened = [];
  let browser, axe, good;

  before(async () => {
    const { chromium: driver } = await import('playwright-core');
    axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
    browser = await driver.launch({ executablePath: chromium, args: ['--no-sandbox', '--disable-gpu', '--disable-quic'], timeout: patience });
    cpSync(join(root, 'examples/saas-onboarding'), join(folder, 'saas-onboarding'), { recursive: true });
    good = readFileSync(map, 'utf8');
  });
  after(async () => {
    for (const preview of opened) await preview.stop();
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  // A page of a preview of its own, and all that it did which it should not.
  async function open(paths, options) {
    write(map, good);
    const preview = await startPreview(journey, paths, { cwd: folder });
    opened.push(preview);
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ...options });
    context.setDefaultTimeout(patience);
    const page = await context.newPage(), faults = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(preview.base) && !request.url().startsWith('data:')) faults.push(`asks for ${request.url()}`);
    });
    page.on('console', (line) => { if (line.type() === 'error' && !isOffline) faults.push(line.text()); });
    page.on('pageerror', (error) => faults.push(String(error)));
    let isOffline = false;
    await page.goto(preview.address);
    return { preview, page, faults, close: () => context.close(), offline: () => { isOffline = true; } };
  }

  const says = (page) => page.locator('.live-say').textContent();
  const until = (page, text) => page.locator('.live-say').filter({ hasText: text }).waitFor();
  const quiet = (page) => page.waitForFunction(() => document.querySelector('.live-say').textContent === '');
  const shows = (page, text) => page.locator('.lanes').filter({ hasText: text }).waitFor();

  test('is the page that journey build draws, to the last element', async () => {
    execFileSync(journey, ['build', '-o', folder, 'saas-onboarding/onboarding.journey'], { cwd: folder });
    const { page, faults, close } = await open(['saas-onboarding/onboarding.journey']);
    await page.locator('.lanes').waitFor();
    const live = await page.evaluate(() => {
      dispatchEvent(new Event('beforeprint')); // sheets are made when they are printed
      return [...document.querySelectorAll('.live-map *')].map((element) => element.localName).join();
    });
    const built = await browser.newPage();
    await built.goto(`file://${join(folder, 'onboarding.html')}`);
    assert.equal(live, await built.evaluate(() => [...document.body.querySelectorAll('*')].map((element) => element.localName).join()));
    assert.equal(await page.title(), 'Enterprise onboarding · journey');
    assert.deepEqual(faults, []);
    await built.close();
    await close();
  });

  test('follows its file and keeps place, size, colours, focus, selection and what is unfolded', async () => {
    const { page, faults, close } = await open(['saas-onboarding/onboarding.journey']);
    await page.locator('.lanes').waitFor();
    await page.getByLabel('Larger').click();
    await page.getByLabel('Colours').selectOption('dark');
    const before = await page.evaluate(() => {
      const scroll = document.querySelector('.scroll');
      document.querySelector('.live-map details').open = true;
      scroll.scrollLeft = 1500;
      scroll.focus();
      scrollTo(0, 300);
      getSelection().selectAllChildren(document.querySelector('.lanes g[id^="step-"] text'));
      scroll.kept = document.querySelector('.lanes').kept = true; // the same elements, not others that look alike
      return { left: scroll.scrollLeft, top: scrollY, words: getSelection().toString() };
    });
    write(map, good.replace('"Signs the order form"', '"Signs it all at once"'));
    await page.locator('.top').filter({ hasText: 'Signs it all' }).waitFor();
    const now = await page.evaluate(() => {
      const scroll = document.querySelector('.scroll');
      return { left: scroll.scrollLeft, top: scrollY, words: getSelection().toString(), kept: scroll.kept && document.querySelector('.lanes').kept,
        open: document.querySelector('.live-map details').open, focused: document.activeElement === scroll,
        ground: getComputedStyle(document.documentElement).backgroundColor, zoom: getComputedStyle(document.querySelector('.grid')).zoom };
    });
    assert.deepEqual(now, { ...before, kept: true, open: true, focused: true, ground: 'rgb(18, 23, 29)', zoom: '1.25' });
    write(map, good);
    await page.locator('.top').filter({ hasText: 'Signs the order form' }).waitFor();
    assert.deepEqual(faults, []);
    await close();
  });

  test('a step that comes or goes in front of what is read moves nothing that is read', async () => {
    const file = join(folder, 'long.journey');
    const text = (more) => `journey "Long" {\n  stage "All" {\n${[...more, ...Array(14).keys()].map((n) => `    touchpoint "Step ${n}" via phone feels +1\n`).join('')}  }\n}\n`;
    write(file, text([]));
    const { page, close } = await open(['long.journey']);
    await page.locator('.lanes').waitFor();
    const at = () => page.evaluate(() => Math.round([...document.querySelectorAll('.lanes g[id^="step-"]')].at(-1).getBoundingClientRect().left));
    await page.evaluate(() => { document.querySelector('.scroll').scrollLeft = 100000; document.querySelector('.scroll').scrollLeft -= 700; });
    const before = await at();
    write(file, text(['one more']));
    await page.locator('.top').filter({ hasText: 'Step one more' }).waitFor();
    assert.ok(Math.abs(await at() - before) <= 1);
    write(file, text([]));
    await page.locator('.top').filter({ hasText: 'Step one more' }).waitFor({ state: 'detached' });
    assert.ok(Math.abs(await at() - before) <= 1);
    await close();
  });

  test('a map that has errors from the beginning is drawn as far as it is understood', async () => {
    const file = join(folder, 'broken.journey'), text = 'journey "Broken" {\n  stage "All" { touchpoint "Asks" via phone }\n';
    write(file, `${text}  owner nobody\n}\n`);
    const { page, close } = await open(['broken.journey']);
    await until(page, 'There are errors; what you see is as much of the map as is understood.');
    await page.locator('.top').filter({ hasText: 'Asks' }).waitFor();
    write(file, `${text.replace('Asks', 'Asks again')}  owner nobody\n}\n`);
    await page.locator('.top').filter({ hasText: 'Asks again' }).waitFor();
    write(file, `${text}}\n`);
    await quiet(page);
    write(file, `${text.replace('Asks', 'Asks for nothing')}  owner nobody\n}\n`);
    await until(page, 'There are errors; what you see is the map as it was before.');
    assert.equal(await page.locator('.top').filter({ hasText: 'Asks for nothing' }).count(), 0);
    await close();
  });

  test('while the file has errors the last good map stays, and the page says what is wrong', async () => {
    const { page, faults, close } = await open(['saas-onboarding/onboarding.journey']);
    await page.locator('.lanes').waitFor();
    const count = () => page.locator('.lanes g[id^="step-"]').count(), steps = await count();
    write(map, `${good}\nnonsense here\n`);
    await until(page, 'There are errors; what you see is the map as it was before.');
    assert.match(await says(page), /onboarding\.journey:\d+: /);
    assert.equal(await count(), steps);
    write(map, good);
    await quiet(page);
    rmSync(map);
    await until(page, 'onboarding.journey');
    assert.match(await says(page), /no such file.*\n.*it goes on when/s);
    assert.equal(await count(), steps);
    write(map, good);
    await quiet(page);
    assert.deepEqual(faults, []);
    await close();
  });

  test('a file that the map brings in may go and come back', async () => {
    const { page, faults, close } = await open(['saas-onboarding/onboarding.journey']);
    await page.locator('.lanes').waitFor();
    const people = join(folder, 'saas-onboarding/people.journey'), elsewhere = join(folder, 'people.kept');
    renameSync(people, elsewhere);
    await until(page, 'there is no file "people.journey"');
    renameSync(elsewhere, people);
    await quiet(page);
    assert.deepEqual(faults, []);
    await close();
  });

  test('a title that is being typed keeps its page', async () => {
    const alone = join(folder, 'alone.journey');
    const text = (title) => `journey "${title}" {\n  stage "One" {\n    touchpoint "Calls" via phone feels +1\n  }\n}\n`;
    write(alone, text('First'));
    const { page, close } = await open(['alone.journey']);
    await page.locator('#name', { hasText: 'First' }).waitFor();
    write(alone, text('First w'));
    await page.locator('#name', { hasText: 'First w' }).waitFor();
    assert.equal(await says(page), '');
    await close();
  });

  test('a file without a journey says so, and the journey comes when it is saved', async () => {
    const empty = join(folder, 'empty.journey');
    write(empty, 'persona ana "Ana"\n');
    const { preview, page, faults, close } = await open(['empty.journey']);
    assert.equal(preview.name, '');
    await page.getByText('There is no journey here yet').waitFor();
    write(empty, 'journey "New" {\n  stage "One" {\n    touchpoint "Calls" via phone feels +1\n  }\n}\n');
    await page.getByRole('link', { name: 'New' }).waitFor();
    assert.equal(await page.getByText('There is no journey here yet').isVisible(), false);
    assert.deepEqual(faults, []);
    await close();
  });

  for (const colorScheme of ['light', 'dark']) {
    test(`${colorScheme}: axe-core finds nothing in the page, its message and the list of journeys`, async () => {
      const { preview, page, faults, close } = await open(['saas-onboarding'], { colorScheme });
      const check = async () => {
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => globalThis.axe.run(document));
        assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((node) => node.html).slice(0, 3)}`), []);
      };
      assert.equal(preview.name, '');
      await page.getByRole('link', { name: /Enterprise onboarding/ }).first().waitFor();
      await check();
      await page.getByRole('link', { name: /Enterprise onboarding/ }).first().click();
      await page.locator('.lanes').waitFor();
      await check();
      write(map, `${good}\nnonsense here\n`);
      await until(page, 'There are errors');
      await check();
      write(map, good);
      await quiet(page);
      await page.getByLabel('Journey', { exact: true }).selectOption({ index: 1 });
      await page.waitForURL((url) => !url.pathname.endsWith('/onboarding'));
      await page.locator('.lanes').waitFor();
      assert.deepEqual(faults, []);
      await close();
    });
  }

  test('the map is as wide as the window when asked, and by keys larger, smaller and as it is', async () => {
    const { page, close } = await open(['saas-onboarding/onboarding.journey']);
    await page.locator('.lanes').waitFor();
    const rest = () => page.evaluate(() => document.querySelector('.scroll').scrollWidth - document.querySelector('.scroll').clientWidth);
    assert.ok(await rest() > 1000);
    await page.getByRole('button', { name: 'Fit' }).click();
    assert.ok(await rest() <= 1);
    await page.setViewportSize({ width: 1000, height: 900 });
    await page.waitForFunction(() => document.querySelector('.scroll').scrollWidth <= document.querySelector('.scroll').clientWidth + 1);
    await page.keyboard.press('0');
    assert.equal(await page.locator('#natural').textContent(), '100%');
    await page.keyboard.press('+');
    await page.keyboard.press('+');
    await page.keyboard.press('-');
    assert.equal(await page.locator('#natural').textContent(), '125%');
    await close();
  });

  test('prints as the built page does, and is as it was afterwards', async () => {
    const { page, close } = await open(['saas-onboarding/onboarding.journey']);
    await page.locator('.lanes').waitFor();
    await page.getByLabel('Larger').click();
    const place = () => page.evaluate(() => ({ left: document.querySelector('.scroll').scrollLeft, top: scrollY,
      zoom: getComputedStyle(document.querySelector('.grid')).zoom, sheets: document.querySelectorAll('.sheets > *').length }));
    await page.evaluate(() => { document.querySelector('.scroll').scrollLeft = 900; scrollTo(0, 250); });
    const before = { left: 900, top: 250, zoom: '1.25', sheets: 0 }; // each would have a copy of the drawing, to make anew at each change
    execFileSync(journey, ['build', '-o', folder, 'saas-onboarding/onboarding.journey'], { cwd: folder });
    const built = await browser.newPage();
    await built.goto(`file://${join(folder, 'onboarding.html')}`);
    const sheets = async (of) => (await of.pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/Type \/Page\b/g).length;
    assert.deepEqual(await place(), before);
    assert.equal(await sheets(page), await sheets(built));
    assert.deepEqual(await place(), before);
    await built.close();
    await close();
  });

  test('a map that is saved while the preview of a print is open keeps all its sheets', async () => {
    const { page, close } = await open(['saas-onboarding/onboarding.journey']);
    await page.locator('.lanes').waitFor();
    const sheets = page.locator('.sheets > *');
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    const count = await sheets.count();
    assert.ok(count > 1);
    write(map, good.replace('"Signs the order form"', '"Signs it all at once"'));
    await page.locator('.top').filter({ hasText: 'Signs it all' }).waitFor();
    assert.equal(await sheets.count(), count);
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    assert.equal(await sheets.count(), 0);
    await close();
  });

  test('says when the connection is lost', async () => {
    const { preview, page, close, offline } = await open(['saas-onboarding/onboarding.journey']);
    await page.locator('#state', { hasText: 'Live' }).waitFor();
    offline();
    assert.deepEqual(await preview.stop(), { code: 0, signal: null, complaints: '' });
    await page.locator('#state', { hasText: 'Lost connection' }).waitFor();
    await until(page, 'start it again');
    await close();
  });

  test('nothing of a page can run, wherever it comes from', async () => {
    const { page, faults, close } = await open(['saas-onboarding/onboarding.journey']);
    await page.locator('.lanes').waitFor();
    const left = await page.evaluate(async () => {
      const { LiveMap } = await import('./live.js');
      const place = document.createElement('div');
      document.body.append(place);
      const live = new LiveMap(place);
      live.show('<!doctype html><body class="map"><p>before</p></body>');
      live.show(`<!doctype html><title>x</title><style>p{color:red}</style><body class="map" onload="window.ran=1"><p onclick="window.ran=1">text</p>
        <script>window.ran=1</script><img src=x onerror="window.ran=1"><iframe srcdoc="<script>parent.ran=1</script>"></iframe>
        <a href=" javascript:window.ran=1">link</a><a href="https://example.org/">out</a><svg><use href="https://example.org/a.svg#b"/><set attributeName="href" to="javascript:1"/>
        <foreignObject><p>x</p></foreignObject></svg><form action="x"><input autofocus onfocus="window.ran=1"></form><object data="x"></object><div style="color:red">y</div></body>`);
      for (const element of place.querySelectorAll('p, a:not([href^=http])')) element.click();
      await new Promise((resolve) => { setTimeout(resolve); });
      const names = [...place.querySelectorAll('.live-map *')].flatMap((element) => [element.localName, ...element.getAttributeNames()]);
      place.remove();
      return { names: [...new Set(names)].sort(), ran: window.ran };
    });
    assert.deepEqual(left, { names: ['a', 'data-style', 'div', 'href', 'p', 'style', 'svg', 'use'], ran: undefined });
    assert.deepEqual(faults.filter((fault) => !fault.startsWith('Executing inline event handler violates')), []); // a second lock
    await close();
  });
});
