import { protocol } from './schemas.mjs';

// The capabilities of clients: `full` declares everything that the protocol has, `nothing` nothing.
const span = (n) => Array.from({ length: n }, (_, i) => i + 1);
const dynamicRegistration = true;
const markdown = ['markdown', 'plaintext'];
const tagSupport = { valueSet: [1] };
const diagnostics = { relatedInformation: true, tagSupport: { valueSet: [1, 2] }, codeDescriptionSupport: true, dataSupport: true };
export const tokenTypes = ['namespace', 'type', 'class', 'enum', 'interface', 'struct', 'typeParameter', 'parameter', 'variable', 'property', 'enumMember', 'event', 'function', 'method', 'macro', 'keyword', 'modifier', 'comment', 'string', 'number', 'regexp', 'operator', 'decorator', 'label'];
export const tokenModifiers = ['declaration', 'definition', 'readonly', 'static', 'deprecated', 'abstract', 'async', 'modification', 'documentation', 'defaultLibrary'];
const actionKinds = ['', 'quickfix', 'refactor', 'refactor.extract', 'refactor.inline', 'refactor.move', 'refactor.rewrite', 'source', 'source.organizeImports', 'source.fixAll', 'notebook'];

const full = {
  workspace: {
    applyEdit: true,
    workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'], failureHandling: 'textOnlyTransactional', normalizesLineEndings: true, changeAnnotationSupport: { groupsOnLabel: true }, metadataSupport: true, snippetEditSupport: true },
    didChangeConfiguration: { dynamicRegistration },
    didChangeWatchedFiles: { dynamicRegistration, relativePatternSupport: true },
    symbol: { dynamicRegistration, symbolKind: { valueSet: span(26) }, tagSupport, resolveSupport: { properties: ['location.range'] } },
    executeCommand: { dynamicRegistration },
    workspaceFolders: true,
    configuration: true,
    semanticTokens: { refreshSupport: true },
    codeLens: { refreshSupport: true },
    fileOperations: { dynamicRegistration, didCreate: true, willCreate: true, didRename: true, willRename: true, didDelete: true, willDelete: true },
    inlineValue: { refreshSupport: true },
    inlayHint: { refreshSupport: true },
    diagnostics: { refreshSupport: true },
    foldingRange: { refreshSupport: true },
    textDocumentContent: { dynamicRegistration },
  },
  textDocument: {
    filters: { relativePatternSupport: true },
    synchronization: { dynamicRegistration, willSave: true, willSaveWaitUntil: true, didSave: true },
    completion: {
      dynamicRegistration,
      completionItem: { snippetSupport: true, commitCharactersSupport: true, documentationFormat: markdown, deprecatedSupport: true, preselectSupport: true, tagSupport, insertReplaceSupport: true, resolveSupport: { properties: ['documentation', 'detail', 'additionalTextEdits', 'command'] }, insertTextModeSupport: { valueSet: [1, 2] }, labelDetailsSupport: true },
      completionItemKind: { valueSet: span(25) },
      insertTextMode: 2,
      contextSupport: true,
      completionList: { itemDefaults: ['commitCharacters', 'editRange', 'insertTextFormat', 'insertTextMode', 'data'], applyKindSupport: true },
    },
    hover: { dynamicRegistration, contentFormat: markdown },
    signatureHelp: { dynamicRegistration, signatureInformation: { documentationFormat: markdown, parameterInformation: { labelOffsetSupport: true }, activeParameterSupport: true, noActiveParameterSupport: true }, contextSupport: true },
    declaration: { dynamicRegistration, linkSupport: true },
    definition: { dynamicRegistration, linkSupport: true },
    typeDefinition: { dynamicRegistration, linkSupport: true },
    implementation: { dynamicRegistration, linkSupport: true },
    references: { dynamicRegistration },
    documentHighlight: { dynamicRegistration },
    documentSymbol: { dynamicRegistration, symbolKind: { valueSet: span(26) }, hierarchicalDocumentSymbolSupport: true, tagSupport, labelSupport: true },
    codeAction: { dynamicRegistration, codeActionLiteralSupport: { codeActionKind: { valueSet: actionKinds } }, isPreferredSupport: true, disabledSupport: true, dataSupport: true, resolveSupport: { properties: ['edit', 'command'] }, honorsChangeAnnotations: true, documentationSupport: true, tagSupport },
    codeLens: { dynamicRegistration, resolveSupport: { properties: ['command'] } },
    documentLink: { dynamicRegistration, tooltipSupport: true },
    colorProvider: { dynamicRegistration },
    formatting: { dynamicRegistration },
    rangeFormatting: { dynamicRegistration, rangesSupport: true },
    onTypeFormatting: { dynamicRegistration },
    rename: { dynamicRegistration, prepareSupport: true, prepareSupportDefaultBehavior: 1, honorsChangeAnnotations: true },
    foldingRange: { dynamicRegistration, rangeLimit: 5000, foldingRangeKind: { valueSet: ['comment', 'imports', 'region'] }, foldingRange: { collapsedText: true } },
    selectionRange: { dynamicRegistration },
    publishDiagnostics: { ...diagnostics, versionSupport: true },
    callHierarchy: { dynamicRegistration },
    semanticTokens: { dynamicRegistration, requests: { range: true, full: { delta: true } }, tokenTypes, tokenModifiers, formats: ['relative'], overlappingTokenSupport: true, multilineTokenSupport: true, serverCancelSupport: true, augmentsSyntaxTokens: true },
    linkedEditingRange: { dynamicRegistration },
    moniker: { dynamicRegistration },
    typeHierarchy: { dynamicRegistration },
    inlineValue: { dynamicRegistration },
    inlayHint: { dynamicRegistration, resolveSupport: { properties: ['tooltip', 'textEdits', 'label.tooltip', 'label.location', 'label.command'] } },
    diagnostic: { ...diagnostics, dynamicRegistration, relatedDocumentSupport: true, markupMessageSupport: true },
    inlineCompletion: { dynamicRegistration },
  },
  window: { workDoneProgress: true, showMessage: { messageActionItem: { additionalPropertiesSupport: true } }, showDocument: { support: true } },
  general: { staleRequestSupport: { cancel: true, retryOnContentModified: ['textDocument/semanticTokens/full'] }, regularExpressions: { engine: 'ECMAScript', version: 'ES2020' }, markdown: { parser: 'marked', version: '1.1.0', allowedTags: ['ul', 'li', 'p', 'code', 'span'] }, positionEncodings: ['utf-16', 'utf-8', 'utf-32'] },
  experimental: { journeyPreview: true },
};

// Merges as JSON merge patches do: null takes away.
export function patched(value, patch) {
  if (patch === null || typeof patch !== 'object' || Array.isArray(patch)) return patch;
  const result = { ...(value && typeof value === 'object' && !Array.isArray(value) ? value : {}) };
  for (const [key, inner] of Object.entries(patch)) {
    if (inner === null) delete result[key];
    else result[key] = patched(result[key], inner);
  }
  return result;
}
const copy = (value) => JSON.parse(JSON.stringify(value));
// Full without an option; a list that must be there is empty.
const without = (path) => {
  const result = copy(full);
  const steps = path.split('.');
  const last = steps.pop();
  let inner = result;
  for (const step of steps) inner = inner?.[step];
  if (isRequired(path)) inner[last] = [];
  else if (inner) delete inner[last];
  return result;
};
// Whether the protocol wants the option where the object above it is.
function isRequired(path) {
  const { $defs } = protocol();
  let schema = { $ref: '#/$defs/ClientCapabilities' };
  let required = false;
  for (const step of path.split('.')) {
    const options = [schema, ...(schema?.anyOf ?? [])].map((one) => (one?.$ref ? $defs[one.$ref.slice('#/$defs/'.length)] : one));
    const object = options.find((one) => one?.properties?.[step]);
    required = object?.required.includes(step) ?? false;
    schema = object?.properties[step];
  }
  return required;
}

// Capabilities by name: full, nothing, push (full, but diagnostics aren't pulled), utf-8, utf-32, `-path.to.capability`
// (full without that), a patch of `full` as JSON; an object is what it is.
export function capabilitiesOf(name) {
  if (typeof name === 'object') return name;
  if (name === 'full') return copy(full);
  if (name === 'nothing') return {};
  if (name === 'push') return patched(copy(full), { textDocument: { diagnostic: null }, workspace: { diagnostics: null } });
  if (/^utf-(8|16|32)$/.test(name)) return patched(copy(full), { general: { positionEncodings: [name] } });
  if (name.startsWith('-')) return without(name.slice(1));
  if (name.startsWith('{')) return patched(copy(full), JSON.parse(name));
  throw new Error(`no such client: ${name}`);
}

// The path of every option of the full client that can be left out or be empty: its leaves, and the objects above several.
export function optionPaths() {
  const paths = [];
  const walk = (value, path) => {
    for (const [key, inner] of Object.entries(value)) {
      const at = [...path, key].join('.');
      const single = inner && typeof inner === 'object' && !Array.isArray(inner) && Object.keys(inner).length === 1;
      if (!single && (Array.isArray(inner) || !isRequired(at))) paths.push(at);
      if (inner && typeof inner === 'object' && !Array.isArray(inner)) walk(inner, [...path, key]);
    }
  };
  walk(full, []);
  return paths;
}
