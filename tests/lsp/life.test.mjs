// How a session begins, what both sides may change in it, and when diagnostics are told.
import assert from 'node:assert/strict';
import {
  existsSync,
  lutimesSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { pathToFileURL } from 'node:url';
import { capabilitiesOf, patched } from './lib/clients.mjs';
import { Conversation } from './lib/conversation.mjs';

function folderOf(t, files = {}) {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'journey-life-')));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return { folder, uri: (name) => pathToFileURL(path.join(folder, name)).href };
}
const today = ['--today', '2026-06-01'];
const codes = (diagnostics) => diagnostics.map((one) => one.code);
const said = (talk, method) =>
  talk.log
    .filter(({ from, message }) => from === 'server' && message.method === method)
    .map(({ message }) => message.params);
const wrong = 'persona maria "Maria" {\n  nonsense "x"\n}\n';
const right = 'persona maria "Maria"\n';

for (const [offered, chosen] of [
  [undefined, undefined],
  [['utf-16'], 'utf-16'],
  [['utf-8'], 'utf-8'],
  [['utf-32'], 'utf-32'],
  [
    ['utf-32', 'utf-16'],
    ['utf-32', 'utf-16'],
  ],
  [['utf-7'], 'utf-16'],
  [[], 'utf-16'],
]) {
  test(`columns are counted as the client offers: ${offered ?? 'nothing said'}`, async () => {
    const client = patched(capabilitiesOf('full'), { general: { positionEncodings: offered ?? null } });
    const talk = await Conversation.start({ client });
    const { positionEncoding } = talk.result.capabilities;
    assert.ok([chosen].flat().includes(positionEncoding), `${positionEncoding}`);
    await talk.stop();
  });
}

test('the server says its name and version', async () => {
  const talk = await Conversation.start();
  assert.equal(talk.result.serverInfo.name, 'journey');
  assert.match(talk.result.serverInfo.version, /^\d+\.\d+\.\d+$/);
  await talk.stop();
});

test('a command without a file is about the one that was opened, edited or asked about last', async (t) => {
  const { uri } = folderOf(t);
  const talk = await Conversation.start({});
  const textOf = (name) => `journey ${name} "${name}" {\n  stage a {\n    touchpoint b via email\n  }\n}\n`;
  const shown = async (...args) =>
    path.basename((await talk.request('workspace/executeCommand', { command: 'journey.preview', arguments: args })).uri);
  await assert.rejects(shown(), /no map is open/);
  for (const name of ['coffee', 'tea']) talk.open(uri(`${name}.journey`), textOf(name));
  const [coffee, tea] = [await shown(uri('coffee.journey')), await shown(uri('tea.journey'))];
  assert.notEqual(coffee, tea);
  assert.equal(await shown(), tea);
  const asked = { textDocument: { uri: uri('coffee.journey') }, position: { line: 0, character: 1 } };
  await talk.request('textDocument/hover', asked);
  assert.equal(await shown(), coffee);
  talk.notify('textDocument/didClose', { textDocument: { uri: uri('coffee.journey') } });
  await assert.rejects(shown(), /no map is open/);
  await talk.stop();
});

test('a bar is asked for when work has taken long, and ended with it', async (t) => {
  const { uri } = folderOf(t, { 'slow.lua': 'return function() while true do local x = ("x"):rep(100000):upper() end end\n' });
  const talk = await Conversation.start({});
  const bars = () => said(talk, 'window/workDoneProgress/create');
  const began = performance.now();
  talk.open(uri('quick.journey'), right);
  await talk.request('journey/settled');
  if (performance.now() - began < 500) assert.deepEqual(bars(), []); // else the machine is so busy that this was long work
  const from = talk.log.length;
  talk.open(uri('slow.journey'), 'metric slow "Slow" {\n  computed-by "slow.lua"\n}\njourney a "A" {\n  stage b {\n    touchpoint c\n  }\n}\n');
  await talk.request('journey/settled');
  const { token } = await talk.notification('$/progress', ({ token, value }) => /^journey\/measuring\//.test(token) && value.kind === 'end', from);
  assert.equal(bars().filter((one) => one.token === token).length, 1);
  const told = said(talk, '$/progress').filter((one) => one.token === token);
  assert.deepEqual(told.map(({ value }) => value.kind), ['begin', 'end']);
  await talk.stop();
});

test('old pages are taken away when a new one is written, and nothing else', async (t) => {
  const { uri, folder } = folderOf(t, {
    'journey/0123abcd-trip-map.html': 'old',
    'journey/0123abcd-trip-plan.md': 'younger',
    'journey/0123abcd-trip-notes.pdf': 'none of ours',
    'journey/kakoune-trip-map.txt': 'of an editor',
    'journey/0123abcd-folder.html/page.html': 'in a folder',
    'outside.html': 'behind a link',
  });
  const at = (name) => path.join(folder, 'journey', name);
  symlinkSync(path.join(folder, 'outside.html'), at('0123abcd-link.html'));
  const daysAgo = (days) => Date.now() / 1000 - days * 24 * 60 * 60;
  const old = ['0123abcd-trip-map.html', '0123abcd-trip-notes.pdf', 'kakoune-trip-map.txt', '0123abcd-folder.html', '0123abcd-folder.html/page.html'];
  for (const name of old) utimesSync(at(name), daysAgo(31), daysAgo(31));
  utimesSync(path.join(folder, 'outside.html'), daysAgo(31), daysAgo(31));
  lutimesSync(at('0123abcd-link.html'), daysAgo(31), daysAgo(31));
  utimesSync(at('0123abcd-trip-plan.md'), daysAgo(29), daysAgo(29));
  const before = readdirSync(path.join(folder, 'journey'));
  const talk = await Conversation.start({ environment: { XDG_CACHE_HOME: folder } });
  talk.open(uri('a.journey'), 'journey a "A"\n');
  const { uri: made } = await talk.request('workspace/executeCommand', { command: 'journey.plan', arguments: [uri('a.journey')] });
  const kept = [...before.filter((name) => name !== '0123abcd-trip-map.html'), path.basename(made)];
  assert.deepEqual(readdirSync(path.join(folder, 'journey')).sort(), kept.sort());
  assert.ok(existsSync(path.join(folder, 'outside.html')) && existsSync(at('0123abcd-folder.html/page.html')));
  await talk.stop();
});

test('traces are sent where they are asked for, and no longer', async () => {
  const talk = await Conversation.start({ trace: 'off' });
  await talk.request('journey/settled');
  assert.deepEqual(said(talk, '$/logTrace'), []);
  talk.notify('$/setTrace', { value: 'messages' });
  await talk.request('workspace/executeCommand', { command: 'journey.nothing' }).catch(() => {});
  assert.match((await talk.notification('$/logTrace')).message, /executeCommand/);
  talk.notify('$/setTrace', { value: 'off' });
  const from = talk.log.length;
  await talk.request('journey/settled');
  assert.equal(talk.log.slice(from).filter(({ message }) => message.method === '$/logTrace').length, 0);
  await talk.stop();
});

test('the client is asked to watch files where it can, and only there', async () => {
  const watching = await Conversation.start();
  await watching.request('journey/settled');
  const registered = said(watching, 'client/registerCapability').flatMap(({ registrations }) => registrations);
  const watchers = registered.find((one) => one.method === 'workspace/didChangeWatchedFiles').registerOptions.watchers;
  assert.match(JSON.stringify(watchers), /journey.*lua|lua.*journey/);
  await watching.stop();
  const other = await Conversation.start({ client: '-workspace.didChangeWatchedFiles.dynamicRegistration' });
  await other.request('journey/settled');
  assert.ok(!JSON.stringify(said(other, 'client/registerCapability')).includes('didChangeWatchedFiles'));
  await other.stop();
});

test('files that nobody opened are told of, and taken back when they are well again', async (t) => {
  const { folder, uri } = folderOf(t, { 'a.journey': wrong, 'deep/er/b.journey': right });
  const talk = await Conversation.start({ client: 'push', folder, args: today });
  await talk.request('journey/settled');
  assert.deepEqual(codes(talk.pushedDiagnostics(uri('a.journey'))), ['E0201']);
  writeFileSync(path.join(folder, 'a.journey'), right);
  talk.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uri('a.journey'), type: 2 }] });
  await talk.request('journey/settled');
  assert.deepEqual(talk.pushedDiagnostics(uri('a.journey')), []);
  writeFileSync(path.join(folder, 'deep/er/b.journey'), wrong);
  talk.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uri('deep/er/b.journey'), type: 2 }] });
  await talk.request('journey/settled');
  assert.deepEqual(codes(talk.pushedDiagnostics(uri('deep/er/b.journey'))), ['E0201']);
  unlinkSync(path.join(folder, 'deep/er/b.journey'));
  talk.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uri('deep/er/b.journey'), type: 3 }] });
  await talk.request('journey/settled');
  assert.deepEqual(talk.pushedDiagnostics(uri('deep/er/b.journey')), []);
  await talk.stop();
});

test('diagnostics that are pushed are of the text that they name, and the last of them of the last text', async (t) => {
  const { folder, uri } = folderOf(t);
  const talk = await Conversation.start({ client: 'push', folder, args: today });
  const map = uri('a.journey');
  talk.open(map, '');
  for (let n = 0; n < 100; n++) talk.replace(map, `${'\n'.repeat(n)}nonsense ${n}\n`);
  await talk.request('journey/settled');
  const told = said(talk, 'textDocument/publishDiagnostics').filter((one) => one.uri === map);
  for (const { version, diagnostics } of told.filter((one) => one.version > 1))
    assert.equal(diagnostics[0].range.start.line, version - 2);
  assert.deepEqual(
    told.map((one) => one.version),
    told.map((one) => one.version).sort((a, b) => a - b),
  );
  assert.equal(told.at(-1).version, 101);
  await talk.stop();
});

test('what is closed without being saved is told of as the disk has it, or not at all', async (t) => {
  const { folder, uri } = folderOf(t, { 'a.journey': right });
  const talk = await Conversation.start({ client: 'push', folder, args: today });
  talk.open(uri('a.journey'), wrong);
  talk.open(uri('new.journey'), wrong);
  talk.open('untitled:Untitled-1', wrong);
  await talk.request('journey/settled');
  for (const one of [uri('a.journey'), uri('new.journey'), 'untitled:Untitled-1']) {
    assert.deepEqual(codes(talk.pushedDiagnostics(one)), ['E0201'], one);
    talk.close(one);
  }
  await talk.request('journey/settled');
  for (const one of [uri('a.journey'), uri('new.journey'), 'untitled:Untitled-1'])
    assert.deepEqual(talk.pushedDiagnostics(one), [], one);
  await talk.stop();
});

test('a pulled report that did not change is not sent again, one that did is', async (t) => {
  const { folder, uri } = folderOf(t);
  const talk = await Conversation.start({ folder, args: today });
  const textDocument = { uri: uri('a.journey') };
  talk.open(textDocument.uri, wrong);
  await talk.request('journey/settled');
  const first = await talk.request('textDocument/diagnostic', { textDocument });
  assert.deepEqual(codes(first.items), ['E0201']);
  const again = await talk.request('textDocument/diagnostic', { textDocument, previousResultId: first.resultId });
  assert.deepEqual(again, { kind: 'unchanged', resultId: first.resultId });
  talk.replace(textDocument.uri, right);
  const third = await talk.request('textDocument/diagnostic', { textDocument, previousResultId: first.resultId });
  assert.equal(third.kind, 'full');
  assert.deepEqual(third.items, []);
  await talk.stop();
});

test('folders come and go, and with them what is told of their files', async (t) => {
  const { folder, uri } = folderOf(t, { 'one/a.journey': wrong, 'two/b.journey': wrong });
  const talk = await Conversation.start({ client: 'push', folders: [path.join(folder, 'one')], args: today });
  const event = (added, removed) => ({
    event: {
      added: added.map((name) => ({ uri: uri(name), name })),
      removed: removed.map((name) => ({ uri: uri(name), name })),
    },
  });
  await talk.request('journey/settled');
  assert.deepEqual(codes(talk.pushedDiagnostics(uri('one/a.journey'))), ['E0201']);
  assert.deepEqual(talk.pushedDiagnostics(uri('two/b.journey')), []);
  talk.notify('workspace/didChangeWorkspaceFolders', event(['two'], ['one']));
  await talk.request('journey/settled');
  assert.deepEqual(talk.pushedDiagnostics(uri('one/a.journey')), []);
  assert.deepEqual(codes(talk.pushedDiagnostics(uri('two/b.journey'))), ['E0201']);
  await talk.stop();
});

test('a client of old says only its root', async (t) => {
  const { folder, uri } = folderOf(t, { 'a.journey': wrong });
  for (const root of [{ rootUri: pathToFileURL(folder).href }, { rootUri: null, rootPath: folder }]) {
    const talk = new Conversation({ client: 'nothing', args: today });
    talk.result = await talk.request('initialize', { processId: null, capabilities: {}, ...root });
    talk.notify('initialized', {});
    await talk.request('journey/settled');
    assert.deepEqual(codes(talk.pushedDiagnostics(uri('a.journey'))), ['E0201']);
    await talk.stop();
  }
});

test('a client that never says `initialized` is served all the same', async () => {
  const talk = new Conversation({ args: today });
  talk.result = await talk.request('initialize', { processId: null, rootUri: null, capabilities: {} });
  talk.open('untitled:a', wrong);
  await talk.request('journey/settled');
  assert.deepEqual(codes(talk.pushedDiagnostics('untitled:a')), ['E0201']);
  await talk.stop();
});

test('an open text counts, not the disk, until it is closed', async (t) => {
  const { folder, uri } = folderOf(t, {
    'main.journey': 'use "people.journey"\njourney j "J" {\n  persona maria\n}\n',
    'people.journey': right,
  });
  const talk = await Conversation.start({ client: 'push', folder, args: today });
  await talk.request('journey/settled');
  const unknown = () => codes(talk.pushedDiagnostics(uri('main.journey'))).includes('E0203');
  assert.equal(unknown(), false);
  talk.open(uri('people.journey'), '');
  await talk.request('journey/settled');
  assert.equal(unknown(), true, 'the open text has no persona');
  writeFileSync(path.join(folder, 'people.journey'), right);
  talk.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uri('people.journey'), type: 2 }] });
  await talk.request('journey/settled');
  assert.equal(unknown(), true, 'the disk does not count while it is open');
  talk.close(uri('people.journey'));
  await talk.request('journey/settled');
  assert.equal(unknown(), false, 'the disk counts again');
  await talk.stop();
});

test('data of any name in a folder without maps is watched, also where the client watches maps', async (t) => {
  const map =
    'evidence f "F" { method survey collected 2026-05-01 file "data/y.txt" column score "s" }\n' +
    'journey j "J" { measure nps from f stage a "A" { touchpoint b "B" via web } }\n';
  for (const client of ['push', 'full']) {
    const { folder, uri } = folderOf(t, { 'a.journey': map, 'data/y.txt': 's\n9\n10\n' });
    const talk = await Conversation.start({ client, folder, args: today });
    const textDocument = { uri: uri('a.journey') };
    talk.open(textDocument.uri, map);
    await talk.request('journey/settled');
    const shown = async () => {
      const hover = await talk.request('textDocument/hover', { textDocument, position: { line: 1, character: 27 } });
      return JSON.stringify(hover.contents);
    };
    assert.match(await shown(), /100/);
    writeFileSync(path.join(folder, 'data/y.txt'), 's\n1\n2\n');
    while (!/−100/.test(await shown())) await talk.request('journey/settled');
    await talk.stop();
  }
});

test('a model that was shown is to be asked for again when its map was edited', async (t) => {
  const map = 'journey j "J" { stage a "A" { touchpoint b "B" via web } }\n';
  const { folder, uri } = folderOf(t, { 'a.journey': map });
  const talk = await Conversation.start({ folder, args: today });
  const model = uri('a.journey').replace('file:', 'journey-model:') + '.json';
  talk.open(uri('a.journey'), map);
  assert.match((await talk.request('workspace/textDocumentContent', { uri: model })).text, /"J"/);
  talk.replace(uri('a.journey'), map.replace('"J"', '"K"'));
  await talk.request('journey/settled');
  assert.deepEqual(said(talk, 'workspace/textDocumentContent/refresh')[0], { uri: model });
  assert.match((await talk.request('workspace/textDocumentContent', { uri: model })).text, /"K"/);
  await talk.stop();
});
