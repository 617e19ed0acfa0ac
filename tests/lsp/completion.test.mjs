// What is offered is cut where it would be too long to be read, and said to be; a few letters more find the rest. And every
// word of the examples that the language or a declaration knows is offered where it stands, once its first letter is there.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Conversation } from './lib/conversation.mjs';

const examples = fileURLToPath(new URL('../../examples/', import.meta.url));

async function inFolder(work, from) {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'journey-complete-')));
  if (from) cpSync(from, folder, { recursive: true });
  const talk = await Conversation.start({ client: 'utf-16', folder, args: ['--today', '2026-06-01'] });
  try {
    await work(talk, folder);
    await talk.stop();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('a long list is cut, and says so', () =>
  inFolder(async (talk, folder) => {
    const uri = pathToFileURL(path.join(folder, 'long.journey')).href;
    const steps = Array.from({ length: 400 }, (_, i) => `    touchpoint step-${i} "Step ${i}"`);
    const text = ['journey long "Long" {', '  stage all "All" {', ...steps, '  }', '  path {', '    step-1 -> ', '  }', '}', ''].join('\n');
    talk.open(uri, text);
    const line = steps.length + 4;
    const ask = (character) => talk.request('textDocument/completion', { textDocument: { uri }, position: { line, character } });
    const all = await ask(14);
    assert.equal(all.isIncomplete, true);
    assert.equal(all.items.length, 250);
    talk.change(uri, [{ range: { start: { line, character: 14 }, end: { line, character: 14 } }, text: 'step-39' }]);
    const some = await ask(21);
    assert.equal(some.isIncomplete, false);
    assert.ok(some.items.some((item) => item.label === 'step-399'));
  }));

test('beside a text that was never saved there are no files', () =>
  inFolder(async (talk) => {
    const uri = 'untitled:Untitled-1';
    talk.open(uri, 'use ""\n');
    const found = await talk.request('textDocument/completion', { textDocument: { uri }, position: { line: 0, character: 5 } });
    assert.deepEqual(found.items.map((item) => item.label.split('/')[0]), ['words', 'words', 'words']);
  }));

// The names that the line gives to something new.
const declares = /^\s*(journey|stage|touchpoint|pain|opportunity|persona|segment|team|system|evidence|channel|metric|actor|emotion|needs)\s+$/;

// Each word in code that is no number: where it stands, and what stands in front of it.
function* wordsOf(text) {
  for (const [line, whole] of text.split('\n').entries()) {
    const code = whole.replace(/"(\\.|[^"\\])*"/g, (quoted) => '"'.repeat(quoted.length)).replace(/\/\/.*/, '');
    for (const match of code.matchAll(/(?<![\w#€$£.-])[a-z][\w.-]*/g)) {
      const front = whole.slice(0, match.index);
      if (!declares.test(front)) yield { line, whole, front, word: match[0] };
    }
  }
}

for (const name of ['airline', 'clinic', 'shop'])
  test(`all words of ${name} are found by their first letter`, () =>
    inFolder(async (talk, folder) => {
      for (const file of readdirSync(folder).filter((one) => one.endsWith('.journey'))) {
        const uri = pathToFileURL(path.join(folder, file)).href;
        const text = readFileSync(path.join(folder, file), 'utf8');
        talk.open(uri, text);
        for (const [number, { line, whole, front, word }] of [...wordsOf(text)].entries()) {
          if (number % 5) continue; // a fifth of them is enough, and quick
          const put = (was, is) =>
            talk.change(uri, [{ range: { start: { line, character: 0 }, end: { line, character: was.length } }, text: is }]);
          put(whole, front + word[0]);
          const found = await talk.request('textDocument/completion', {
            textDocument: { uri },
            position: { line, character: front.length + 1 },
          });
          const labels = (found?.items ?? []).map((item) => item.label);
          const part = word.slice(word.lastIndexOf('.') + 1);
          assert.ok(labels.includes(word) || labels.includes(part), `${file}:${line + 1}: ${word} is not offered: ${labels.join(' ')}`);
          put(front + word[0], whole);
        }
      }
    }, path.join(examples, name)));
