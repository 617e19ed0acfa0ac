// Answers as people read them: one line a thing, places as line:column from 1, edits as the lines that they change.
import { fileURLToPath } from 'node:url';
import { applyEdits, lineStarts, offsetAt } from './text.mjs';
import { readFileSync } from 'node:fs';

const symbolKinds = [
  '',
  'File',
  'Module',
  'Namespace',
  'Package',
  'Class',
  'Method',
  'Property',
  'Field',
  'Constructor',
  'Enum',
  'Interface',
  'Function',
  'Variable',
  'Constant',
  'String',
  'Number',
  'Boolean',
  'Array',
  'Object',
  'Key',
  'Null',
  'EnumMember',
  'Struct',
  'Event',
  'Operator',
  'TypeParameter',
];
const itemKinds = [
  '',
  'Text',
  'Method',
  'Function',
  'Constructor',
  'Field',
  'Variable',
  'Class',
  'Interface',
  'Module',
  'Property',
  'Unit',
  'Value',
  'Enum',
  'Keyword',
  'Snippet',
  'Color',
  'File',
  'Reference',
  'Folder',
  'EnumMember',
  'Constant',
  'Struct',
  'Event',
  'Operator',
  'TypeParameter',
];
const severities = ['', 'error', 'warning', 'information', 'hint'];
const tags = { 1: 'unused', 2: 'deprecated' };
const highlights = ['', 'text', 'read', 'write'];

const place = ({ line, character }) => `${line + 1}:${character + 1}`;
const span = ({ start, end }) => `${place(start)}-${place(end)}`;
const isRange = (value) =>
  value?.start?.line !== undefined && value?.end?.line !== undefined && Object.keys(value).length === 2;
const indent = (text, by = '  ') =>
  text
    .split('\n')
    .map((line) => (line ? by + line : line))
    .join('\n');
const words = (...parts) => parts.filter((part) => part || part === 0).join(' ');
const quoted = (text) => JSON.stringify(text);

// names: { folder, files, file (that was asked about), encoding, result (of initialize), params }
export function render(method, value, names) {
  const shape = shapes[method] ?? generic;
  const text = value === null || value === undefined ? 'null' : shape(value, names);
  const pages = /file:\/\/\/[^\s"()]*\/docs\/(?=(diagnostics\/)?[\w.-]+\.md)/g; // wherever they were built
  return text.replaceAll(names.folder, '…').replaceAll(encodeURI(names.folder), '…').replace(pages, 'docs/');
}

function relative(uri, names) {
  const prefix = `file://${encodeURI(names.folder)}/`;
  return uri?.startsWith(prefix) ? decodeURIComponent(uri.slice(prefix.length)) : uri;
}
function textOf(uri, names) {
  const file = [...names.files.values()].find((one) => one.uri === uri);
  if (file) return file.text;
  try {
    return readFileSync(fileURLToPath(uri), 'utf8');
  } catch {
    return undefined;
  }
}
function slice(uri, range, names) {
  const text = textOf(uri, names);
  if (text === undefined) return undefined;
  const piece = text.slice(offsetAt(text, range.start, names.encoding), offsetAt(text, range.end, names.encoding));
  return piece.length > 60 || /[\r\n]/.test(piece) ? `${piece.split(/[\r\n]/)[0].slice(0, 60)}…` : piece;
}
const locationLine = ({ uri, range }, names) =>
  words(`${relative(uri, names)}:${span(range)}`, slice(uri, range, names));

// The lines that edits of a file change: "-" as they were, "+" as they are, with their numbers.
function difference(before, after) {
  const split = (text) => text.split(/(?<=\r\n|\n|\r(?!\n))/);
  const [a, b] = [split(before), split(after)];
  let top = 0;
  while (top < a.length && top < b.length && a[top] === b[top]) top++;
  let bottom = 0;
  while (bottom < a.length - top && bottom < b.length - top && a[a.length - 1 - bottom] === b[b.length - 1 - bottom])
    bottom++;
  const [left, right] = [a.slice(top, a.length - bottom), b.slice(top, b.length - bottom)];
  const lines = [];
  for (const [sign, number, line] of common(left, right, top))
    lines.push(`${String(number).padStart(3)} ${sign} ${visible(line)}`.trimEnd());
  return lines.length ? lines.join('\n') : 'no change';
}
const visible = (line) => line.replace(/\n$/, '').replaceAll('\r', '␍');
// A longest common subsequence; the changed middles of tests are short.
function common(a, b, top) {
  if (a.length * b.length > 4_000_000)
    return [...a.map((line, i) => ['-', top + i + 1, line]), ...b.map((line, i) => ['+', top + i + 1, line])];
  const best = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      best[i][j] = a[i] === b[j] ? best[i + 1][j + 1] + 1 : Math.max(best[i + 1][j], best[i][j + 1]);
  const steps = [];
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      i++;
      j++;
    } else if (i < a.length && (j >= b.length || best[i + 1][j] >= best[i][j + 1]))
      steps.push(['-', top + ++i, a[i - 1]]);
    else steps.push(['+', top + ++j, b[j - 1]]);
  }
  return steps;
}

function edited(uri, edits, names) {
  const before = textOf(uri, names) ?? '';
  return difference(before, applyEdits(before, edits, names.encoding));
}
function workspaceEdit(edit, names) {
  const parts = [];
  for (const [uri, edits] of Object.entries(edit.changes ?? {}))
    parts.push(`@ ${relative(uri, names)}\n${edited(uri, edits, names)}`);
  const made = new Map();
  for (const change of edit.documentChanges ?? []) {
    if (change.kind === 'rename')
      parts.push(`@ rename ${relative(change.oldUri, names)} to ${relative(change.newUri, names)}`);
    else if (change.kind) {
      parts.push(`@ ${change.kind} ${relative(change.uri, names)}`);
      made.set(change.uri, '');
    } else {
      const { uri, version } = change.textDocument;
      const annotations = [...new Set(change.edits.map((one) => one.annotationId).filter(Boolean))]
        .map((id) => edit.changeAnnotations?.[id])
        .filter(Boolean);
      const label = annotations
        .map((one) =>
          words(
            `"${one.label}"`,
            one.description && `(${one.description})`,
            one.needsConfirmation && 'to be confirmed',
          ),
        )
        .join(', ');
      const text = made.has(uri)
        ? difference('', applyEdits('', change.edits, names.encoding))
        : edited(uri, change.edits, names);
      parts.push(`@ ${words(relative(uri, names), version === null ? '' : `version ${version}`, label)}\n${text}`);
    }
  }
  return parts.join('\n') || 'no change';
}

const markup = (value) =>
  typeof value === 'string' ? value : Array.isArray(value) ? value.map(markup).join('\n\n') : value.value;
const markupKind = (value) =>
  typeof value === 'string' ? 'string' : (value.kind ?? (Array.isArray(value) ? 'strings' : 'code'));

function diagnostics(list, names) {
  return list
    .map((one) => {
      const marks = words(...(one.tags ?? []).map((tag) => `[${tags[tag]}]`));
      const lines = [
        words(
          span(one.range),
          severities[one.severity],
          one.code,
          typeof one.message === 'string' ? one.message.replaceAll('\n', '\n    ') : markup(one.message),
          marks,
        ),
      ];
      for (const other of one.relatedInformation ?? [])
        lines.push(`  ${relative(other.location.uri, names)}:${span(other.location.range)} ${other.message}`);
      return lines.join('\n');
    })
    .join('\n');
}
function report(value, names) {
  if (value.kind === 'unchanged') return 'unchanged';
  const related = Object.entries(value.relatedDocuments ?? {}).map(
    ([uri, one]) => `${relative(uri, names)}:\n${indent(report(one, names))}`,
  );
  return [diagnostics(value.items, names) || (related.length ? '' : '(nothing)'), ...related]
    .filter(Boolean)
    .join('\n');
}

function symbols(list, names, by = '') {
  if (list.every((one) => one.location))
    return list
      .map((one) =>
        words(
          symbolKinds[one.kind],
          one.name,
          one.containerName && `in ${one.containerName}`,
          (one.tags ?? []).map((tag) => `[${tags[tag] ?? tag}]`).join(''),
          `${relative(one.location.uri, names)}${one.location.range ? `:${span(one.location.range)}` : ''}`,
        ),
      )
      .join('\n');
  return list
    .map((one) =>
      [
        by +
          words(
            symbolKinds[one.kind],
            one.name,
            one.detail && quoted(one.detail),
            span(one.range),
            span(one.selectionRange),
            (one.tags ?? []).map(() => '[deprecated]').join(''),
          ),
        ...(one.children?.length ? [symbols(one.children, names, `${by}  `)] : []),
      ].join('\n'),
    )
    .join('\n');
}

function completionItem(item, names) {
  const text = item.textEdit?.newText ?? item.textEditText ?? item.insertText;
  const where = item.textEdit?.range
    ? span(item.textEdit.range)
    : item.textEdit
      ? `${span(item.textEdit.insert)}/${span(item.textEdit.replace)}`
      : undefined;
  const edit = text !== undefined && text !== item.label ? `→ ${quoted(text)}` : undefined;
  return words(
    item.label + (item.labelDetails?.detail ?? ''),
    itemKinds[item.kind],
    item.labelDetails?.description && `(${item.labelDetails.description})`,
    item.detail && `— ${item.detail}`,
    edit,
    item.preselect && '[preselected]',
    (item.tags ?? []).length ? '[deprecated]' : '',
    item.additionalTextEdits?.length ? `+${item.additionalTextEdits.length} edits` : '',
    where && where !== names.where ? `at ${where}` : '',
  );
}
function completion(value, names) {
  const items = [...(value.items ?? value)];
  const shown = (item) => item.sortText ?? item.label;
  items.sort((a, b) => (shown(a) < shown(b) ? -1 : shown(a) > shown(b) ? 1 : 0));
  const places = items.map((item) => item.textEdit?.range && span(item.textEdit.range));
  const same = places.length && places.every((one) => one === places[0]) ? places[0] : undefined;
  const head = words(
    same && `at ${same}`,
    value.isIncomplete && 'incomplete',
    value.itemDefaults &&
      `by default ${Object.entries(value.itemDefaults)
        .map(([key, one]) => `${key} ${inline(one)}`)
        .join(', ')}`,
  );
  return (
    [head, ...items.map((item) => completionItem(item, { ...names, where: same }))].filter(Boolean).join('\n') ||
    '(nothing)'
  );
}
function resolvedItem(item, names) {
  const parts = [completionItem(item, names)];
  if (item.documentation) parts.push(`${markupKind(item.documentation)}:\n${indent(markup(item.documentation))}`);
  if (item.additionalTextEdits?.length) parts.push(edited(names.file.uri, item.additionalTextEdits, names));
  if (item.command) parts.push(`then ${command(item.command)}`);
  return parts.join('\n');
}

const command = (one) => words(one.command, one.arguments?.length ? inline(one.arguments) : '');
function action(one, names) {
  if (typeof one.command === 'string') return words('command', quoted(one.title), command(one));
  return words(
    one.kind ?? 'action',
    quoted(one.title),
    one.isPreferred && '[preferred]',
    one.disabled && `[disabled: ${one.disabled.reason}]`,
    one.diagnostics?.length ? `for ${one.diagnostics.map((each) => each.code ?? each.message).join(', ')}` : '',
  );
}
function wholeAction(one, names) {
  const parts = [action(one, names)];
  if (one.edit) parts.push(workspaceEdit(one.edit, names));
  if (one.command && typeof one.command === 'object') parts.push(`then ${command(one.command)}`);
  return parts.join('\n');
}

function tokens({ data }, names) {
  const { legend } = names.result.capabilities.semanticTokensProvider ?? {
    legend: { tokenTypes: [], tokenModifiers: [] },
  };
  const { text, uri } = names.file;
  const starts = lineStarts(text);
  const lines = [];
  for (let i = 0, line = 0, character = 0; i < data.length; i += 5) {
    character = data[i] ? data[i + 1] : character + data[i + 1];
    line += data[i];
    const range = { start: { line, character }, end: { line, character: character + data[i + 2] } };
    const modifiers = legend.tokenModifiers.filter((_, bit) => data[i + 4] & (1 << bit));
    lines.push(
      words(
        place(range.start),
        quoted(starts[line] === undefined ? '?' : slice(uri, range, names)),
        [legend.tokenTypes[data[i + 3]], ...modifiers].join('.'),
      ),
    );
  }
  return lines.join('\n') || '(nothing)';
}

const hierarchyItem = (one, names) =>
  words(
    symbolKinds[one.kind],
    one.name,
    one.detail && quoted(one.detail),
    `${relative(one.uri, names)}:${span(one.range)}`,
    span(one.selectionRange),
  );
const link = (one, names) =>
  one.targetUri
    ? words(
        `${relative(one.targetUri, names)}:${span(one.targetSelectionRange)}`,
        slice(one.targetUri, one.targetSelectionRange, names),
        one.originSelectionRange && `from ${span(one.originSelectionRange)}`,
      )
    : locationLine(one, names);
const locations = (value, names) =>
  [value]
    .flat()
    .map((one) => link(one, names))
    .join('\n') || '(nothing)';
const each = (shape) => (value, names) => value.map((one) => shape(one, names)).join('\n') || '(nothing)';
const textEdits = (value, names) => (value.length ? edited(names.file.uri, value, names) : 'no change');

function selection(value) {
  return value
    .map((one) => {
      const chain = [];
      for (let at = one; at; at = at.parent) chain.push(span(at.range));
      return chain.join(' < ');
    })
    .join('\n');
}
function hint(one, names) {
  const label = typeof one.label === 'string' ? one.label : one.label.map((part) => part.value).join('');
  const tip = one.tooltip ?? (Array.isArray(one.label) ? one.label.find((part) => part.tooltip)?.tooltip : undefined);
  return (
    words(
      place(one.position),
      quoted(label),
      one.paddingLeft && '[space before]',
      one.paddingRight && '[space after]',
      one.textEdits?.length && `edits ${one.textEdits.length}`,
    ) + (tip ? `\n${indent(markup(tip))}` : '')
  );
}
function signatures(value) {
  return value.signatures
    .map((one, index) => {
      const parameter = one.activeParameter ?? value.activeParameter;
      const lines = [words(index === (value.activeSignature ?? 0) ? '*' : ' ', one.label)];
      (one.parameters ?? []).forEach((each, n) =>
        lines.push(
          words(
            n === parameter ? '   *' : '    ',
            typeof each.label === 'string' ? each.label : one.label.slice(...each.label),
            each.documentation && `— ${markup(each.documentation)}`,
          ),
        ),
      );
      if (one.documentation) lines.push(indent(markup(one.documentation)));
      return lines.join('\n');
    })
    .join('\n');
}

// Any JSON, in the manner of YAML; places and addresses short.
function generic(value, names, depth = 0) {
  const simple = inline(value, names);
  if ((simple.length <= 100 && !simple.includes('\n')) || value === null || typeof value !== 'object')
    return typeof value === 'string' && value.includes('\n') ? `|\n${indent(value)}` : simple;
  if (Array.isArray(value))
    return value.map((one) => `- ${indent(generic(one, names, depth + 1)).trimStart()}`).join('\n');
  return Object.entries(value)
    .map(([key, one]) => {
      const text = generic(one, names, depth + 1);
      return text.includes('\n')
        ? text.startsWith('|\n')
          ? `${key}: ${text}`
          : `${key}:\n${indent(text)}`
        : `${key}: ${text}`;
    })
    .join('\n');
}
function inline(value, names) {
  if (isRange(value)) return span(value);
  if (value?.line !== undefined && value.character !== undefined && Object.keys(value).length === 2)
    return place(value);
  if (typeof value === 'string') {
    const short = names ? relative(value, names) : value;
    return short === '' || /^[\s"[{]|[\s]$|^-?\d+$|^(true|false|null)$/.test(short) ? quoted(short) : short;
  }
  if (value === null || typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `[${value.map((one) => inline(one, names)).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, one]) => `${names ? relative(key, names) : key}: ${inline(one, names)}`)
    .join(', ')}}`;
}

const shapes = {
  json: (value, names) => JSON.stringify(value, null, 2).replaceAll(`file://${encodeURI(names.folder)}/`, ''),
  'textDocument/publishDiagnostics': (value, names) => diagnostics(value.diagnostics ?? value, names),
  'textDocument/diagnostic': report,
  'workspace/diagnostic': ({ items }, names) =>
    items
      .map(
        (one) =>
          `${relative(one.uri, names)}${one.version === null ? '' : ` version ${one.version}`}:\n${indent(report(one, names))}`,
      )
      .join('\n'),
  'textDocument/hover': ({ contents, range }) =>
    [words(range && span(range), markupKind(contents)), markup(contents)].join('\n'),
  'textDocument/completion': completion,
  'completionItem/resolve': resolvedItem,
  'textDocument/signatureHelp': signatures,
  'textDocument/definition': locations,
  'textDocument/declaration': locations,
  'textDocument/implementation': locations,
  'textDocument/typeDefinition': locations,
  'textDocument/references': locations,
  'textDocument/documentHighlight': each((one, names) =>
    words(span(one.range), highlights[one.kind], slice(names.file.uri, one.range, names)),
  ),
  'textDocument/documentSymbol': symbols,
  'workspace/symbol': symbols,
  'workspaceSymbol/resolve': (value, names) => symbols([value], names),
  'textDocument/foldingRange': each((one) =>
    words(
      `${one.startLine + 1}${one.startCharacter === undefined ? '' : `:${one.startCharacter + 1}`}-${one.endLine + 1}${one.endCharacter === undefined ? '' : `:${one.endCharacter + 1}`}`,
      one.kind,
      one.collapsedText && quoted(one.collapsedText),
    ),
  ),
  'textDocument/selectionRange': selection,
  'textDocument/semanticTokens/full': tokens,
  'textDocument/semanticTokens/range': tokens,
  'textDocument/inlayHint': each(hint),
  'inlayHint/resolve': hint,
  'textDocument/codeLens': each((one) =>
    words(
      span(one.range),
      one.command ? quoted(one.command.title) : '(later)',
      one.command?.command ? command(one.command) : '',
    ),
  ),
  'codeLens/resolve': (one) =>
    words(span(one.range), quoted(one.command.title), one.command.command ? command(one.command) : ''),
  'textDocument/documentLink': each((one, names) =>
    words(span(one.range), relative(one.target, names) ?? '(later)', one.tooltip && quoted(one.tooltip)),
  ),
  'documentLink/resolve': (one, names) =>
    words(span(one.range), relative(one.target, names), one.tooltip && quoted(one.tooltip)),
  'textDocument/codeAction': each(action),
  'codeAction/resolve': wholeAction,
  'textDocument/formatting': textEdits,
  'textDocument/rangeFormatting': textEdits,
  'textDocument/rangesFormatting': textEdits,
  'textDocument/onTypeFormatting': textEdits,
  'textDocument/willSaveWaitUntil': textEdits,
  'textDocument/rename': workspaceEdit,
  'workspace/willRenameFiles': workspaceEdit,
  'workspace/applyEdit': ({ edit, label }, names) => words(label && quoted(label)) + workspaceEdit(edit, names),
  'textDocument/prepareRename': (value) =>
    isRange(value) ? span(value) : value.range ? words(span(value.range), quoted(value.placeholder)) : inline(value),
  'textDocument/linkedEditingRange': (value, names) =>
    value.ranges.map((one) => words(span(one), slice(names.file.uri, one, names))).join('\n') +
    (value.wordPattern ? `\nwords: ${value.wordPattern}` : ''),
  'textDocument/prepareCallHierarchy': each(hierarchyItem),
  'textDocument/prepareTypeHierarchy': each(hierarchyItem),
  'callHierarchy/incomingCalls': each((one, names) =>
    words(hierarchyItem(one.from, names), one.fromRanges.length ? `at ${one.fromRanges.map(span).join(', ')}` : ''),
  ),
  'callHierarchy/outgoingCalls': each((one, names) =>
    words(hierarchyItem(one.to, names), one.fromRanges.length ? `at ${one.fromRanges.map(span).join(', ')}` : ''),
  ),
  'typeHierarchy/supertypes': each(hierarchyItem),
  'typeHierarchy/subtypes': each(hierarchyItem),
  'textDocument/documentColor': each((one) =>
    words(
      span(one.range),
      `#${['red', 'green', 'blue']
        .map((part) =>
          Math.round(one.color[part] * 255)
            .toString(16)
            .padStart(2, '0'),
        )
        .join('')}`,
      one.color.alpha === 1 ? '' : `alpha ${one.color.alpha}`,
    ),
  ),
  'textDocument/colorPresentation': each((one) =>
    words(one.label, one.textEdit && `→ ${quoted(one.textEdit.newText)} at ${span(one.textEdit.range)}`),
  ),
  'workspace/textDocumentContent': ({ text }) => text,
  // What an edit, an action or an item makes of the text.
  apply: (value, names) => {
    if (Array.isArray(value)) return textEdits(value, names);
    if (value.edit) return workspaceEdit(value.edit, names);
    if (value.changes || value.documentChanges) return workspaceEdit(value, names);
    const main = value.textEdit
      ? [{ range: value.textEdit.range ?? value.textEdit.insert, newText: value.textEdit.newText }]
      : [];
    return edited(names.file.uri, [...main, ...(value.additionalTextEdits ?? []), ...(value.textEdits ?? [])], names);
  },
};
