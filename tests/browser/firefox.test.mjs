// The live page in Firefox, as Debian has it: it follows its file and keeps the reader's place, its content security policy
// lets it through, steps are picked and marked, and it prints as the page of `journey build` does.
//
//   npm ci && JOURNEY=../../build/release/journey node --test firefox.test.mjs
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startPreview } from '../preview/started.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const journey = process.env.JOURNEY && resolve(process.env.JOURNEY);
const firefox = '/usr/bin/firefox-esr'; // speaks WebDriver BiDi itself; a snap's or a flatpak's can't be driven from outside
const has = (program) => /^live preview: /m.test(execFileSync(program, ['--version'], { encoding: 'utf8' }));
const skip = !existsSync(firefox) ? 'firefox-esr is not installed' : !journey || !existsSync(journey) ? 'JOURNEY names no program'
  : !has(journey) ? 'journey was built without libmicrohttpd' : false;

describe('the live page in Firefox', { skip }, () => {
  const folder = skip ? '' : mkdtempSync(join(tmpdir(), 'journey-firefox-'));
  const map = join(folder, 'onboarding.journey'), faults = [];
  let browser, preview, page, good;

  before(async () => {
    const { firefox: driver } = await import('playwright-core');
    browser = await driver.launch({ channel: 'moz-firefox', executablePath: firefox, timeout: 120000, env: { ...process.env, HOME: folder } });
    cpSync(join(root, 'examples/saas-onboarding'), folder, { recursive: true });
    good = readFileSync(map, 'utf8');
    preview = await startPreview(journey, ['onboarding.journey'], { cwd: folder });
    page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    page.setDefaultTimeout(60000);
    page.on('request', (request) => { if (!request.url().startsWith(preview.base)) faults.push(`asks for ${request.url()}`); });
    page.on('console', (line) => { if (['error', 'warning'].includes(line.type())) faults.push(line.text()); });
    page.on('pageerror', (error) => faults.push(String(error))); // what the policy turned away, too
    await page.goto(preview.address);
    await page.locator('.lanes').waitFor();
  });
  after(async () => {
    await preview?.stop();
    await browser?.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  function write(text) {
    writeFileSync(`${map}~`, text);
    renameSync(`${map}~`, map);
  }

  test('follows its file and keeps place, size, colours and what is unfolded', async () => {
    await page.getByLabel('Larger').click();
    await page.getByLabel('Colours').selectOption('dark');
    const place = () => page.evaluate(() => {
      const scroll = document.querySelector('.scroll');
      return { left: scroll.scrollLeft, top: scrollY, kept: scroll.kept, open: document.querySelector('.live-map details').open,
        ground: getComputedStyle(document.documentElement).backgroundColor, width: document.querySelector('.lanes').getBoundingClientRect().width / document.querySelector('.lanes').getAttribute('width') };
    });
    await page.evaluate(() => {
      document.querySelector('.live-map details').open = document.querySelector('.scroll').kept = true;
      document.querySelector('.scroll').scrollLeft = 1500;
      scrollTo(0, 300);
    });
    const before = { left: 1500, top: 300, kept: true, open: true, ground: 'rgb(18, 23, 29)', width: 1.25 };
    assert.deepEqual(await place(), before);
    write(good.replace('"Signs the order form"', '"Signs it all at once"'));
    await page.locator('.top').filter({ hasText: 'Signs it all at once' }).waitFor();
    assert.deepEqual(await place(), before);
    write(`${good}\nnonsense here\n`);
    await page.locator('.live-say').filter({ hasText: 'There are errors; what you see is the map as it was before.' }).waitFor();
    write(good);
    await page.locator('.top').filter({ hasText: 'Signs the order form' }).waitFor();
    assert.deepEqual(faults, []);
  });

  test('prints all sheets, which are not there before and after', { skip: !existsSync('/usr/bin/pdftotext') && 'pdftotext is not installed' }, async () => {
    const path = join(folder, 'printed.pdf'), onScreen = () => page.locator('.sheets > *').count();
    assert.equal(await onScreen(), 0);
    await page.pdf({ path, preferCSSPageSize: true });
    assert.equal(await onScreen(), 0);
    const numbers = [...execFileSync('pdftotext', [path, '-'], { encoding: 'utf8' }).matchAll(/^Sheet (\d+) of \d+$/gm)];
    assert.ok(numbers.length > 2);
    assert.deepEqual(numbers.map(([, number]) => Number(number)), [...numbers.keys()].map((i) => i + 1));
  });

  // As the page beside the text of an editor has it; last, since the map moves into another.
  test('a click on a step picks it, and its column is marked', async () => {
    const html = await page.evaluate(async () => {
      const { LiveMap } = await import('./live.js');
      const html = await (await fetch(document.getElementById('save').href)).text();
      document.getElementById('map').replaceChildren();
      const live = new LiveMap(document.getElementById('map'), { onPick: (id) => { window.picked = id; live.mark(id); } });
      live.show(html);
      live.zoom(0.8);
      document.querySelector('.scroll').scrollIntoView();
      return html;
    });
    assert.ok(html.length > 10000);
    const step = page.locator('.lanes g[id^="step-"]').nth(2), id = await step.getAttribute('id');
    await step.locator('text').first().click({ force: true }); // between the letters, too
    assert.equal(await page.evaluate(() => window.picked), id);
    assert.equal(await step.getAttribute('aria-current'), 'true');
    assert.equal(await page.locator('.live-mark').count(), 2);
    await step.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => window.picked), await page.locator('.lanes g[id^="step-"]').nth(3).getAttribute('id'));
    assert.deepEqual(faults, []);
  });
});
