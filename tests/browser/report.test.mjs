// Looks at a report in Chromium: axe-core is content in light and dark, every link leads somewhere, the search finds a step and
// shows it on its map, and nothing is fetched.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

const patience = 120_000; // milliseconds, on a busy machine
const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const journey = process.env.JOURNEY && resolve(process.env.JOURNEY);
const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const skip = !chromium ? 'Chromium is not installed' : !journey || !existsSync(journey) ? 'JOURNEY names no program' : false;

describe('the report', { skip, concurrency: availableParallelism() }, () => {
  const folder = skip ? '' : mkdtempSync(join(tmpdir(), 'journey-report-'));
  const file = join(folder, 'report.html');
  const require = createRequire(import.meta.url);
  let browser, axe;

  before(async () => {
    execFileSync(journey, ['report', '-o', file, '--today', '2026-11-22', join(root, 'examples')]);
    const { chromium: driver } = await import('playwright-core');
    axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
    browser = await driver.launch({ executablePath: chromium, args: ['--no-sandbox', '--disable-gpu', '--disable-quic'], timeout: patience });
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(options) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    context.setDefaultTimeout(patience);
    const page = await context.newPage(), asked = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('pageerror', (error) => assert.fail(error));
    await page.goto(pathToFileURL(file).href);
    return { page, asked, close: () => context.close() };
  }

  for (const colorScheme of ['light', 'dark']) {
    test(`${colorScheme}: axe-core finds nothing, nothing is fetched`, async () => {
      const { page, asked, close } = await open({ colorScheme });
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => globalThis.axe.run(document));
      assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((node) => node.html).slice(0, 3)}`), []);
      assert.equal(asked.length, 1, asked.join('\n'));
      await close();
    });
  }

  test('every link leads to a part of the page, and every step that is named is on its map', async () => {
    const { page, close } = await open();
    const lost = await page.evaluate(() => [...document.querySelectorAll('a[href^="#"], #index li')].filter((one) => {
      const map = document.querySelector(one.dataset.to ?? one.getAttribute('href'));
      const step = one.dataset.step;
      return !map || (step && !map.querySelector('.drawing')?.shadowRoot?.getElementById(step));
    }).map((one) => one.outerHTML));
    assert.deepEqual(lost, []);
    await close();
  });

  test('the search finds a step, and shows it on its map', async () => {
    const { page, close } = await open();
    await page.fill('#find', 'passes security');
    assert.match(await page.textContent('#found'), /Passes security/);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => {
      const step = document.querySelector('#map-trip .drawing').shadowRoot.querySelector('#step-security').getBoundingClientRect();
      return step.left > 0 && step.right < innerWidth && step.top < innerHeight && step.bottom > 0;
    });
    await page.fill('#find', 'no such thing anywhere');
    assert.match(await page.textContent('#found'), /Nothing found/);
    await close();
  });

  test('a phone shows it without scrolling sideways', async () => {
    const { page, close } = await open({ viewport: { width: 390, height: 844 } });
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await close();
  });
});
