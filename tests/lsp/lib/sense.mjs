// What no schema says: places lie in the text and not inside a character, ranges begin before they end, edits don't
// overlap, symbols lie in their parents. senseOf() returns what is wrong, as sentences.
import { lineEnd, lineStarts, offsetAt, positionAt, widthOf } from './text.mjs';

const before = (a, b) => a.line < b.line || (a.line === b.line && a.character <= b.character);
const inside = (outer, inner) => before(outer.start, inner.start) && before(inner.end, outer.end);
const show = (range) => `${range.start.line}:${range.start.character}-${range.end.line}:${range.end.character}`;

// A place is one of a text when finding it and saying it again gives the same.
function misplaced(document, position) {
  const again = positionAt(document.text, offsetAt(document.text, position, document.encoding), document.encoding);
  return again.line !== position.line || again.character !== position.character;
}

export function senseOf(judge, schema, value, asked, typed) {
  if (!schema || value === null || value === undefined) return [];
  const wrong = [];
  const uri = asked.params?.textDocument?.uri ?? value.uri;
  const stale =
    asked.method === 'textDocument/publishDiagnostics' &&
    value.version !== undefined &&
    value.version !== judge.document(uri)?.version;
  const say = (text) => wrong.push(`${asked.method}: ${text}`);
  // Inside a thing with an address of its own, that one's text counts.
  for (const [name, inner] of typed(schema, value)) {
    if (name === 'Range' && !before(inner.start, inner.end)) say(`a range ends before it begins: ${show(inner)}`);
    // What is pushed names its own text only: the others may have been edited while it was under way.
    const pushed = asked.method === 'textDocument/publishDiagnostics';
    if ((name === 'Location' || name === 'TextDocumentEdit' || name === 'LocationLink') && !stale)
      if (!pushed || inner.uri === uri) elsewhere(judge, name, inner, say);
    if (name === 'DocumentSymbol') {
      if (!inside(inner.range, inner.selectionRange)) say(`a symbol's name lies outside of it: ${inner.name}`);
      for (const child of inner.children ?? [])
        if (!inside(inner.range, child.range)) say(`${child.name} lies outside of ${inner.name}`);
    }
    if (name === 'SelectionRange' && inner.parent && !inside(inner.parent.range, inner.range))
      say(`a selection is wider than the next: ${show(inner.range)}`);
    if (name === 'FoldingRange' && inner.endLine < inner.startLine) say('a fold ends before it begins');
    if (name === 'CompletionItem' && inner.label === '') say('an item without a label');
    if (name === 'SemanticTokens') tokens(judge, uri, inner, asked, say);
  }
  const document = judge.document(uri);
  if (document && !stale && !asked.stale) here(document, value, asked, say);
  return wrong;
}

function elsewhere(judge, name, inner, say) {
  const address = inner.uri ?? inner.textDocument?.uri ?? inner.targetUri;
  const document = judge.document(address);
  if (!document) return;
  const ranges =
    name === 'Location'
      ? [inner.range]
      : name === 'LocationLink'
        ? [inner.targetRange, inner.targetSelectionRange]
        : inner.edits.map((edit) => edit.range);
  for (const range of ranges)
    if (misplaced(document, range.start) || misplaced(document, range.end))
      say(`${show(range)} is no place in ${address}`);
}

// Ranges that are in the document that was asked about, wherever no other address is named.
function here(document, value, asked, say) {
  const ranges = [];
  const walk = (inner) => {
    if (
      inner === null ||
      typeof inner !== 'object' ||
      (inner.uri !== undefined && inner.uri !== document.uri) ||
      inner.targetUri !== undefined
    )
      return;
    if (inner.documentChanges || inner.changes) return;
    if (inner.start?.line !== undefined && inner.end?.line !== undefined) {
      ranges.push(inner);
      return;
    }
    for (const [key, next] of Object.entries(inner))
      if (key !== 'data' && key !== 'arguments' && key !== 'relatedDocuments') walk(next);
  };
  if (!/^(workspace|callHierarchy|typeHierarchy|window|client|\$)\//.test(asked.method)) walk(value);
  for (const range of ranges)
    if (misplaced(document, range.start) || misplaced(document, range.end))
      say(`${show(range)} is no place in ${document.uri}`);
  if (Array.isArray(value) && value.every((one) => one?.newText !== undefined)) overlap(document, value, say);
}

function overlap(document, edits, say) {
  const placed = edits
    .map(({ range }) => [
      offsetAt(document.text, range.start, document.encoding),
      offsetAt(document.text, range.end, document.encoding),
    ])
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  for (let i = 1; i < placed.length; i++) if (placed[i][0] < placed[i - 1][1]) say('edits overlap');
}

// Tokens come in groups of five, stay in their lines unless the client can read more, and use the legend only.
function tokens(judge, uri, { data }, asked, say) {
  if (data.length % 5) {
    say('the tokens are no groups of five');
    return;
  }
  const legend = judge.legend;
  const document = judge.document(uri);
  const starts = document && lineStarts(document.text);
  const multiline = judge.capabilities.textDocument?.semanticTokens?.multilineTokenSupport;
  let line = 0;
  let character = 0;
  for (let i = 0; i < data.length; i += 5) {
    character = data[i] === 0 ? character + data[i + 1] : data[i + 1];
    line += data[i];
    if (data[i + 2] === 0) say(`an empty token at ${line}:${character}`);
    if (legend && data[i + 3] >= legend.tokenTypes.length) say(`a token's type is not in the legend: ${data[i + 3]}`);
    if (legend && data[i + 4] >= 2 ** legend.tokenModifiers.length)
      say(`a token's modifier is not in the legend: ${data[i + 4]}`);
    if (!document || asked.stale) continue;
    const end =
      line < starts.length
        ? widthOf(document.text.slice(starts[line], lineEnd(document.text, starts, line)), document.encoding)
        : 0;
    if (character >= end) say(`a token at ${line}:${character}, where no text is`);
    else if (character + data[i + 2] > end && !multiline)
      say(`a token at ${line}:${character} goes beyond its line's end`);
  }
}
