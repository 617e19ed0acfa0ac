// What no editor should send, and some do: each time the right error or a sane answer, and afterwards the server still
// answers a hover.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, realpathSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { pathToFileURL } from 'node:url';
import { mortal } from '../tools/mortal.mjs';
import { Conversation, frame, Refusal } from './lib/conversation.mjs';

const code = {
  parse: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  notInitialized: -32002,
  cancelled: -32800,
  requestFailed: -32803,
  contentModified: -32801,
};
const text =
  'persona maria "Maria"\n\njourney shop "Shop" {\n  type current-state\n  persona maria\n  stage "One" {\n    touchpoint pay "Pays 😀" {\n      feels -1 "so so"\n    }\n  }\n}\n';
const place = { line: 4, character: 12 };

// A server with one open file; `odd` is sent to it, and then it must still know what stands where.
async function server(t, options = {}) {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'journey-hostile-')));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const talk = await Conversation.start({
    client: 'utf-16',
    folder,
    cwd: folder,
    args: ['--today', '2026-06-01'],
    ...options,
  });
  const uri = pathToFileURL(path.join(folder, 'shop.journey')).href;
  talk.open(uri, text);
  return { talk, uri, folder };
}
// What the server says about the persona of the journey.
async function hover(talk, uri, position = place) {
  return JSON.stringify(await talk.request('textDocument/hover', { textDocument: { uri }, position }));
}
async function alive(talk, uri) {
  assert.match(await hover(talk, uri), /Maria/, 'the hover after it');
}
async function done(talk, uri) {
  await alive(talk, uri);
  await talk.stop();
}
// The error that comes without an id, or with one that was not asked for.
const complaint = (talk, wanted) =>
  talk.message(`an error ${wanted}`, (one) => one.error?.code === wanted && one.id === null);
const bare = (body) => `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

for (const [what, bytes, wanted] of [
  ['JSON that is none', bare('{"jsonrpc": '), code.parse],
  ['no JSON at all', bare('hello'), code.parse],
  ['an empty body', bare(''), code.parse],
  ['a number', bare('7'), code.invalidRequest],
  ['a text', bare('"hover"'), code.invalidRequest],
  ['null', bare('null'), code.invalidRequest],
  ['an empty batch', bare('[]'), code.invalidRequest],
  ['a batch', bare('[{"jsonrpc":"2.0","id":900,"method":"shutdown"}]'), code.invalidRequest],
  ['a method that is a number', bare('{"jsonrpc":"2.0","method":7}'), code.invalidRequest],
  ['an id that is an object', bare('{"jsonrpc":"2.0","id":{},"method":"textDocument/hover"}'), code.invalidRequest],
  ['an object without anything', bare('{}'), code.invalidRequest],
  ['bytes that are no UTF-8', Buffer.from('Content-Length: 2\r\n\r\n\xff\xfe', 'latin1'), code.parse],
  ['a header without a length', 'Content-Type: text/plain\r\n\r\n', code.parse],
  ['a header that is none', 'hello\r\n\r\n', code.parse],
  ['a length that is no number', 'Content-Length: many\r\n\r\n', code.parse],
  ['a negative length', 'Content-Length: -5\r\n\r\n', code.parse],
  ['a length beyond all', 'Content-Length: 99999999999999999999\r\n\r\n', code.parse],
  ['a length that is too short', `Content-Length: 4\r\n\r\n${'{"jsonrpc":"2.0","method":"$/x"}'}\r\n\r\n`, code.parse],
  ['deep arrays', bare(`${'['.repeat(100_000)}${']'.repeat(100_000)}`), code.parse],
  ['a number beyond all', bare('{"jsonrpc":"2.0","id":1e999,"method":"a"}'), code.parse],
]) {
  test(`bytes: ${what}`, async (t) => {
    const { talk, uri } = await server(t);
    talk.raw(bytes);
    await complaint(talk, wanted);
    await done(talk, uri);
  });
}

test('bytes: a length that is too long takes the next message along, and no more', async (t) => {
  const { talk, uri } = await server(t);
  talk.raw(`Content-Length: 120\r\n\r\n{"jsonrpc":"2.0","method":"$/x"}`);
  talk.notify('$/y', undefined, { odd: true });
  talk.notify('$/z', undefined, { odd: true });
  talk.notify('$/z', undefined, { odd: true });
  await complaint(talk, code.parse);
  await done(talk, uri);
});

test('bytes: headers in any case and order, two of them, one byte at a time', async (t) => {
  const { talk, uri } = await server(t);
  const ask = (id) =>
    JSON.stringify({
      jsonrpc: '2.0',
      id,
      method: 'textDocument/hover',
      params: { textDocument: { uri }, position: place },
    });
  const headers = (body, id) =>
    [
      `content-length: ${body.length}\r\n\r\n`,
      `Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: ${body.length}\r\n\r\n`,
      `Content-Length:${body.length}\r\nContent-Type: a\r\n\r\n`,
    ][id];
  for (let id = 0; id < 3; id++) {
    const body = ask(`h${id}`);
    talk.judge.client(JSON.parse(body));
    for (const byte of headers(body, id) + body) talk.raw(byte);
    const answer = await talk.message(`an answer to h${id}`, (one) => one.id === `h${id}`);
    assert.match(JSON.stringify(answer.result), /Maria/);
  }
  await done(talk, uri);
});

// ---- the life of a session

test('before initialize: requests are refused, notifications ignored, exit ends with 1', async () => {
  const talk = new Conversation({});
  assert.equal(
    (await talk.refusal('textDocument/hover', { textDocument: { uri: 'file:///a' }, position: place })).code,
    code.notInitialized,
  );
  assert.equal((await talk.refusal('shutdown')).code, code.notInitialized);
  talk.notify('textDocument/didOpen', { textDocument: { uri: 'file:///a', languageId: 'journey', version: 1, text } });
  talk.notify('initialized', {});
  await talk.initialize({});
  talk.open('file:///a/b.journey', text);
  await done(talk, 'file:///a/b.journey');
});
test('exit before initialize ends with 1', async () => {
  const talk = new Conversation({});
  talk.notify('exit');
  assert.equal((await talk.ended()).code, 1);
});
test('exit without shutdown ends with 1, after it with 0', async (t) => {
  const { talk } = await server(t);
  talk.notify('exit');
  assert.equal((await talk.ended()).code, 1);
});
test('after shutdown all requests are refused, and notifications ignored', async (t) => {
  const { talk, uri } = await server(t);
  assert.equal(await talk.request('shutdown'), null);
  assert.equal(
    (await talk.refusal('textDocument/hover', { textDocument: { uri }, position: place })).code,
    code.invalidRequest,
  );
  assert.equal((await talk.refusal('shutdown')).code, code.invalidRequest);
  assert.equal(
    (await talk.refusal('initialize', { processId: null, rootUri: null, capabilities: {} })).code,
    code.invalidRequest,
  );
  talk.replace(uri, '');
  talk.notify('exit');
  assert.equal((await talk.ended()).code, 0);
  assert.deepEqual(talk.complaints, []);
});
test('a second initialize is refused', async (t) => {
  const { talk, uri } = await server(t);
  assert.equal(
    (await talk.refusal('initialize', { processId: null, rootUri: null, capabilities: {} })).code,
    code.invalidRequest,
  );
  await done(talk, uri);
});
test('the end of the input ends the server', async (t) => {
  const { talk } = await server(t);
  talk.process.stdin.end();
  assert.equal((await talk.ended()).code, 1);
});
test('the end of the input in the middle of a message ends the server', async (t) => {
  const { talk } = await server(t);
  talk.raw('Content-Length: 100\r\n\r\n{"json');
  talk.process.stdin.end();
  assert.equal((await talk.ended()).code, 1);
});
test('the end of the parent process ends the server', async (t) => {
  const parent = mortal('sleep', ['1000']);
  t.after(() => parent.kill('SIGKILL'));
  const talk = await Conversation.start({ processId: parent.pid });
  parent.kill('SIGKILL');
  assert.equal((await talk.ended()).code, 1);
});
test('a parent that is gone already ends the server', async () => {
  const parent = spawn('true');
  await new Promise((resolve) => {
    parent.on('close', resolve);
  });
  const talk = new Conversation({});
  talk.send({
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { processId: parent.pid, rootUri: null, capabilities: {} },
  });
  assert.equal((await talk.ended()).code, 1);
});
test('a client that closes its ears does not keep the server', async (t) => {
  const { talk, uri } = await server(t);
  talk.process.stdout.destroy();
  for (let n = 0; n < 50; n++) talk.replace(uri, `${text}// ${n}\n`);
  talk.process.stdin.end();
  const { code: how, signal } = await talk.ended();
  assert.ok(how === 1 || signal === 'SIGPIPE', `it ended with ${how ?? signal}`);
});

// ---- messages that are none

test('unknown methods are refused, unknown notifications ignored', async (t) => {
  const { talk, uri } = await server(t);
  for (const method of [
    'textDocument/nonsense',
    '$/nonsense',
    'nonsense',
    '',
    'x'.repeat(100_000),
    'textDocument/hover\0',
  ])
    assert.equal((await talk.refusal(method, {}, { odd: true })).code, code.methodNotFound, method.slice(0, 40));
  talk.notify('$/nonsense', {}, { odd: true });
  talk.notify('nonsense', [], { odd: true });
  talk.notify('window/workDoneProgress/cancel', { token: 'nobody' });
  await done(talk, uri);
});
test('a notification sent as a request is refused, a request sent as a notification is not answered', async (t) => {
  const { talk, uri } = await server(t);
  for (const method of ['textDocument/didChange', 'textDocument/didOpen', 'initialized', '$/setTrace', 'exit'])
    if (method !== 'exit')
      assert.ok(
        [code.invalidRequest, code.methodNotFound].includes((await talk.refusal(method, {}, { odd: true })).code),
        method,
      );
  talk.notify('textDocument/hover', { textDocument: { uri }, position: place }, { odd: true });
  talk.notify('shutdown', {}, { odd: true });
  await done(talk, uri);
});

const wrongParams = [
  undefined,
  null,
  7,
  'text',
  [],
  {},
  { textDocument: null },
  { textDocument: 7 },
  { textDocument: {} },
  { textDocument: { uri: 7 } },
  { textDocument: { uri: null } },
];
const wrongPlaces = [
  7,
  'here',
  [],
  {},
  { line: 0 },
  { line: '0', character: 0 },
  { line: -1, character: 0 },
  { line: 0, character: -1 },
  { line: 0.5, character: 0 },
  { line: null, character: 0 },
];
test('params of the wrong form are refused', async (t) => {
  const { talk, uri } = await server(t);
  for (const params of wrongParams)
    assert.equal(
      (await talk.refusal('textDocument/hover', params, { odd: true })).code,
      code.invalidParams,
      JSON.stringify(params),
    );
  for (const position of wrongPlaces)
    assert.equal(
      (await talk.refusal('textDocument/hover', { textDocument: { uri }, position }, { odd: true })).code,
      code.invalidParams,
      JSON.stringify(position),
    );
  await done(talk, uri);
});
test('every request takes nonsense for params without harm', async (t) => {
  const { talk, uri } = await server(t);
  const methods = [
    'textDocument/completion',
    'completionItem/resolve',
    'textDocument/signatureHelp',
    'textDocument/definition',
    'textDocument/references',
    'textDocument/documentSymbol',
    'textDocument/codeAction',
    'codeAction/resolve',
    'textDocument/codeLens',
    'codeLens/resolve',
    'textDocument/documentLink',
    'documentLink/resolve',
    'textDocument/formatting',
    'textDocument/rangeFormatting',
    'textDocument/rangesFormatting',
    'textDocument/onTypeFormatting',
    'textDocument/rename',
    'textDocument/prepareRename',
    'textDocument/foldingRange',
    'textDocument/selectionRange',
    'textDocument/prepareCallHierarchy',
    'callHierarchy/incomingCalls',
    'callHierarchy/outgoingCalls',
    'textDocument/semanticTokens/full',
    'textDocument/semanticTokens/full/delta',
    'textDocument/semanticTokens/range',
    'textDocument/linkedEditingRange',
    'textDocument/prepareTypeHierarchy',
    'typeHierarchy/supertypes',
    'typeHierarchy/subtypes',
    'textDocument/inlayHint',
    'inlayHint/resolve',
    'textDocument/diagnostic',
    'workspace/diagnostic',
    'workspace/symbol',
    'workspaceSymbol/resolve',
    'workspace/executeCommand',
    'workspace/willRenameFiles',
    'workspace/textDocumentContent',
    'textDocument/documentColor',
    'textDocument/colorPresentation',
    'journey/preview',
    'journey/status',
  ];
  const range = { start: { line: 9, character: 0 }, end: { line: 2, character: 5 } };
  const nonsense = [
    ...wrongParams,
    {
      textDocument: { uri },
      position: place,
      range: 7,
      ranges: {},
      positions: 'x',
      context: [],
      options: null,
      ch: {},
      newName: 7,
      previousResultId: {},
      query: 9,
      command: null,
      arguments: 7,
      item: [],
      files: {},
      uri: 3,
      data: { uri: 5, a: [1] },
    },
    {
      textDocument: { uri },
      position: place,
      range,
      ranges: [range, 7, null],
      positions: [place, 7],
      context: { diagnostics: [null, 7, { range }] },
      options: {},
      newName: '',
      item: { uri, range, data: 'x' },
      files: [7, {}, { oldUri: 'x', newUri: 'y' }],
      label: 7,
      title: [],
      data: 7,
      command: 'nonsense',
      arguments: [null],
    },
  ];
  for (const method of methods) {
    for (const params of nonsense) {
      try {
        await talk.request(method, params, { odd: true });
      } catch (error) {
        assert.ok(error instanceof Refusal, error.message);
        assert.ok(
          [code.invalidParams, code.methodNotFound, code.requestFailed, code.contentModified].includes(error.code),
          `${method}: ${error.message}`,
        );
      }
    }
  }
  // Answers to nonsense may be nonsense, but the text is what it was.
  talk.complaints.length = 0;
  await done(talk, uri);
});
test('notifications with nonsense for params change nothing', async (t) => {
  const { talk, uri } = await server(t);
  const textDocument = { uri, version: 2 };
  const changes = [
    undefined,
    null,
    7,
    {},
    [7],
    [null],
    [{}],
    [{ text: 7 }],
    [{ range: 7, text: 'x' }],
    [{ range: { start: { line: -1, character: 0 }, end: { line: 0, character: 0 } }, text: 'x' }],
    [{ range: { start: { line: 0 } }, text: 'x' }],
  ];
  for (const contentChanges of changes)
    talk.notify('textDocument/didChange', { textDocument, contentChanges }, { odd: true });
  for (const method of [
    'textDocument/didOpen',
    'textDocument/didChange',
    'textDocument/didClose',
    'textDocument/didSave',
    'workspace/didChangeWatchedFiles',
    'workspace/didChangeWorkspaceFolders',
    'workspace/didChangeConfiguration',
    'workspace/didRenameFiles',
    '$/setTrace',
    '$/cancelRequest',
  ])
    for (const params of [
      ...wrongParams,
      { changes: [7, {}, { uri: 'x' }], event: { added: 7, removed: [{}] }, settings: 7, value: 7, id: [] },
    ])
      talk.notify(method, params, { odd: true });
  await done(talk, uri);
});
test('ids may be texts and numbers, and the same one may come twice', async (t) => {
  const { talk, uri } = await server(t);
  const params = { textDocument: { uri }, position: place };
  for (const id of ['a', '', '7', 0, -1, 2 ** 31 - 1, 'x'.repeat(10_000), '\ud83d\ude00'])
    assert.match(JSON.stringify(await talk.request('textDocument/hover', params, { id })), /Maria/);
  const same = (one) => one.id === 'twice';
  for (let n = 0; n < 2; n++) talk.raw(frame({ jsonrpc: '2.0', id: 'twice', method: 'textDocument/hover', params }));
  const from = talk.log.length;
  await talk.request('textDocument/hover', params);
  assert.equal(talk.log.slice(from).filter(({ from: who, message }) => who === 'server' && same(message)).length, 2);
  talk.complaints.length = 0; // Nobody can tell the two answers apart.
  await done(talk, uri);
});
test('answers that nobody asked for are ignored', async (t) => {
  const { talk, uri } = await server(t);
  for (const id of [9999, 'x', null]) talk.raw(frame({ jsonrpc: '2.0', id, result: null }));
  talk.raw(frame({ jsonrpc: '2.0', id: 9998, error: { code: 1, message: 'a' } }));
  talk.raw(frame({ jsonrpc: '2.0', id: 9998, error: 7 }));
  await alive(talk, uri);
  talk.complaints.length = 0;
  await talk.stop();
});

// ---- addresses

for (const uri of [
  'file:///work/a%20b.journey',
  'file:///work/100%25.journey',
  'file:///work/%zz.journey',
  'file:///c%3A/Users/maria/shop.journey',
  'file:///C:/Users/maria/shop.journey',
  'untitled:Untitled-1',
  'vscode-remote://ssh-remote%2Bhost/home/maria/shop.journey',
  'git:/work/shop.journey?%7B%22ref%22%3A%22HEAD%22%7D',
  'file://host/share/shop.journey',
  'file:///work/%F0%9F%98%80.journey',
  'file:///work/😀.journey',
  'file:///',
  'file:///work/../work/./shop.journey',
  'FILE:///work/SHOP.journey',
  `file:///${'x/'.repeat(2000)}shop.journey`,
  `file:///${'y'.repeat(5000)}.journey`,
  'inmemory://model/1',
  'file:///work/shop.journey#L3',
  'file:///dev/stdin',
  'file:///dev/zero',
  'file:///proc/self/mem',
  'data:text/plain,journey',
  'zip:/a.zip//b.journey',
]) {
  test(`address: ${uri.slice(0, 60)}`, async (t) => {
    const { talk, uri: other } = await server(t);
    talk.open(uri, text);
    await alive(talk, uri);
    talk.change(uri, [{ range: { start: { line: 0, character: 15 }, end: { line: 0, character: 20 } }, text: 'Mary' }]);
    assert.match(await hover(talk, uri), /Mary/);
    await alive(talk, other);
    talk.close(uri);
    await done(talk, other);
  });
}

// Somebody holds the pipes open and never writes; the server's own standard input is one, too.
test('pipes in the places of files, and standard input', async (t) => {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'journey-hostile-')));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const names = ['pipe.journey', 'project.journey', 'journey.json', 'rows.csv', 'weight.lua'];
  execFileSync('mkfifo', names, { cwd: folder });
  for (const name of names) {
    const held = openSync(path.join(folder, name), 'r+');
    t.after(() => closeSync(held));
  }
  const talk = await Conversation.start({ client: 'utf-16', folder, cwd: folder, args: ['--today', '2026-06-01'] });
  const uri = pathToFileURL(path.join(folder, 'shop.journey')).href;
  const more = 'use "pipe.journey"\nuse "/dev/stdin"\nevidence rows "Rows" method survey file "rows.csv" column score "Score"\nmetric weight "Heaviness" computed-by "weight.lua"\n';
  talk.open(uri, text + more);
  await alive(talk, uri);
  const pipe = pathToFileURL(path.join(folder, 'pipe.journey')).href;
  talk.open(pipe, 'team us "Us"\n');
  talk.close(pipe);
  await talk.request('journey/settled');
  await done(talk, uri);
});

for (const uri of [
  'shop.journey',
  '/work/shop.journey',
  '',
  ' ',
  'file',
  ':',
  '%',
  'a b:c',
  'file:///a\nb.journey',
  'file:///a\0b.journey',
]) {
  test(`no address: ${JSON.stringify(uri)}`, async (t) => {
    const { talk, uri: other } = await server(t);
    talk.notify(
      'textDocument/didOpen',
      { textDocument: { uri, languageId: 'journey', version: 1, text } },
      { odd: true },
    );
    try {
      await talk.request('textDocument/hover', { textDocument: { uri }, position: place }, { odd: true });
    } catch (error) {
      assert.equal(error.code, code.invalidParams);
    }
    talk.notify('textDocument/didClose', { textDocument: { uri } }, { odd: true });
    await done(talk, other);
  });
}
test('the same file under two addresses is one', async (t) => {
  const { talk, uri } = await server(t);
  const other = uri.replace('shop.journey', '%73hop.journey');
  assert.match(await hover(talk, other), /Maria/);
  await done(talk, uri);
});

// ---- places and texts

test('places beyond the text mean its end, and in a character its beginning', async (t) => {
  const { talk, uri } = await server(t);
  const most = 2 ** 31 - 1;
  for (const position of [
    { line: most, character: most },
    { line: 4, character: most },
    { line: 1000, character: 0 },
    { line: 6, character: 26 },
    { line: 2 ** 31, character: 2 ** 40 },
    { line: 1e15, character: 2 ** 53 - 1 },
  ])
    await talk.request('textDocument/hover', { textDocument: { uri }, position }, { odd: true });
  const insert = (position, what) => talk.change(uri, [{ range: { start: position, end: position }, text: what }]);
  insert({ line: 6, character: 26 }, 'x'); // Between the two halves of 😀: before it.
  insert({ line: 0, character: most }, ' // one');
  insert({ line: most, character: 0 }, '// two');
  assert.match(talk.documents.get(uri).text, /Pays x😀.*\/\/ two$/s);
  assert.match(await hover(talk, uri, { line: 6, character: 16 }), /Pays x😀/);
  await done(talk, uri);
});
test('half surrogates in texts are characters of their own', async (t) => {
  const { talk, uri } = await server(t);
  talk.replace(uri, `// \ud800 \udc00 \ud83d\ude00 \udfff\n${text}`);
  talk.change(uri, [{ range: { start: { line: 0, character: 3 }, end: { line: 0, character: 4 } }, text: '' }]);
  talk.replace(uri, text);
  await alive(talk, uri);
  talk.change(uri, [
    { range: { start: { line: 0, character: 15 }, end: { line: 0, character: 20 } }, text: '\ud800 Mary \0 \u2028' },
  ]);
  assert.match(await hover(talk, uri), /Mary/);
  talk.replace(uri, text);
  await done(talk, uri);
});
test('edits of what is not open, versions out of order, opening twice, closing the unknown', async (t) => {
  const { talk, uri } = await server(t);
  talk.notify('textDocument/didChange', {
    textDocument: { uri: 'file:///nowhere.journey', version: 2 },
    contentChanges: [{ text: 'x' }],
  });
  talk.notify('textDocument/didClose', { textDocument: { uri: 'file:///nowhere.journey' } });
  talk.notify('textDocument/didSave', { textDocument: { uri: 'file:///nowhere.journey' } });
  talk.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'journey', version: 1, text } });
  talk.documents.get(uri).version = 10;
  talk.replace(uri, text.replace('Maria"', 'Mary"'));
  talk.documents.get(uri).version = 3;
  talk.change(uri, [
    { range: { start: { line: 0, character: 15 }, end: { line: 0, character: 19 } }, text: 'Maria II' },
  ]);
  assert.match(await hover(talk, uri), /Maria II/);
  talk.close(uri);
  talk.notify('textDocument/didClose', { textDocument: { uri } });
  talk.open(uri, text);
  await done(talk, uri);
});
test('what is asked of a document that is not open, and nowhere, is answered with nothing', async (t) => {
  const { talk, uri } = await server(t);
  const textDocument = { uri: 'file:///nowhere/at/all.journey' };
  assert.equal(await talk.request('textDocument/hover', { textDocument, position: place }), null);
  await done(talk, uri);
});
test('languages that are not ours are left alone', async (t) => {
  const { talk, uri } = await server(t);
  talk.open('file:///work/readme.md', '# Hello', 'markdown');
  talk.open('file:///work/x.lua', 'x = = 1', 'lua');
  await talk.request('textDocument/hover', {
    textDocument: { uri: 'file:///work/readme.md' },
    position: { line: 0, character: 0 },
  });
  await talk.request('textDocument/hover', {
    textDocument: { uri: 'file:///work/x.lua' },
    position: { line: 0, character: 0 },
  });
  await done(talk, uri);
});

// ---- a lot

test('a document of 50 MB', async (t) => {
  const { talk, uri } = await server(t);
  const large = uri.replace('shop', 'large');
  const line = `// ${'all work and no play '.repeat(50)}\n`;
  talk.open(large, line.repeat(Math.ceil((50 * 2 ** 20) / line.length)));
  talk.change(large, [{ range: { start: { line: 5, character: 0 }, end: { line: 6, character: 0 } }, text: 'x 😀\n' }]);
  await talk
    .request('textDocument/foldingRange', { textDocument: { uri: large } })
    .catch((error) => assert.ok(error instanceof Refusal));
  talk.close(large);
  await done(talk, uri);
});
test('a workspace of 1,000 files', async (t) => {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'journey-many-')));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (let n = 0; n < 1000; n++)
    writeFileSync(
      path.join(folder, `j${n}.journey`),
      text.replaceAll('maria', `maria${n}`).replaceAll('shop', `shop${n}`),
    );
  const talk = await Conversation.start({ client: 'utf-16', folder, args: ['--today', '2026-06-01'] });
  const uri = pathToFileURL(path.join(folder, 'j7.journey')).href;
  talk.open(uri, text);
  await done(talk, uri);
});
test('files that vanish, folders that come and go', async (t) => {
  const { talk, uri, folder } = await server(t);
  const told = (name, type) =>
    talk.notify('workspace/didChangeWatchedFiles', {
      changes: [{ uri: pathToFileURL(path.join(folder, name)).href, type }],
    });
  mkdirSync(path.join(folder, 'more'));
  writeFileSync(path.join(folder, 'more/people.journey'), 'persona otto "Otto"\n');
  told('more', 1);
  told('more/people.journey', 1);
  talk.replace(uri, `use "more/people.journey"\n${text}`);
  const at = { line: 0, character: 8 };
  await hover(talk, uri, at);
  unlinkSync(path.join(folder, 'more/people.journey'));
  await hover(talk, uri, at); // Nobody told yet.
  told('more/people.journey', 3);
  await hover(talk, uri, at);
  rmSync(path.join(folder, 'more'), { recursive: true });
  told('more', 3);
  told('never/there.journey', 2);
  const event = {
    added: [
      { uri: pathToFileURL(path.join(folder, 'none')).href, name: 'none' },
      { uri: 'untitled:x', name: 'x' },
    ],
    removed: [{ uri: 'file:///never', name: 'never' }],
  };
  talk.notify('workspace/didChangeWorkspaceFolders', { event });
  talk.notify('workspace/didChangeWorkspaceFolders', {
    event: { added: [], removed: [{ uri: pathToFileURL(folder).href, name: 'it' }] },
  });
  talk.replace(uri, text);
  await done(talk, uri);
});
test('a thousand requests at once, half of them taken back', async (t) => {
  const { talk, uri } = await server(t);
  const all = [];
  const methods = [
    'textDocument/hover',
    'textDocument/documentSymbol',
    'textDocument/completion',
    'textDocument/diagnostic',
    'textDocument/foldingRange',
  ];
  for (let n = 0; n < 1000; n++) {
    all.push(
      talk.request(methods[n % 5], {
        textDocument: { uri },
        ...(n % 5 === 0 || n % 5 === 2 ? { position: place } : {}),
      }),
    );
    if (n % 50 === 0) talk.replace(uri, `${text}// ${n}\n`);
  }
  for (let n = 0; n < 1000; n += 2) talk.cancel(all[n].id);
  const ends = await Promise.allSettled(all);
  for (const [n, { status, reason }] of ends.entries()) {
    if (status === 'rejected')
      assert.ok(n % 2 === 0 ? reason.code === code.cancelled : false, `request ${n}: ${reason}`);
  }
  await done(talk, uri);
});
test('a request that is cancelled before it is read is answered so', async (t) => {
  const { talk, uri } = await server(t);
  const params = { textDocument: { uri }, position: place };
  const body = [
    { jsonrpc: '2.0', id: 'gone', method: 'textDocument/hover', params },
    { jsonrpc: '2.0', method: '$/cancelRequest', params: { id: 'gone' } },
  ];
  for (const message of body) talk.judge.client(message);
  // Enough work in front of it that the cancellation is read before its turn comes.
  for (let n = 0; n < 200; n++) talk.replace(uri, `${text.repeat(20)}// ${n}\n`);
  talk.raw(Buffer.concat(body.map(frame)));
  const answer = await talk.message('an answer', (one) => one.id === 'gone');
  assert.ok(answer.error === undefined || answer.error.code === code.cancelled);
  talk.replace(uri, text);
  await done(talk, uri);
});
