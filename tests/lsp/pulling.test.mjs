// Diagnostics of the whole workspace, when the client asks for them: what it knows already, what is gone, and in parts.
import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { pathToFileURL } from 'node:url';
import { Conversation } from './lib/conversation.mjs';

function folderOf(t, files) {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'journey-pulling-')));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  return { folder, uri: (name) => pathToFileURL(path.join(folder, name)).href };
}
const wrong = 'persona maria "Maria" {\n  nonsense "x"\n}\n';
const right = 'team sales "Sales"\n';
const pull = (talk, previousResultIds = [], more = {}) =>
  talk.request('workspace/diagnostic', { previousResultIds, ...more });
const ids = ({ items }) => items.map(({ uri, resultId }) => ({ uri, value: resultId ?? 'none' }));
const kinds = ({ items }) => Object.fromEntries(items.map(({ uri, kind }) => [uri.split('/').pop(), kind]));

test('files are told of again only where they changed', async (t) => {
  const { folder, uri } = folderOf(t, { 'a.journey': wrong, 'b.journey': wrong, 'c.journey': right });
  const talk = await Conversation.start({ folder });
  talk.open(uri('a.journey'), wrong);
  await talk.request('journey/settled');
  const first = await pull(talk);
  assert.deepEqual(kinds(first), { 'a.journey': 'full', 'b.journey': 'full' });
  assert.deepEqual(
    first.items.map(({ version }) => version),
    [1, null],
  );
  const again = await pull(talk, ids(first));
  assert.deepEqual(kinds(again), { 'a.journey': 'unchanged', 'b.journey': 'unchanged' });
  const alone = await talk.request('textDocument/diagnostic', {
    textDocument: { uri: uri('a.journey') },
    previousResultId: first.items[0].resultId,
  });
  assert.equal(alone.kind, 'unchanged');
  talk.replace(uri('a.journey'), right);
  await talk.request('journey/settled');
  const mended = await pull(talk, ids(again));
  assert.deepEqual(kinds(mended), { 'a.journey': 'full', 'b.journey': 'unchanged' });
  assert.deepEqual(mended.items[0].items, []);
  await talk.stop();
});

test('files that are gone have no findings any more', async (t) => {
  const { folder, uri } = folderOf(t, { 'a.journey': wrong, 'b.journey': right });
  const talk = await Conversation.start({ folder });
  const first = await pull(talk);
  unlinkSync(path.join(folder, 'a.journey'));
  talk.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uri('a.journey'), type: 3 }] });
  const { items } = await pull(talk, ids(first));
  assert.deepEqual(items, [{ kind: 'full', uri: uri('a.journey'), version: null, items: [] }]);
  assert.deepEqual((await pull(talk)).items, []);
  await talk.stop();
});

test('many files come in parts, and the client is told how far it is, where it gave tokens', async (t) => {
  const count = 1100;
  const { folder } = folderOf(
    t,
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`m${i}.journey`, 'nonsense\n'])),
  );
  const talk = await Conversation.start({ folder });
  const whole = await pull(talk);
  assert.equal(whole.items.length, count);
  const progress = (token) =>
    talk.log
      .filter(({ message }) => message.method === '$/progress' && message.params.token === token)
      .map(({ message }) => message.params.value);
  const rest = await pull(talk, [], { partialResultToken: 'parts', workDoneToken: 7 });
  const parts = progress('parts');
  assert.ok(parts.length >= 2);
  assert.equal(parts.flatMap(({ items }) => items).length + rest.items.length, count);
  assert.deepEqual([...new Set(progress(7).map(({ kind }) => kind))], ['begin', 'report', 'end']);
  await talk.stop();
});

test('what the client knows has to be a list', async (t) => {
  const { folder } = folderOf(t, { 'a.journey': right });
  const talk = await Conversation.start({ folder });
  const refused = await talk.refusal('workspace/diagnostic', { previousResultIds: 3 }, { odd: true });
  assert.equal(refused.code, -32602);
  await talk.stop();
});

test('who takes parts of an answer waits until there is something to say', async (t) => {
  const { folder, uri } = folderOf(t, { 'a.journey': wrong, 'b.journey': right });
  const talk = await Conversation.start({ folder });
  talk.open(uri('a.journey'), wrong);
  const first = await pull(talk, [], { partialResultToken: 1 });
  await talk.request('journey/settled');
  const known = ids(await pull(talk, ids(first)));
  let answered = null;
  const held = pull(talk, known, { partialResultToken: 2 }).then((answer) => (answered = answer));
  await talk.request('journey/settled');
  assert.equal(answered, null);
  talk.replace(uri('a.journey'), `# only a comment\n${wrong}`);
  talk.replace(uri('a.journey'), wrong);
  await talk.request('journey/settled');
  assert.equal(answered, null, 'what it says is what the client knows');
  talk.replace(uri('a.journey'), right);
  const { items } = await held;
  assert.deepEqual(items.find((item) => item.uri === uri('a.journey')).items, []);
  await talk.stop();
});

test('a request that waits can be cancelled, and ends with the server', async (t) => {
  const { folder, uri } = folderOf(t, { 'a.journey': right });
  const talk = await Conversation.start({ folder });
  talk.open(uri('a.journey'), right);
  await talk.request('journey/settled');
  let known = ids(await pull(talk));
  const waits = (token) => talk.refusal('workspace/diagnostic', { previousResultIds: known, partialResultToken: token });
  const other = talk.request('workspace/diagnostic', { previousResultIds: known, partialResultToken: 0 }); // goes on to wait
  const first = waits(1);
  const id = talk.log.findLast(({ message }) => message.method === 'workspace/diagnostic').message.id;
  for (let i = 0; i < 2; i++) talk.notify('$/cancelRequest', { id });
  assert.equal((await first).code, -32800);
  talk.replace(uri('a.journey'), wrong);
  assert.equal((await other).items[0].kind, 'full');
  await talk.request('journey/settled');
  known = ids(await pull(talk));
  const second = waits(2);
  await talk.stop();
  assert.equal((await second).code, -32800);
});
