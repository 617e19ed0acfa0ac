// The live page of the language server: what `journey.preview` shows in a browser follows the unsaved text.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import http from 'node:http';
import { mkdtempSync, realpathSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { capabilitiesOf, patched } from './lib/clients.mjs';
import { Conversation } from './lib/conversation.mjs';

const program = path.resolve(process.env.JOURNEY ?? 'build/release/journey');
const skip = /^live preview: /m.test(execFileSync(program, ['--version'], { encoding: 'utf8' })) ? false : 'built without libmicrohttpd';
const map = (title, step = 'Calls') => `journey trip "${title}" {\n  stage "One" {\n    touchpoint "${step}" via phone feels +1\n  }\n}\n`;

function folderOf(t) {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'journey-live-')));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(path.join(folder, 'trip.journey'), map('Trip'));
  return { folder, file: path.join(folder, 'trip.journey'), uri: pathToFileURL(path.join(folder, 'trip.journey')).href };
}

// Somebody looks: what the page is told, as {version, title, message}.
function look(t, address) {
  const waiting = [], told = [];
  const request = http.get(`${address}.events`, { agent: false }, (answer) => {
    let text = '';
    answer.setEncoding('utf8').on('data', (data) => {
      text += data;
      for (let end; (end = text.indexOf('\n\n')) >= 0; text = text.slice(end + 2)) {
        const [version, title, ...message] = text.slice(0, end).split('\n').filter((line) => line.startsWith('data: ')).map((line) => line.slice(6));
        if (title === undefined) continue;
        const event = { version, title, message: message.join('\n') };
        if (waiting.length) waiting.shift()(event);
        else told.push(event);
      }
    }).on('error', () => {});
  });
  request.on('error', () => {});
  t.after(() => request.destroy());
  const next = () => (told.length ? Promise.resolve(told.shift()) : new Promise((done) => { waiting.push(done); }));
  return {
    next,
    async until(fits) {
      for (;;) {
        const event = await next();
        if (fits(event)) return event;
      }
    },
    close: () => request.destroy(),
  };
}
const pageOf = async (address) => (await fetch(`${address}.html`)).text();
const preview = (talk, uri, ...more) => talk.request('workspace/executeCommand', { command: 'journey.preview', arguments: [uri, ...more] });

async function begin(t, options = {}) {
  const place = folderOf(t);
  const talk = await Conversation.start(options);
  talk.open(place.uri, map('Trip'));
  return { ...place, talk };
}

test('the page is shown in the browser, and its address is the answer', { skip }, async (t) => {
  const { uri, talk } = await begin(t);
  const answer = await preview(talk, uri);
  assert.match(answer.uri, /^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}\/trip-[0-9a-f]{8}$/);
  assert.deepEqual(await talk.notification('window/showDocument'), { uri: answer.uri, external: true, takeFocus: true });
  assert.match(await pageOf(answer.uri), /<title>Trip<\/title>/);
  assert.deepEqual(await preview(talk, uri), answer); // the same page, however often
  await talk.stop();
});

test('it follows the text that is not saved, and the title that is being typed', { skip }, async (t) => {
  const { uri, talk } = await begin(t);
  const { uri: address } = await preview(talk, uri);
  const page = look(t, address);
  assert.equal((await page.next()).title, 'Trip');
  for (const title of ['Trip t', 'Trip to', 'Trip to Rome']) {
    talk.replace(uri, map(title));
    await page.until((event) => event.title === title);
  }
  talk.replace(uri, map('Trip to Rome', 'Writes a letter'));
  await page.next();
  assert.match(await pageOf(address), /Writes a letter/);
  await talk.stop();
});

test('while nobody looks nothing is drawn; who comes back sees what there is', { skip }, async (t) => {
  const { uri, talk } = await begin(t);
  const { uri: address } = await preview(talk, uri);
  talk.replace(uri, map('Seen by nobody'));
  await talk.request('journey/settled', {});
  assert.match(await pageOf(address), /<title>Trip<\/title>/);
  await look(t, address).until((event) => event.title === 'Seen by nobody');
  await talk.stop();
});

test('a file that is closed or gone, and a journey that is gone, are said; the page goes on when they are back', { skip }, async (t) => {
  const { uri, file, talk } = await begin(t);
  const { uri: address } = await preview(talk, uri);
  const page = look(t, address);
  await page.next();
  talk.replace(uri, '');
  assert.match((await page.until((event) => event.message !== '')).message, /^This journey isn't in its file any more/);
  talk.replace(uri, map('Back'));
  assert.deepEqual((({ title, message }) => ({ title, message }))(await page.until((event) => event.title === 'Back')), { title: 'Back', message: '' });
  unlinkSync(file);
  talk.close(uri);
  talk.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 3 }] });
  assert.match((await page.until((event) => event.message !== '')).message, /closed in the editor, or isn't there any more/);
  assert.match(await pageOf(address), /<title>Back<\/title>/);
  talk.open(uri, map('Again'));
  await page.until((event) => event.title === 'Again');
  await talk.stop();
});

test('a client that can show no page is told the address; one that shows pages itself gets the page', { skip }, async (t) => {
  const { uri, talk } = await begin(t, { client: patched(capabilitiesOf('full'), { window: { showDocument: null } }) });
  const { uri: address } = await preview(talk, uri);
  assert.equal((await talk.notification('window/showMessage')).message, `The live map: ${address}`);
  await talk.stop();
  const other = await begin(t, { client: patched(capabilitiesOf('full'), { experimental: { journeyContent: true } }) });
  assert.equal((await preview(other.talk, other.uri)).format, 'html');
  await other.talk.stop();
});

test('it ends with the server', { skip }, async (t) => {
  const { uri, talk } = await begin(t);
  const { uri: address } = await preview(talk, uri);
  await look(t, address).next();
  await talk.stop();
  await assert.rejects(fetch(address));
});
