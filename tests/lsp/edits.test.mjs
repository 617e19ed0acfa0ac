// After any edits the server answers as a fresh one that got the text as it is now: in each of the three encodings, with
// several changes in one message, lines that end in every way, characters of every width, columns beyond the line's end.
// EDITS_SEED: where chance begins; EDITS_SECONDS: go on so long (the tests share it).
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { capabilitiesOf, patched } from './lib/clients.mjs';
import { Chance } from './lib/chance.mjs';
import { Conversation } from './lib/conversation.mjs';
import { lineStarts } from './lib/text.mjs';

const seed = Number(process.env.EDITS_SEED ?? Date.now() % 1_000_000);
const seconds = Number(process.env.EDITS_SECONDS ?? 0);
const rounds = 25;
const example = readFileSync(fileURLToPath(new URL('../../examples/first.journey', import.meta.url)), 'utf8');

const pieces = [
  '\n',
  '\r\n',
  '\r',
  '\u2028',
  '\u0085',
  '😀',
  '👩‍👧',
  'é',
  'e\u0301',
  '环',
  '\ufeff',
  '\0',
  '\t',
  '"',
  '{',
  '}',
  '//',
  ' ',
  'a',
  '\u007f',
  'persona zoé "Zoé"\n',
  '  touchpoint t "T" { via email }\r\n',
  'stage "S" {',
  '\rfeels -2 "so 😀 so"\r',
  'journey j "J" {\n',
  'use "other.journey"\n',
  '"unfinished',
  'feels +9',
  'date 2026-13-45 ',
  '\ud83d\ude00\r\n\ud83d\ude00',
];

function randomChange(chance, document) {
  if (chance.is(0.02))
    return {
      text: chance.is(0.5) ? example : Array.from({ length: chance.below(30) }, () => chance.of(pieces)).join(''),
    };
  const lines = lineStarts(document.text).length;
  const position = () => ({
    line: chance.is(0.05) ? lines + chance.below(5) : chance.below(lines),
    character: chance.is(0.1) ? chance.of([1000, 2 ** 31 - 1]) : chance.below(60),
  });
  let [start, end] = [position(), position()];
  if (chance.is(0.6)) end = chance.is(0.5) ? start : { line: start.line, character: start.character + chance.below(8) };
  if (end.line < start.line || (end.line === start.line && end.character < start.character))
    [start, end] = [end, start];
  // Long deletions are rare, or there would be no text soon.
  if (end.line - start.line > 3 && !chance.is(0.05)) end = { line: start.line + 1, character: 0 };
  if (end.character > 2 ** 31 - 1) end.character = 2 ** 31 - 1;
  return { range: { start, end }, text: Array.from({ length: chance.below(4) }, () => chance.of(pieces)).join('') };
}

// What is compared.
const asks = [
  ['textDocument/documentSymbol', {}],
  ['textDocument/semanticTokens/full', {}, (result) => result.data],
  ['textDocument/foldingRange', {}],
  ['textDocument/formatting', { options: { tabSize: 2, insertSpaces: true } }],
  ['textDocument/diagnostic', {}, (result) => result.items],
];
async function answersOf(talk, uri) {
  const answers = asks.map(async ([method, more, part = (result) => result]) => {
    const result = await talk.request(method, { textDocument: { uri }, ...more });
    return [method, { value: part(result), resultId: result?.resultId }];
  });
  return Object.fromEntries(await Promise.all(answers));
}
const values = (answers) => Object.fromEntries(Object.entries(answers).map(([method, { value }]) => [method, value]));

// A change that leaves most of a map as it was: a word or a line is taken, doubled or put elsewhere.
function wordChange(chance, document) {
  const { text } = document;
  const spots = [...text.matchAll(chance.is(0.3) ? /.*\n/g : /[\w+-]+/g)];
  if (!spots.length) return { text: example };
  const [from, other] = [chance.of(spots), chance.of(spots)];
  const range = document.range(from.index, from.index + from[0].length);
  return { range, text: chance.of(['', other[0], `${from[0]}${from[0]}`, 'x', '"', '{']) };
}

function applyDelta(data, edits) {
  let result = data;
  for (const edit of [...edits].sort((a, b) => b.start - a.start))
    result = [...result.slice(0, edit.start), ...(edit.data ?? []), ...result.slice(edit.start + edit.deleteCount)];
  return result;
}

for (const [index, encoding] of ['utf-8', 'utf-16', 'utf-32'].entries()) {
  test(`edits and a fresh server agree in ${encoding} (EDITS_SEED=${seed})`, async (t) => {
    const chance = new Chance(seed * 3 + index);
    const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'journey-edits-')));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    const file = path.join(folder, 'map.journey');
    const uri = pathToFileURL(file).href;
    writeFileSync(file, example);
    // What takes a while is pushed to this client, when it is known; what is pulled is known at once.
    const client = patched(capabilitiesOf('full'), {
      general: { positionEncodings: [encoding] },
      workspace: { diagnostics: null },
    });
    const start = () => Conversation.start({ client, folder, args: ['--today', '2026-06-01'] });
    const talk = await start();
    assert.equal(talk.encoding, encoding);
    const document = talk.open(uri, example);
    let before = await answersOf(talk, uri);
    const deadline = Date.now() + (seconds * 1000) / 4;
    let round = 0;
    try {
      for (; round < rounds || Date.now() < deadline; round++) {
        for (let messages = 1 + chance.below(3); messages > 0; messages--) {
          // Each change of a message means the text as the one before left it.
          const changes = [];
          const text = { ...document, text: document.text };
          for (let n = 1 + chance.below(4); n > 0; n--) {
            const change = randomChange(chance, text);
            changes.push(change);
            const shadow = Object.assign(Object.create(Object.getPrototypeOf(document)), text, { history: new Map() });
            shadow.change([change]);
            text.text = shadow.text;
          }
          talk.change(uri, changes);
        }
        const full = 'textDocument/semanticTokens/full';
        const previousResultId = before[full].resultId;
        const delta = talk.request(`${full}/delta`, { textDocument: { uri }, previousResultId });
        const now = await answersOf(talk, uri);
        const fresh = await start();
        fresh.open(uri, document.text);
        const wanted = await answersOf(fresh, uri);
        await fresh.stop();
        const told = await delta;
        assert.deepEqual(
          told.edits ? applyDelta(before[full].value, told.edits) : told.data,
          now[full].value,
          'tokens by their delta',
        );
        assert.deepEqual(values(now), values(wanted));
        before = now;
      }
    } catch (error) {
      error.message = `EDITS_SEED=${seed}, round ${round}, text ${JSON.stringify(document.text)}\n${error.message}`;
      throw error;
    }
    await talk.stop();
    t.diagnostic(`${round} rounds, ${talk.log.length} messages`);
  });
}

// Several files that see each other, and what is known of them only after a while: metrics, evidence, own checks.
test(`edits of several files and a fresh server agree on all that is told (EDITS_SEED=${seed})`, async (t) => {
  const chance = new Chance(seed * 3 + 7);
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'journey-edits-')));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(fileURLToPath(new URL('../../examples/saas-onboarding', import.meta.url)), folder, { recursive: true });
  const names = ['onboarding.journey', 'people.journey', 'onboarding-2027.journey'];
  const uriOf = (name) => pathToFileURL(path.join(folder, name)).href;
  const originals = names.map((name) => readFileSync(path.join(folder, name), 'utf8'));
  const start = () => Conversation.start({ client: 'push', folder, args: ['--today', '2026-06-01'] });
  // Of every file that anything was told of; a file that nothing is wrong in may be told of or not.
  const told = async (talk) => {
    await talk.request('journey/settled');
    const uris = talk.log.filter(({ message }) => message.method === 'textDocument/publishDiagnostics');
    const all = [...new Set(uris.map(({ message }) => message.params.uri))].sort();
    return all.map((uri) => [uri, talk.pushedDiagnostics(uri)]).filter(([, list]) => list.length);
  };
  const talk = await start();
  const documents = names.map((name, i) => talk.open(uriOf(name), originals[i]));
  const deadline = Date.now() + (seconds * 1000) / 4;
  for (let round = 0; round < 8 || Date.now() < deadline; round++) {
    for (let n = 1 + chance.below(5); n > 0; n--) {
      const which = chance.below(names.length);
      const whole = chance.is(0.15) ? { text: originals[which] } : wordChange(chance, documents[which]);
      talk.change(documents[which].uri, [whole]);
    }
    const now = await told(talk);
    const fresh = await start();
    for (const document of documents) fresh.open(document.uri, document.text);
    const wanted = await told(fresh);
    await fresh.stop();
    assert.deepEqual(
      now,
      wanted,
      `EDITS_SEED=${seed}, round ${round}, ${JSON.stringify(documents.map((one) => one.text))}`,
    );
  }
  await talk.stop();
});
