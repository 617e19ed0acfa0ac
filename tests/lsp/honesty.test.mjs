// The checks of tests/lsp/lib can fail: every row of the table of capabilities is fed a message that breaks it.
import assert from 'node:assert/strict';
import test from 'node:test';
import { capabilitiesOf, patched } from './lib/clients.mjs';
import { allRows, announcementRows, at, sends } from './lib/honesty.mjs';
import { Judge } from './lib/judge.mjs';
import { protocol } from './lib/schemas.mjs';

const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
const uri = 'file:///a';
const legend = { tokenTypes: ['class'], tokenModifiers: ['declaration'] };

// A judge that heard `initialize` from a client with these capabilities.
function judgeOf(capabilities, announced = {}, trace = 'off') {
  const judge = new Judge();
  judge.client({
    jsonrpc: '2.0',
    id: 'start',
    method: 'initialize',
    params: { processId: null, rootUri: null, capabilities, trace },
  });
  const wrong = judge.server({
    jsonrpc: '2.0',
    id: 'start',
    result: { capabilities: { semanticTokensProvider: { legend, full: true }, ...announced } },
  });
  return { judge, wrong };
}
const answer =
  (method, result, params = {}) =>
  (judge) => {
    judge.client({ jsonrpc: '2.0', id: 1, method, params }, { odd: true });
    return judge.server({ jsonrpc: '2.0', id: 1, result });
  };
const say = (method, params) => (judge) => judge.server({ jsonrpc: '2.0', method, params });
const ask = (method, params) => (judge) =>
  judge.server({ jsonrpc: '2.0', id: 1, method, ...(params ? { params } : {}) });
const register = (method, registerOptions) =>
  ask('client/registerCapability', { registrations: [{ id: 'a', method, registerOptions }] });
const rename = (edit) => answer('textDocument/rename', edit);
const edits = (edit) => rename({ documentChanges: [{ textDocument: { uri, version: null }, edits: [edit] }] });
const operation = (value) => rename({ documentChanges: [value] });

// A value of a type inside a message of the server.
const carry = {
  CompletionItem: (value, row) =>
    row.in ? answer(row.in[0], value, row.asked) : answer('textDocument/completion', [value]),
  CompletionList: (value) => answer('textDocument/completion', value),
  CompletionItemDefaults: (value) =>
    answer('textDocument/completion', { isIncomplete: false, items: [], itemDefaults: value }),
  Hover: (value) => answer('textDocument/hover', value),
  MarkupContent: (value) => answer('textDocument/hover', { contents: value }),
  SignatureHelp: (value) => answer('textDocument/signatureHelp', value),
  SignatureInformation: (value) => answer('textDocument/signatureHelp', { signatures: [value] }),
  ParameterInformation: (value) =>
    answer('textDocument/signatureHelp', { signatures: [{ label: 'a', parameters: [value] }] }),
  LocationLink: (value, row) => answer(row.in[0], [value]),
  DocumentSymbol: (value) => answer('textDocument/documentSymbol', [value]),
  SymbolInformation: (value, row) => answer(row.in[0], [value]),
  WorkspaceSymbol: (value, row) =>
    row.asked ? answer(row.in[0], value, row.asked) : answer('workspace/symbol', [value]),
  DocumentLink: (value) => answer('textDocument/documentLink', [value]),
  FoldingRange: (value) => answer('textDocument/foldingRange', [value]),
  InlayHint: (value, row) => (row.in ? answer(row.in[0], value, row.asked) : answer('textDocument/inlayHint', [value])),
  SemanticTokens: (value) => answer('textDocument/semanticTokens/full', value),
  CodeAction: (value, row) =>
    row.asked ? answer(row.in[0], value, row.asked) : answer('textDocument/codeAction', [value]),
  WorkspaceEdit: (value, row) =>
    row.in?.[0] === 'textDocument/codeAction'
      ? answer('textDocument/codeAction', [{ title: 'a', edit: value }])
      : rename(value),
  CreateFile: operation,
  RenameFile: operation,
  DeleteFile: operation,
  AnnotatedTextEdit: edits,
  SnippetTextEdit: edits,
  ApplyWorkspaceEditParams: (value) => ask('workspace/applyEdit', value),
  PrepareRenameDefaultBehavior: (value) => answer('textDocument/prepareRename', value),
  Diagnostic: (value, row) =>
    row.in[0] === 'textDocument/diagnostic'
      ? answer('textDocument/diagnostic', { kind: 'full', items: [value] })
      : say('textDocument/publishDiagnostics', { uri, diagnostics: [value] }),
  PublishDiagnosticsParams: (value) => say('textDocument/publishDiagnostics', value),
  RelatedFullDocumentDiagnosticReport: (value) => answer('textDocument/diagnostic', value),
  RelatedUnchangedDocumentDiagnosticReport: (value) => answer('textDocument/diagnostic', value),
  FileSystemWatcher: (value) => register('workspace/didChangeWatchedFiles', { watchers: [value] }),
  TextDocumentFilterLanguage: (value) => register('textDocument/hover', { documentSelector: [value] }),
  TextDocumentFilterScheme: (value) => register('textDocument/hover', { documentSelector: [value] }),
  TextDocumentFilterPattern: (value) => register('textDocument/hover', { documentSelector: [value] }),
  ShowMessageParams: (value) => say('window/showMessage', value),
  LogMessageParams: (value) => say('window/logMessage', value),
  ShowMessageRequestParams: (value) => ask('window/showMessageRequest', value),
  MessageActionItem: (value) => ask('window/showMessageRequest', { type: 3, message: 'a', actions: [value] }),
};

// Full capabilities without some.
function lacking(paths) {
  const capabilities = capabilitiesOf('full');
  for (const path of [paths].flat()) {
    const steps = path.split('.');
    const last = steps.pop();
    const parent = at(capabilities, steps.join('.')) ?? (steps.length ? {} : capabilities);
    delete parent[last];
  }
  return capabilities;
}
// Full capabilities, with one more.
const having = (path) => path.split('.').reduceRight((inner, key) => ({ [key]: inner }), true);

for (const row of allRows) {
  test(`${row.says}${row.in ? ` (${row.in[0]})` : ''}: ${JSON.stringify(row.example).slice(0, 60)}`, () => {
    const said = (capabilities) =>
      carry[row.type](row.example, row)(judgeOf(capabilities).judge).filter((fault) => fault.includes(row.says));
    const poor = row.unless ? patched(capabilitiesOf('full'), having(row.capability)) : lacking(row.capability);
    assert.notDeepEqual(said(poor), [], 'a client that lacks it is told');
    const rich = row.enough ? patched(capabilitiesOf('full'), row.enough) : capabilitiesOf('full');
    if (!row.always) assert.deepEqual(said(rich), [], 'a client that has it is not');
  });
}

for (const row of sends) {
  test(`${row.method} ${row.says}`, () => {
    const isRequest = row.method in protocol().requests;
    const said = (capabilities, trace) =>
      (isRequest ? ask : say)(
        row.method,
        row.example,
      )(judgeOf(capabilities, {}, trace).judge).filter((fault) => fault.includes(row.says));
    assert.notDeepEqual(said(row.capability ? lacking(row.capability) : {}, row.trace ?? 'off'), []);
    assert.deepEqual(said(capabilitiesOf('full'), 'verbose'), []);
  });
}

for (const row of announcementRows) {
  test(`initialize: ${row.says}`, () => {
    const announced = row.path.split('.').reduceRight((inner, key) => ({ [key]: inner }), row.example);
    const said = (capabilities) => judgeOf(capabilities, announced).wrong;
    const provider = (capabilities) => said(capabilities).filter((fault) => fault.includes(row.says));
    // The example alone may lack what its type needs; the rows are asked whatever the schema says.
    const breach = (capabilities) => provider(capabilities).length > 0 || row.breach(announced, capabilities);
    assert.equal(breach(lacking(row.capability)), true);
    assert.equal(breach(capabilitiesOf('full')), false);
  });
}

test('each method that can be registered needs its dynamicRegistration', () => {
  for (const method of Object.keys(protocol().registrations)) {
    const said = (capabilities) =>
      register(method, {})(judgeOf(capabilities).judge).filter((fault) => fault.includes('this client has no'));
    assert.equal(said({}).length, 1, method);
    if (method !== 'notebookDocument/sync') assert.deepEqual(said(capabilitiesOf('full')), [], method);
  }
});

test('what is announced is not registered as well, no id is used twice, nothing unknown is unregistered', () => {
  const { judge } = judgeOf(capabilitiesOf('full'), { hoverProvider: true });
  assert.match(
    register('textDocument/hover', { documentSelector: null })(judge).join(),
    /announced in hoverProvider too/,
  );
  judge.client({ jsonrpc: '2.0', id: 1, result: null });
  assert.match(
    register('textDocument/definition', { documentSelector: null })(judge).join(),
    /registered twice under a/,
  );
  judge.client({ jsonrpc: '2.0', id: 1, result: null });
  assert.match(
    ask('client/unregisterCapability', { unregisterations: [{ id: 'b', method: 'textDocument/hover' }] })(judge).join(),
    /never was/,
  );
});

const fresh = () => judgeOf(capabilitiesOf('full')).judge;
for (const [what, message, fault] of [
  ['no object', [1], /no object/],
  ['no version of JSON-RPC', { method: 'window/logMessage', params: { type: 1, message: 'a' } }, /jsonrpc/],
  [
    'a member too many',
    { jsonrpc: '2.0', method: 'window/logMessage', params: { type: 1, message: 'a' }, more: 1 },
    /has more/,
  ],
  [
    'both result and error',
    { jsonrpc: '2.0', id: 1, result: 1, error: { code: 1, message: 'a' } },
    /either a result or an error/,
  ],
  ['neither', { jsonrpc: '2.0', id: 1 }, /either a result or an error/],
  ['an answer to nothing', { jsonrpc: '2.0', id: 77, result: null }, /not asked/],
  ['a result for nobody', { jsonrpc: '2.0', id: null, result: null }, /for nobody/],
  [
    'params null',
    { jsonrpc: '2.0', id: 1, method: 'workspace/inlayHint/refresh', params: null },
    /params are no object/,
  ],
  ['an id that is half', { jsonrpc: '2.0', id: 1.5, method: 'workspace/inlayHint/refresh' }, /id of a request/],
  ['an unknown notification', { jsonrpc: '2.0', method: 'journey/nonsense', params: {} }, /no notification of servers/],
  [
    'a notification of clients',
    { jsonrpc: '2.0', method: 'textDocument/didOpen', params: {} },
    /no notification of servers/,
  ],
  ['an unknown request', { jsonrpc: '2.0', id: 1, method: 'textDocument/hover', params: {} }, /no request of servers/],
  [
    'progress on a token of nobody',
    { jsonrpc: '2.0', method: '$/progress', params: { token: 'x', value: { kind: 'begin', title: 'a' } } },
    /nobody gave/,
  ],
]) {
  test(`a message of the server: ${what}`, () => assert.match(fresh().server(message).join(), fault));
}

const diagnostic = { range, message: 'a' };
for (const [what, value, fault] of [
  ['an unknown property', { ...diagnostic, nonsense: 1 }, /additional properties "nonsense"/],
  [
    'an unknown property deep inside',
    { ...diagnostic, range: { ...range, start: { line: 0, character: 0, byte: 0 } } },
    /additional properties "byte"/,
  ],
  ['a missing one', { range }, /required property 'message'/],
  ['a fraction', { ...diagnostic, range: { ...range, start: { line: 0.5, character: 0 } } }, /must be integer/],
  ['a negative line', { ...diagnostic, range: { ...range, start: { line: -1, character: 0 } } }, />= 0/],
  ['a line too far', { ...diagnostic, range: { ...range, end: { line: 2 ** 31, character: 0 } } }, /<= 2147483647/],
  ['an unknown severity', { ...diagnostic, severity: 5 }, /allowed values/],
  ['an address that is none', { ...diagnostic, codeDescription: { href: 'a b' } }, /lsp-uri/],
  ['an address with bad percent signs', { ...diagnostic, codeDescription: { href: 'file:///%zz' } }, /lsp-uri/],
  ['a range backwards', { ...diagnostic, range: { start: range.end, end: range.start } }, /ends before it begins/],
]) {
  test(`a diagnostic with ${what}`, () =>
    assert.match(say('textDocument/publishDiagnostics', { uri, diagnostics: [value] })(fresh()).join(), fault));
}

test('keys of an edit are addresses', () =>
  assert.match(rename({ changes: { 'no address': [] } })(fresh()).join(), /lsp-uri/));
test('an error needs an integer and words', () => {
  const refused = (error) => {
    const judge = fresh();
    judge.client({ jsonrpc: '2.0', id: 1, method: 'shutdown' });
    return judge.server({ jsonrpc: '2.0', id: 1, error }).join();
  };
  assert.match(refused({ code: '1', message: 'a' }), /must be integer/);
  assert.match(refused({ code: 1, message: '' }), /fewer than 1/);
  assert.match(refused({ code: 1, message: 'a', more: 1 }), /additional/);
  assert.match(refused({ code: -32802, message: 'a' }), /ServerCancelled/);
  assert.equal(refused({ code: -32800, message: 'a' }), '');
});
test('a second answer is noticed', () => {
  const judge = fresh();
  assert.deepEqual(answer('textDocument/hover', null)(judge), []);
  assert.match(judge.server({ jsonrpc: '2.0', id: 1, result: null }).join(), /answered already/);
});
test('symbols in their parents, tokens in groups of five, the longest word of the legend', () => {
  const symbol = { name: 'a', kind: 5, range, selectionRange: range };
  const outside = { ...symbol, range: { start: range.start, end: { line: 9, character: 0 } } };
  assert.match(
    answer('textDocument/documentSymbol', [{ ...symbol, children: [outside] }])(fresh()).join(),
    /lies outside/,
  );
  assert.match(answer('textDocument/semanticTokens/full', { data: [0, 0, 1, 0] })(fresh()).join(), /groups of five/);
  assert.match(
    answer('textDocument/semanticTokens/full', { data: [0, 0, 1, 1, 0] })(fresh()).join(),
    /not in the legend/,
  );
  assert.match(
    answer('textDocument/semanticTokens/full', { data: [0, 0, 1, 0, 2] })(fresh()).join(),
    /not in the legend/,
  );
});
