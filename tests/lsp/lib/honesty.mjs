// What a server may say to which client: a table. Each row names a kind of value (a type of the protocol), when such a
// value can't be read, the capability that would allow it, and an example that breaks it; the self-test feeds each.
//
//   row(type, says, breach, { needs, example, in, asked })
//     breach(value, capabilities, asked) is whether this client can't read the value; where only `needs` is given with
//     `has`, it is: the value has that, and the client lacks the capability.
//     `in` are the methods to which the row is confined; `asked` what was asked, for the self-test.

// The value at a path of capabilities: at({ a: { b: 1 } }, 'a.b').
export function at(value, path) {
  for (const step of path.split('.')) value = value === null || value === undefined ? undefined : value[step];
  return value;
}
const lists = (capabilities, path, item) => (at(capabilities, path) ?? []).includes(item);
const markdown = (value) => value?.kind === 'markdown';
const text = 'textDocument';
const markdownValue = { kind: 'markdown', value: '**a**' };
const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
const edit = { range, newText: 'a' };
const location = { uri: 'file:///a', range };

const table = [];
// A value that has something needs a capability that is true or an object.
function needs(type, has, capability, example, more = {}) {
  table.push({ type, capability, example, says: `${more.what ?? type} needs ${capability}`, breach: (value, client, asked) => has(value, asked) && !at(client, capability), ...more });
}
// A value that has something needs a capability whose list has an item.
function listed(type, item, capability, example, more = {}) {
  const breach = (value, client, asked) => { const one = item(value, asked); return one !== undefined && !lists(client, capability, one); };
  table.push({ type, capability, example, says: `${more.what ?? type} is not in ${capability}`, breach, ...more });
}
// As `listed`, where a client that says nothing knows what the first versions of the protocol had.
function kinds(type, item, capability, always, example, more = {}) {
  const breach = (value, client) => { const one = item(value); return one !== undefined && !(at(client, capability) ?? always).includes(one); };
  table.push({ type, capability, example, says: `${more.what ?? type} is not in ${capability}`, breach, ...more });
}
const own = (key) => (value) => value[key] !== undefined;
const upTo = (n) => Array.from({ length: n }, (_, i) => i + 1);

// Completion
const item = `${text}.completion.completionItem`;
needs('CompletionItem', (v) => v.insertTextFormat === 2, `${item}.snippetSupport`, { label: 'a', insertTextFormat: 2 }, { what: 'a snippet' });
needs('CompletionItem', own('commitCharacters'), `${item}.commitCharactersSupport`, { label: 'a', commitCharacters: [' '] }, { what: 'commitCharacters' });
needs('CompletionItem', own('deprecated'), `${item}.deprecatedSupport`, { label: 'a', deprecated: true }, { what: 'deprecated' });
needs('CompletionItem', own('preselect'), `${item}.preselectSupport`, { label: 'a', preselect: true }, { what: 'preselect' });
needs('CompletionItem', (v) => v.textEdit?.insert !== undefined, `${item}.insertReplaceSupport`, { label: 'a', textEdit: { newText: 'a', insert: range, replace: range } }, { what: 'an edit that inserts or replaces' });
needs('CompletionItem', own('labelDetails'), `${item}.labelDetailsSupport`, { label: 'a', labelDetails: { detail: 'b' } }, { what: 'labelDetails' });
listed('CompletionItem', (v) => v.insertTextMode, `${item}.insertTextModeSupport.valueSet`, { label: 'a', insertTextMode: 2 }, { what: 'insertTextMode' });
listed('CompletionItem', (v) => v.tags?.[0], `${item}.tagSupport.valueSet`, { label: 'a', tags: [1] }, { what: 'a tag' });
listed('CompletionItem', (v) => (markdown(v.documentation) ? 'markdown' : undefined), `${item}.documentationFormat`, { label: 'a', documentation: markdownValue }, { what: 'markdown' });
kinds('CompletionItem', (v) => v.kind, `${text}.completion.completionItemKind.valueSet`, upTo(18), { label: 'a', kind: 25 }, { what: 'the kind of an item' });
const defaults = (key, value) =>
  listed('CompletionList', (v) => (v.itemDefaults?.[key] !== undefined ? key : undefined), `${text}.completion.completionList.itemDefaults`, { isIncomplete: false, items: [], itemDefaults: { [key]: value } }, { what: `the default ${key}` });
defaults('commitCharacters', [' ']);
defaults('editRange', range);
defaults('insertTextFormat', 1);
defaults('insertTextMode', 1);
defaults('data', 1);
needs('CompletionItemDefaults', (v) => v.insertTextFormat === 2, `${item}.snippetSupport`, { insertTextFormat: 2 }, { what: 'snippets as the default' });
needs('CompletionItemDefaults', (v) => v.editRange?.insert !== undefined, `${item}.insertReplaceSupport`, { editRange: { insert: range, replace: range } }, { what: 'a default that inserts or replaces' });
needs('CompletionItemDefaults', own('commitCharacters'), `${item}.commitCharactersSupport`, { commitCharacters: [' '] }, { what: 'commitCharacters as the default' });
needs('CompletionList', own('applyKind'), `${text}.completion.completionList.applyKindSupport`, { isIncomplete: false, items: [], applyKind: { data: 1 } }, { what: 'applyKind' });

// What a resolve request may add: only what the client said that it fills in late.
function late(type, method, capability, always) {
  const added = (value, asked) => Object.keys(value).filter((key) => JSON.stringify(value[key]) !== JSON.stringify(asked.params[key]));
  const breach = (value, client, asked) => added(value, asked).some((key) => !(at(client, capability) ?? always).some((one) => one.split('.')[0] === key));
  const whole = { CompletionItem: { label: 'a' }, CodeAction: { title: 'a', kind: 'quickfix' }, InlayHint: { position: range.start, label: 'a' }, WorkspaceSymbol: { name: 'a', kind: 5, location } }[type];
  table.push({ type, in: [method], capability, asked: whole, example: { ...whole, ...{ CompletionItem: { additionalTextEdits: [] }, CodeAction: { command: { title: 'a', command: 'b' } }, InlayHint: { tooltip: 'a' }, WorkspaceSymbol: { location: { uri: 'file:///b', range } } }[type] }, says: `${method} adds what is not in ${capability}`, breach });
}
late('CompletionItem', 'completionItem/resolve', `${item}.resolveSupport.properties`, ['documentation', 'detail']);
late('CodeAction', 'codeAction/resolve', `${text}.codeAction.resolveSupport.properties`, []);
late('InlayHint', 'inlayHint/resolve', `${text}.inlayHint.resolveSupport.properties`, []);
late('WorkspaceSymbol', 'workspaceSymbol/resolve', 'workspace.symbol.resolveSupport.properties', []);

// Reading
const isMarked = (contents) => [contents].flat().some((one) => markdown(one) || one?.language !== undefined);
listed('Hover', (v) => (isMarked(v.contents) ? 'markdown' : undefined), `${text}.hover.contentFormat`, { contents: markdownValue }, { what: 'markdown' });
const signature = `${text}.signatureHelp.signatureInformation`;
listed('SignatureInformation', (v) => (markdown(v.documentation) ? 'markdown' : undefined), `${signature}.documentationFormat`, { label: 'a', documentation: markdownValue }, { what: 'markdown' });
listed('ParameterInformation', (v) => (markdown(v.documentation) ? 'markdown' : undefined), `${signature}.documentationFormat`, { label: 'a', documentation: markdownValue }, { what: 'markdown' });
needs('ParameterInformation', (v) => Array.isArray(v.label), `${signature}.parameterInformation.labelOffsetSupport`, { label: [0, 1] }, { what: 'a label by its place' });
needs('SignatureInformation', (v) => typeof v.activeParameter === 'number', `${signature}.activeParameterSupport`, { label: 'a', activeParameter: 0 }, { what: 'activeParameter of a signature' });
needs('SignatureInformation', (v) => v.activeParameter === null, `${signature}.noActiveParameterSupport`, { label: 'a', activeParameter: null }, { what: 'no active parameter' });
needs('SignatureHelp', (v) => v.activeParameter === null, `${signature}.noActiveParameterSupport`, { signatures: [], activeParameter: null }, { what: 'no active parameter' });
for (const feature of ['declaration', 'definition', 'typeDefinition', 'implementation'])
  needs('LocationLink', () => true, `${text}.${feature}.linkSupport`, { targetUri: 'file:///a', targetRange: range, targetSelectionRange: range }, { in: [`${text}/${feature}`], what: 'a link as the place' });
const symbol = { name: 'a', kind: 5, range, selectionRange: range };
needs('DocumentSymbol', () => true, `${text}.documentSymbol.hierarchicalDocumentSymbolSupport`, symbol, { what: 'a tree of symbols' });
for (const [type, one, method, capability] of [['DocumentSymbol', symbol, `${text}/documentSymbol`, `${text}.documentSymbol`],
  ['SymbolInformation', { name: 'a', kind: 5, location }, `${text}/documentSymbol`, `${text}.documentSymbol`],
  ['SymbolInformation', { name: 'a', kind: 5, location }, 'workspace/symbol', 'workspace.symbol'],
  ['WorkspaceSymbol', { name: 'a', kind: 5, location: { uri: 'file:///a' } }, 'workspace/symbol', 'workspace.symbol']]) {
  kinds(type, (v) => v.kind, `${capability}.symbolKind.valueSet`, upTo(18), { ...one, kind: 26 }, { in: [method], what: 'the kind of a symbol' });
  listed(type, (v) => v.tags?.[0], `${capability}.tagSupport.valueSet`, { ...one, tags: [1] }, { in: [method], what: 'a tag of a symbol' });
}
needs('WorkspaceSymbol', (v) => v.location.range === undefined || v.data !== undefined, 'workspace.symbol.resolveSupport', { name: 'a', kind: 5, location: { uri: 'file:///a' } }, { what: 'a symbol without its range' });
needs('DocumentLink', own('tooltip'), `${text}.documentLink.tooltipSupport`, { range, tooltip: 'a' }, { what: 'the tooltip of a link' });
kinds('FoldingRange', (v) => v.kind, `${text}.foldingRange.foldingRangeKind.valueSet`, ['comment', 'imports', 'region'], { startLine: 0, endLine: 1, kind: 'stage' }, { what: 'the kind of a fold', enough: { textDocument: { foldingRange: { foldingRangeKind: { valueSet: ['stage'] } } } } });
needs('FoldingRange', own('collapsedText'), `${text}.foldingRange.foldingRange.collapsedText`, { startLine: 0, endLine: 1, collapsedText: 'a' }, { what: 'the text of a fold' });
table.push({ type: 'FoldingRange', capability: `${text}.foldingRange.lineFoldingOnly`, unless: true, example: { startLine: 0, startCharacter: 3, endLine: 1 }, says: 'folds by lines only have no characters',
  breach: (v, client) => at(client, `${text}.foldingRange.lineFoldingOnly`) && (v.startCharacter !== undefined || v.endCharacter !== undefined) });
const hintText = (v) => [v.tooltip, ...(Array.isArray(v.label) ? v.label.map((part) => part.tooltip) : [])].some(markdown);
listed('InlayHint', (v) => (hintText(v) ? 'markdown' : undefined), `${text}.hover.contentFormat`, { position: range.start, label: 'a', tooltip: markdownValue }, { what: 'markdown in a hint' });
const html = (v) => (v.kind === 'markdown' ? v.value.replace(/```[\s\S]*?(```|$)|`[^`\n]*`/g, '').match(/<([a-z][a-z0-9]*)\b[^>\n]*>(?<!<[a-z]+:[^>]*>)/i)?.[1]?.toLowerCase() : undefined);
listed('MarkupContent', html, 'general.markdown.allowedTags', { kind: 'markdown', value: 'a <span>b</span>' }, { what: 'HTML in markdown' });
const tokens = `${text}.semanticTokens`;
const every = (v, nth) => new Set(v.data.filter((_, i) => i % 5 === nth));
table.push({ type: 'SemanticTokens', capability: `${tokens}.tokenTypes`, example: { data: [0, 0, 1, 0, 0] }, says: `a token's type is not in ${tokens}.tokenTypes`,
  breach: (v, client, asked, { legend }) => [...every(v, 3)].some((type) => !lists(client, `${tokens}.tokenTypes`, legend?.tokenTypes[type])) });
table.push({ type: 'SemanticTokens', capability: `${tokens}.tokenModifiers`, example: { data: [0, 0, 1, 0, 1] }, says: `a token's modifier is not in ${tokens}.tokenModifiers`,
  breach: (v, client, asked, { legend }) => [...every(v, 4)].some((bits) => legend?.tokenModifiers.some((name, bit) => bits & (1 << bit) && !lists(client, `${tokens}.tokenModifiers`, name))) });
listed('SemanticTokens', () => 'relative', `${tokens}.formats`, { data: [] }, { what: 'relative' });
const overlapping = ({ data }) => { for (let i = 5; i < data.length; i += 5) if (data[i] === 0 && data[i + 1] < data[i - 3]) return true; return false; };
needs('SemanticTokens', overlapping, `${tokens}.overlappingTokenSupport`, { data: [0, 0, 5, 0, 0, 0, 2, 2, 0, 0] }, { what: 'overlapping tokens' });

// Changing
for (const [key, capability] of [['isPreferred', 'isPreferredSupport'], ['disabled', 'disabledSupport'], ['data', 'dataSupport']])
  needs('CodeAction', own(key), `${text}.codeAction.${capability}`, { title: 'a', [key]: key === 'disabled' ? { reason: 'b' } : true }, { what: key });
needs('CodeAction', () => true, `${text}.codeAction.codeActionLiteralSupport`, { title: 'a' }, { in: [`${text}/codeAction`], what: 'an action that is no command' });
listed('CodeAction', (v) => v.tags?.[0], `${text}.codeAction.tagSupport.valueSet`, { title: 'a', tags: [1] }, { what: 'a tag of an action' });
listed('CodeAction', (v) => (v.edit || v.command || v.disabled ? undefined : 'edit'), `${text}.codeAction.resolveSupport.properties`, { title: 'a' }, { in: [`${text}/codeAction`], what: 'an edit that comes late' });
const edits = 'workspace.workspaceEdit';
const file = { textDocument: { uri: 'file:///a', version: null } };
needs('WorkspaceEdit', own('documentChanges'), `${edits}.documentChanges`, { documentChanges: [{ ...file, edits: [edit] }] }, { what: 'documentChanges' });
listed('CreateFile', () => 'create', `${edits}.resourceOperations`, { kind: 'create', uri: 'file:///a' }, { what: 'making a file' });
listed('RenameFile', () => 'rename', `${edits}.resourceOperations`, { kind: 'rename', oldUri: 'file:///a', newUri: 'file:///b' }, { what: 'renaming a file' });
listed('DeleteFile', () => 'delete', `${edits}.resourceOperations`, { kind: 'delete', uri: 'file:///a' }, { what: 'deleting a file' });
needs('WorkspaceEdit', own('changeAnnotations'), `${edits}.changeAnnotationSupport`, { changeAnnotations: { a: { label: 'a' } } }, { what: 'changeAnnotations' });
for (const [type, one] of [['AnnotatedTextEdit', { ...edit, annotationId: 'a' }], ['CreateFile', { kind: 'create', uri: 'file:///a', annotationId: 'a' }],
  ['RenameFile', { kind: 'rename', oldUri: 'file:///a', newUri: 'file:///b', annotationId: 'a' }], ['DeleteFile', { kind: 'delete', uri: 'file:///a', annotationId: 'a' }]])
  needs(type, own('annotationId'), `${edits}.changeAnnotationSupport`, one, { what: 'annotationId' });
const confirmed = (v) => Object.values(v.changeAnnotations ?? {}).some((one) => one.needsConfirmation);
needs('WorkspaceEdit', confirmed, `${text}.rename.honorsChangeAnnotations`, { changeAnnotations: { a: { label: 'a', needsConfirmation: true } } }, { in: [`${text}/rename`], what: 'asking before a change is made' });
needs('WorkspaceEdit', confirmed, `${text}.codeAction.honorsChangeAnnotations`, { changeAnnotations: { a: { label: 'a', needsConfirmation: true } } }, { in: [`${text}/codeAction`, 'codeAction/resolve'], what: 'asking before a change is made' });
needs('SnippetTextEdit', () => true, `${edits}.snippetEditSupport`, { range, snippet: { kind: 'snippet', value: 'a' } }, { what: 'a snippet as an edit' });
needs('ApplyWorkspaceEditParams', own('metadata'), `${edits}.metadataSupport`, { edit: {}, metadata: { isRefactoring: true } }, { what: 'metadata of an edit' });
needs('PrepareRenameDefaultBehavior', () => true, `${text}.rename.prepareSupportDefaultBehavior`, { defaultBehavior: true }, { what: 'the default behavior of renaming' });

// Diagnostics. What is pulled may have what the client reads in pushed ones too: clients of 3.17 could say it only there.
const pushed = `${text}.publishDiagnostics`;
const pulled = `${text}.diagnostic`;
const diagnostic = { range, message: 'a' };
function ofDiagnostics(has, capability, more) {
  const example = { ...diagnostic, ...more };
  const what = Object.keys(more)[0];
  table.push({ type: 'Diagnostic', in: ['textDocument/publishDiagnostics'], capability: `${pushed}.${capability}`, example, says: `${what} of a pushed diagnostic needs ${pushed}.${capability}`, breach: (v, client) => has(v) && !at(client, `${pushed}.${capability}`) });
  table.push({ type: 'Diagnostic', in: ['textDocument/diagnostic', 'workspace/diagnostic'], capability: [`${pulled}.${capability}`, `${pushed}.${capability}`], example, says: `${what} of a pulled diagnostic needs ${pulled}.${capability}`, breach: (v, client) => has(v) && !at(client, `${pulled}.${capability}`) && !at(client, `${pushed}.${capability}`) });
}
ofDiagnostics(own('relatedInformation'), 'relatedInformation', { relatedInformation: [{ location, message: 'a' }] });
ofDiagnostics(own('tags'), 'tagSupport', { tags: [1] });
ofDiagnostics(own('codeDescription'), 'codeDescriptionSupport', { codeDescription: { href: 'https://a' } });
ofDiagnostics(own('data'), 'dataSupport', { data: 1 });
for (const tag of [1, 2]) {
  const set = (client, where) => at(client, `${where}.tagSupport`) === undefined || lists(client, `${where}.tagSupport.valueSet`, tag);
  table.push({ type: 'Diagnostic', in: ['textDocument/publishDiagnostics'], capability: `${pushed}.tagSupport.valueSet`, example: { ...diagnostic, tags: [tag] }, says: `tag ${tag} is not in ${pushed}.tagSupport.valueSet`, breach: (v, client) => v.tags?.includes(tag) && !set(client, pushed) });
}
needs('Diagnostic', (v) => typeof v.message !== 'string', `${pulled}.markupMessageSupport`, { ...diagnostic, message: markdownValue }, { in: ['textDocument/diagnostic', 'workspace/diagnostic'], what: 'a message with markup' });
needs('Diagnostic', (v) => typeof v.message !== 'string', 'never', { ...diagnostic, message: markdownValue }, { in: ['textDocument/publishDiagnostics'], what: 'a pushed message with markup', always: true });
needs('PublishDiagnosticsParams', own('version'), `${pushed}.versionSupport`, { uri: 'file:///a', version: 1, diagnostics: [] }, { what: 'the version of diagnostics' });
for (const type of ['RelatedFullDocumentDiagnosticReport', 'RelatedUnchangedDocumentDiagnosticReport'])
  needs(type, own('relatedDocuments'), `${pulled}.relatedDocumentSupport`, type.includes('Full') ? { kind: 'full', items: [], relatedDocuments: {} } : { kind: 'unchanged', resultId: '1', relatedDocuments: {} }, { what: 'diagnostics of related documents' });

// Patterns and messages
needs('FileSystemWatcher', (v) => typeof v.globPattern === 'object', 'workspace.didChangeWatchedFiles.relativePatternSupport', { globPattern: { baseUri: 'file:///a', pattern: '*' } }, { what: 'a pattern relative to a folder' });
for (const [type, more] of [['TextDocumentFilterLanguage', { language: 'journey' }], ['TextDocumentFilterScheme', { scheme: 'file' }], ['TextDocumentFilterPattern', {}]])
  needs(type, (v) => typeof v.pattern === 'object', `${text}.filters.relativePatternSupport`, { ...more, pattern: { baseUri: 'file:///a', pattern: '*' } }, { what: 'a pattern relative to a folder' });
for (const type of ['ShowMessageParams', 'LogMessageParams', 'ShowMessageRequestParams'])
  needs(type, (v) => v.type === 5, 'never', { type: 5, message: 'a' }, { what: 'a message for debugging', always: true });
needs('MessageActionItem', (v) => Object.keys(v).length > 1, 'window.showMessage.messageActionItem.additionalPropertiesSupport', { title: 'a', more: true }, { what: 'an action with more than its title' });

export const allRows = table;
// The rows by the type that they look at.
export const rows = new Map();
for (const row of table) rows.set(row.type, [...(rows.get(row.type) ?? []), row]);

// What may be sent at all.
export const sends = [];
function only(method, capability, example, more) {
  sends.push({ method, capability, example, says: `needs ${capability}`, may: (client) => !!at(client, capability), ...more });
}
only('workspace/applyEdit', 'workspace.applyEdit', { edit: {} });
only('workspace/configuration', 'workspace.configuration', { items: [] });
only('workspace/workspaceFolders', 'workspace.workspaceFolders');
only('window/showDocument', 'window.showDocument.support', { uri: 'file:///a' });
only('window/workDoneProgress/create', 'window.workDoneProgress', { token: 1 });
only('workspace/codeLens/refresh', 'workspace.codeLens.refreshSupport');
only('workspace/semanticTokens/refresh', 'workspace.semanticTokens.refreshSupport');
only('workspace/inlayHint/refresh', 'workspace.inlayHint.refreshSupport');
only('workspace/inlineValue/refresh', 'workspace.inlineValue.refreshSupport');
only('workspace/diagnostic/refresh', 'workspace.diagnostics.refreshSupport');
only('workspace/foldingRange/refresh', 'workspace.foldingRange.refreshSupport');
only('workspace/textDocumentContent/refresh', 'workspace.textDocumentContent', { uri: 'file:///a' });
only('journey/previewChanged', 'experimental.journeyPreview', { uri: 'file:///a', version: 1 });
sends.push({ method: '$/logTrace', example: { message: 'a' }, says: 'nobody asked for a trace', may: (client, params, judge) => judge.trace !== 'off' });
sends.push({ method: '$/logTrace', example: { message: 'a', verbose: 'b' }, trace: 'messages', says: 'a trace of messages is not verbose', may: (client, params, judge) => params.verbose === undefined || judge.trace === 'verbose' });

// What the answer to initialize may announce: options that only clients with a capability read.
export const announcementRows = [];
function announces(path, has, capability, example) {
  announcementRows.push({ path, capability, example, says: `${path} needs ${capability}`, breach: (server, client) => has(at(server, path)) && !at(client, capability) });
}
const dynamic = { declaration: 'declaration', implementation: 'implementation', typeDefinition: 'typeDefinition', color: 'colorProvider', foldingRange: 'foldingRange', selectionRange: 'selectionRange', callHierarchy: 'callHierarchy', linkedEditingRange: 'linkedEditingRange', semanticTokens: 'semanticTokens', moniker: 'moniker', typeHierarchy: 'typeHierarchy', inlineValue: 'inlineValue', inlayHint: 'inlayHint', diagnostic: 'diagnostic' };
for (const [provider, feature] of Object.entries(dynamic))
  announces(`${provider}Provider`, (v) => v?.documentSelector !== undefined || v?.id !== undefined, `${text}.${feature}.dynamicRegistration`, { documentSelector: null });
announces('renameProvider', (v) => typeof v === 'object', `${text}.rename.prepareSupport`, { prepareProvider: true });
announces('codeActionProvider', (v) => typeof v === 'object', `${text}.codeAction.codeActionLiteralSupport`, { codeActionKinds: [] });
announces('codeActionProvider.documentation', (v) => v !== undefined, `${text}.codeAction.documentationSupport`, []);
announces('workspace.fileOperations', (v) => v !== undefined, 'workspace.fileOperations', {});
announces('workspace.textDocumentContent', (v) => v !== undefined, 'workspace.textDocumentContent', { schemes: [] });
announces('workspace.textDocumentContent.id', (v) => v !== undefined, 'workspace.textDocumentContent.dynamicRegistration', 'a');
announcementRows.push({ path: 'positionEncoding', capability: 'general.positionEncodings', example: 'utf-8', says: 'positionEncoding is none that the client offered',
  breach: (server, client) => !(at(client, 'general.positionEncodings') ?? ['utf-16']).includes(server.positionEncoding ?? 'utf-16') && (server.positionEncoding ?? 'utf-16') !== 'utf-16' });

// The capability that allows a method to be registered while the server runs.
const registered = { 'workspace/didChangeConfiguration': 'workspace.didChangeConfiguration', 'workspace/didChangeWatchedFiles': 'workspace.didChangeWatchedFiles', 'workspace/didChangeWorkspaceFolders': 'workspace.workspaceFolders', 'textDocument/semanticTokens': 'textDocument.semanticTokens', 'notebookDocument/sync': 'notebookDocument.synchronization' };
export function registrationNeeds(method, requests, notifications) {
  if (method === 'workspace/didChangeWorkspaceFolders') return registered[method];
  if (registered[method]) return `${registered[method]}.dynamicRegistration`;
  if (/^workspace\/(did|will)(Create|Rename|Delete)Files$/.test(method)) return 'workspace.fileOperations.dynamicRegistration';
  if (/^textDocument\/(did|will)/.test(method)) return 'textDocument.synchronization.dynamicRegistration';
  const client = (requests[method] ?? notifications[method])?.client ?? method.replace('/', '.');
  return `${client.split('.').slice(0, 2).join('.')}.dynamicRegistration`;
}
