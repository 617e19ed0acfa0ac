// Texts as the protocol counts them: lines end at \n, \r\n or \r, characters are counted in the encoding agreed on.
// Text is a JavaScript string; an offset is one into it. Positions beyond a line's end mean its end.

// A document of the client: its text now, its version, and its changes as the protocol sends them.
export class Document {
  constructor(uri, text, { languageId = 'journey', encoding = 'utf-16' } = {}) {
    Object.assign(this, { uri, languageId, encoding, version: 1, history: new Map([[1, text]]) });
    this.text = text;
  }
  // Takes changes of textDocument/didChange, one after the other.
  change(changes) {
    for (const { range, text } of changes) {
      if (!range) {
        this.text = text;
        continue;
      }
      const from = offsetAt(this.text, range.start, this.encoding);
      const to = Math.max(from, offsetAt(this.text, range.end, this.encoding));
      this.text = this.text.slice(0, from) + text + this.text.slice(to);
    }
    this.version += 1;
    this.history.set(this.version, this.text);
    this.history.delete(this.version - 64);
  }
  range(from, to) {
    return { start: positionAt(this.text, from, this.encoding), end: positionAt(this.text, to, this.encoding) };
  }
}

let lastText, lastStarts;
export function lineStarts(text) {
  if (text === lastText) return lastStarts;
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 13 && text.charCodeAt(i + 1) === 10) i++;
    if (c === 10 || c === 13) starts.push(i + 1);
  }
  [lastText, lastStarts] = [text, starts];
  return starts;
}

const widths = {
  'utf-8': (c) => (c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4),
  'utf-16': (c) => (c < 0x10000 ? 1 : 2),
  'utf-32': () => 1,
};

// The length of a piece of text in the units of an encoding. A lone surrogate is what it becomes on the wire: U+FFFD.
export function widthOf(piece, encoding) {
  if (encoding === 'utf-16') return piece.length;
  let width = 0;
  for (const character of piece) width += widths[encoding](character.codePointAt(0));
  return width;
}

// The end of the line that begins at `start`, before its line break.
export function lineEnd(text, starts, line) {
  let end = line + 1 < starts.length ? starts[line + 1] : text.length;
  while (end > starts[line] && (text.charCodeAt(end - 1) === 10 || text.charCodeAt(end - 1) === 13)) end--;
  return end;
}

// A character in the middle of what stands for one code point means the place before it.
export function offsetAt(text, { line, character }, encoding = 'utf-16') {
  const starts = lineStarts(text);
  if (line >= starts.length) return text.length;
  const end = lineEnd(text, starts, line);
  let offset = starts[line];
  let left = character;
  while (offset < end) {
    const code = text.codePointAt(offset);
    const width = widths[encoding](code);
    if (width > left) break;
    left -= width;
    offset += code > 0xffff ? 2 : 1;
  }
  return offset;
}

export function positionAt(text, offset, encoding = 'utf-16') {
  const starts = lineStarts(text);
  let low = 0;
  for (let high = starts.length; high - low > 1;) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= offset) low = middle;
    else high = middle;
  }
  return {
    line: low,
    character: widthOf(text.slice(starts[low], Math.min(offset, lineEnd(text, starts, low))), encoding),
  };
}

// The text after edits, which refer to it as it was. Throws where they overlap.
export function applyEdits(text, edits, encoding = 'utf-16') {
  const placed = edits
    .map((edit, index) => ({
      edit,
      index,
      from: offsetAt(text, edit.range.start, encoding),
      to: offsetAt(text, edit.range.end, encoding),
    }))
    .sort((a, b) => a.from - b.from || a.to - b.to || a.index - b.index);
  let result = '';
  let at = 0;
  for (const { edit, from, to } of placed) {
    if (from < at) throw new Error(`edits overlap at ${JSON.stringify(edit.range)}`);
    result += text.slice(at, from) + (edit.newText ?? edit.snippet?.value);
    at = to;
  }
  return result + text.slice(at);
}
