// Every request that the server announces, sent by every kind of client: one that can do everything, one that can do
// nothing, and one for each option, which lacks it. All that comes back must be what that client can read.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { optionPaths } from './lib/clients.mjs';
import { Conversation, Refusal } from './lib/conversation.mjs';
import { at } from './lib/honesty.mjs';
import { requests } from './lib/judge.mjs';
import { positionAt } from './lib/text.mjs';

const examples = fileURLToPath(new URL('../../examples', import.meta.url));
const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'journey-matrix-')));
cpSync(path.join(examples, 'shop'), folder, { recursive: true });
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const main = path.join(folder, 'shop.journey');
const uri = pathToFileURL(main).href;
const text = `${readFileSync(main, 'utf8')}\njourney broken "Half written" {\n  stage "One" {\n    touchpoint {\n      feels \n`;
const textDocument = { uri };
const options = { tabSize: 2, insertSpaces: true };
const whole = { start: { line: 0, character: 0 }, end: positionAt(text, text.length) };
// Places of every kind: a keyword, a name, a text, a number, an empty line, the end.
const places = [
  /journey \w/,
  /persona +\w+/,
  /owner +\w+/,
  /"[A-Z]/,
  /feels +[-+]?\d/,
  /via +\w/,
  /touchpoint +\w+/,
  /measure nps target \d/,
  /collected|from log/,
  /\n\n/,
  /feels \n$/,
].map((pattern) => {
  const match = text.match(pattern);
  assert.ok(match, `the example has ${pattern}`);
  return positionAt(text, match.index + match[0].length - (match[0].endsWith('\n') ? 1 : 0));
});

// What is asked: params, or a list of them; of what is resolved or follows, it comes from the answer before.
const paramsOf = {
  'textDocument/completion': () => places.map((position) => ({ textDocument, position, context: { triggerKind: 1 } })),
  'textDocument/selectionRange': () => ({ textDocument, positions: places }),
  'textDocument/references': () =>
    places.map((position) => ({ textDocument, position, context: { includeDeclaration: true } })),
  'textDocument/rename': () => places.map((position) => ({ textDocument, position, newName: 'another' })),
  'textDocument/codeAction': (talk) =>
    places.map((position) => ({
      textDocument,
      range: { start: position, end: position },
      context: { diagnostics: talk.known },
    })),
  'textDocument/inlayHint': () => ({ textDocument, range: whole }),
  'textDocument/inlineValue': () => ({ textDocument, range: whole, context: { frameId: 1, stoppedLocation: whole } }),
  'textDocument/inlineCompletion': () => ({ textDocument, position: places[0], context: { triggerKind: 1 } }),
  'textDocument/semanticTokens/range': () => ({ textDocument, range: whole }),
  'textDocument/semanticTokens/full/delta': () => ({ textDocument, previousResultId: '0' }),
  'textDocument/formatting': () => ({ textDocument, options }),
  'textDocument/rangeFormatting': () => ({ textDocument, range: whole, options }),
  'textDocument/rangesFormatting': () => ({ textDocument, ranges: [whole], options }),
  'textDocument/onTypeFormatting': () => ({ textDocument, position: places[0], ch: '}', options }),
  'textDocument/willSaveWaitUntil': () => ({ textDocument, reason: 1 }),
  'textDocument/colorPresentation': () => ({
    textDocument,
    color: { red: 1, green: 0, blue: 0, alpha: 1 },
    range: whole,
  }),
  'workspace/symbol': () => [{ query: '' }, { query: 'a' }],
  'workspace/diagnostic': () => ({ previousResultIds: [] }),
  'workspace/executeCommand': (talk) =>
    talk.result.capabilities.executeCommandProvider.commands.map((command) => ({ command, arguments: [uri] })),
  'workspace/willRenameFiles': () => ({ files: [{ oldUri: uri, newUri: `${uri.slice(0, -8)}-2.journey` }] }),
  'workspace/willCreateFiles': () => ({ files: [{ uri }] }),
  'workspace/willDeleteFiles': () => ({ files: [{ uri }] }),
  'journey/preview': () => ['html', 'svg', 'text', 'md', 'mermaid', 'json'].map((format) => ({ textDocument, format })),
  'journey/status': () => ({ textDocument }),
  'workspace/textDocumentContent': (talk) =>
    (talk.result.capabilities.workspace?.textDocumentContent?.schemes ?? []).map((scheme) => ({
      uri: scheme === 'journey-library' ? `${scheme}:///stdlib/prelude.journey` : `${scheme}://${main}`,
    })),
};
const follows = {
  'textDocument/completion': ['completionItem/resolve', (result) => (result?.items ?? result ?? []).slice(0, 3)],
  'textDocument/codeAction': ['codeAction/resolve', (result) => (result ?? []).filter((one) => one.kind !== undefined)],
  'textDocument/codeLens': ['codeLens/resolve', (result) => (result ?? []).slice(0, 3)],
  'textDocument/inlayHint': ['inlayHint/resolve', (result) => (result ?? []).slice(0, 3)],
  'textDocument/documentLink': ['documentLink/resolve', (result) => (result ?? []).slice(0, 3)],
  'workspace/symbol': ['workspaceSymbol/resolve', (result) => (result ?? []).slice(0, 3)],
};
const items = (result) => (result ?? []).map((item) => ({ item }));
const prepared = {
  'textDocument/prepareCallHierarchy': ['callHierarchy/incomingCalls', 'callHierarchy/outgoingCalls'],
  'textDocument/prepareTypeHierarchy': ['typeHierarchy/supertypes', 'typeHierarchy/subtypes'],
};
const providerOf = {
  'callHierarchy/incomingCalls': 'callHierarchyProvider',
  'callHierarchy/outgoingCalls': 'callHierarchyProvider',
  'typeHierarchy/supertypes': 'typeHierarchyProvider',
  'typeHierarchy/subtypes': 'typeHierarchyProvider',
};
const provider = (method) => providerOf[method] ?? requests[method].server;
const derived = new Set([
  ...Object.values(follows).map(([method]) => method),
  ...Object.values(prepared).flat(),
  'initialize',
  'shutdown',
]);
const askable = Object.keys(requests).filter(
  (method) => requests[method].direction !== 'serverToClient' && !derived.has(method),
);

let lastToken = 0;
async function ask(talk, method, given, asked) {
  asked.add(method);
  const takesTokens = talk.tokens && given.textDocument && !/^journey|onTypeFormatting|willSaveWaitUntil/.test(method);
  const params = takesTokens ? { ...given, workDoneToken: `work-${++lastToken}` } : given;
  try {
    return await talk.request(method, params);
  } catch (error) {
    if (error instanceof Refusal && [-32803, -32602].includes(error.code)) return null; // As for a name that can't be given.
    throw error;
  }
}

// What draws and prints, and depends on no option of single features.
const slow = /^(workspace\/executeCommand|workspace\/textDocumentContent|journey\/preview)$/;

async function askAll(talk, { isQuick, again = false }) {
  const asked = new Set();
  const registered = new Set(talk.judge.registrations.values());
  const has = (method) =>
    /^journey\/(preview|status)$/.test(method) ||
    at(talk.result.capabilities, provider(method) ?? 'none') ||
    registered.has(requests[method]?.registration ?? method);
  const askOne = async (method, params) => {
    const result = await ask(talk, method, params, asked);
    const [next, choose] = follows[method] ?? [];
    const further =
      next && at(talk.result.capabilities, provider(next)) ? choose(result).map((one) => [next, one]) : [];
    for (const another of prepared[method] ?? []) further.push(...items(result).map((one) => [another, one]));
    await Promise.all(further.map(([another, one]) => ask(talk, another, one, asked)));
  };
  const all = [];
  for (const method of askable.filter(has)) {
    if (isQuick && slow.test(method)) continue;
    const list = [
      paramsOf[method]?.(talk) ??
        (requests[method].params?.$ref && places.map((position) => ({ textDocument, position }))),
    ].flat();
    const plain =
      /documentSymbol|codeLens|documentLink|foldingRange|semanticTokens\/full$|documentColor|textDocument\/diagnostic$/.test(
        method,
      );
    for (const params of plain ? [{ textDocument }] : again ? list.slice(0, 1) : list) all.push(askOne(method, params));
  }
  await Promise.all(all);
  return asked;
}

// What is announced and was not asked: the matrix would be blind for it.
function forgotten(talk, asked) {
  const announced = Object.keys(requests).filter((method) => at(talk.result.capabilities, provider(method) ?? 'none'));
  return announced.filter((method) => !asked.has(method) && requests[method].direction === 'clientToServer');
}

async function tryClient(client) {
  const talk = await Conversation.start({ client, folder, args: ['--today', '2026-06-01'] });
  talk.open(uri, text);
  // Those that are known late too, but only for a few: they take a while.
  const pulled = talk.result.capabilities.diagnosticProvider;
  const soon = async () => (pulled ? (await talk.request('textDocument/diagnostic', { textDocument })).items : []);
  talk.known = await (client.startsWith('-') ? soon() : talk.diagnostics(uri));
  const asked = await askAll(talk, { isQuick: client.startsWith('-textDocument.') });
  talk.change(uri, [
    { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '// a word\n' },
  ]);
  talk.tokens = talk.capabilities.window?.workDoneProgress === true;
  await askAll(talk, { isQuick: true, again: true });
  if (client === 'full') assert.deepEqual(forgotten(talk, asked), []);
  talk.close(uri);
  await talk.stop();
  return asked;
}

test('every client gets what it can read', { concurrency: 4 }, async (t) => {
  const asked = await tryClient('full');
  t.diagnostic(`${asked.size} methods: ${[...asked].join(' ')}`);
  const results = [];
  for (const client of ['nothing', 'push', ...optionPaths().map((one) => `-${one}`)])
    results.push(t.test(`client: ${client}`, () => tryClient(client)));
  await Promise.all(results);
});
