// What the server changes, made for real on the examples: no action brings a new error, and another name changes
// nothing in the model but that name. Each kind of action is made a few times on each file.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Conversation } from './lib/conversation.mjs';
import { applyEdits } from './lib/text.mjs';

const today = ['--today', '2026-06-01'];
const oftenEach = 3;
const examples = fileURLToPath(new URL('../../examples/', import.meta.url));

function run(...args) {
  try {
    return execFileSync(process.env.JOURNEY, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 });
  } catch (error) {
    return error.stdout;
  }
}
const errorsOf = (folder) =>
  JSON.parse(run('check', '--format', 'json', ...today, folder))
    .diagnostics.filter((one) => one.severity === 'error')
    .map((one) => `${one.code} ${one.message}`);
const mapsOf = (folder) => readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.journey')).sort();

// A folder with the example, and one in which changes are made.
function folders(t, example) {
  const top = realpathSync(mkdtempSync(path.join(tmpdir(), 'journey-changing-')));
  t.after(() => rmSync(top, { recursive: true, force: true }));
  const folder = path.join(top, 'as-it-is');
  cpSync(path.join(examples, example), folder, { recursive: true });
  const made = path.join(top, 'changed');
  const change = (edit, encoding) => {
    rmSync(made, { recursive: true, force: true });
    cpSync(folder, made, { recursive: true });
    const place = (uri) => path.join(made, path.relative(folder, fileURLToPath(uri)));
    for (const one of edit.documentChanges) {
      if (one.kind === 'create') {
        mkdirSync(path.dirname(place(one.uri)), { recursive: true });
        writeFileSync(place(one.uri), '');
      } else writeFileSync(place(one.textDocument.uri), applyEdits(readFileSync(place(one.textDocument.uri), 'utf8'), one.edits, encoding));
    }
  };
  return { top, folder, made, change };
}

async function openAll(t, folder) {
  const talk = await Conversation.start({ folder, args: today });
  t.after(() => talk.stop());
  const files = mapsOf(folder).map((name) => {
    const text = readFileSync(path.join(folder, name), 'utf8');
    const uri = pathToFileURL(path.join(folder, name)).href;
    talk.open(uri, text);
    return { name, uri, lines: text.split('\n') };
  });
  return { talk, files };
}

for (const example of ['hospital', 'saas-onboarding'])
  test(`no action on ${example} brings an error`, async (t) => {
    const { folder, made, change } = folders(t, example);
    const { talk, files } = await openAll(t, folder);
    const before = errorsOf(folder);
    const done = new Map();
    for (const { name, uri, lines } of files)
      for (let line = 0; line < lines.length; line++) {
        const place = { line, character: lines[line].search(/\S|$/) };
        const actions = await talk.request('textDocument/codeAction', { textDocument: { uri }, range: { start: place, end: place }, context: { diagnostics: [] } });
        for (const action of actions.filter((one) => !one.disabled)) {
          const kind = `${name} ${action.title.replace(/`[^`]*`/g, '')}`;
          done.set(kind, (done.get(kind) ?? 0) + 1);
          if (done.get(kind) > oftenEach) continue;
          const { edit } = action.edit ? action : await talk.request('codeAction/resolve', action);
          change(edit, talk.encoding);
          assert.deepEqual(errorsOf(made).filter((one) => !before.includes(one)), [], `${name}:${line + 1}: ${action.title}`);
        }
      }
    assert.ok(done.size >= 8, `only ${done.size} kinds of actions`);
  });

test('another name changes nothing but the name', async (t) => {
  const { top, folder, made, change } = folders(t, 'clinic');
  const { talk, files } = await openAll(t, folder);
  const modelOf = (of) => {
    const out = path.join(top, 'model');
    run('build', '--format', 'json', ...today, '-o', out, of);
    const model = readdirSync(out).sort().map((name) => readFileSync(path.join(out, name), 'utf8')).join('\n');
    rmSync(out, { recursive: true });
    return model;
  };
  const before = modelOf(folder);
  assert.ok(before.length > 1000);
  let renamed = 0;
  for (const { name, uri, lines } of files)
    for (let line = 0; line < lines.length; line++) {
      const [head, word] = /^\s*(?:persona|team|evidence|stage|touchpoint|pain|opportunity|channel|system|segment|actor) +("?)/.exec(lines[line]) ?? [];
      if (word === undefined) continue;
      const at = { textDocument: { uri }, position: { line, character: head.length } };
      const target = await talk.request('textDocument/prepareRename', at);
      assert.ok(target, `${name}:${line + 1} can't be renamed`);
      change(await talk.request('textDocument/rename', { ...at, newName: 'zebra-one' }), talk.encoding);
      renamed++;
      const plain = (model) => model.replaceAll('zebra-one', target.placeholder).replaceAll(/"(line|column)": ?\d+/g, '');
      assert.equal(plain(modelOf(made)), plain(before), `${name}:${line + 1}: ${target.placeholder}`);
    }
  assert.ok(renamed > 50, `only ${renamed} names`);
});
