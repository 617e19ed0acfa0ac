// Feature tests as text: files with marked places, what is asked of the server, and what it should answer. README.md
// tells people the form; this reads it, runs it, and writes the answers back where --update wants it.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Conversation, Refusal } from './conversation.mjs';
import { requests } from './judge.mjs';
import { positionAt } from './text.mjs';
import { render } from './render.mjs';

// Names of requests without their prefix: hover → textDocument/hover.
const shortNames = new Map();
for (const method of Object.keys(requests)) {
  shortNames.set(method, method);
  const short = method.replace(/^textDocument\//, '');
  if (!shortNames.has(short)) shortNames.set(short, method);
}
for (const [short, method] of Object.entries({
  tokens: 'textDocument/semanticTokens/full',
  symbols: 'textDocument/documentSymbol',
  incomingCalls: 'callHierarchy/incomingCalls',
  outgoingCalls: 'callHierarchy/outgoingCalls',
  supertypes: 'typeHierarchy/supertypes',
  subtypes: 'typeHierarchy/subtypes',
  command: 'workspace/executeCommand',
  colors: 'textDocument/documentColor',
}))
  shortNames.set(short, method);
const acts = [
  'open',
  'close',
  'save',
  'type',
  'delete',
  'write',
  'change',
  'settings',
  'diagnostics',
  'initialize',
  'send',
  'said',
];

// text → { files: [{ name, flags, text, marks }], steps: [{ line, head, act, …, expected }] , source lines }
export function parseScenario(text, name) {
  const lines = text.split('\n');
  const heads = [];
  lines.forEach((line, index) => {
    if (/^(---|===) /.test(line)) heads.push(index);
  });
  const scenario = { name, lines, files: [], steps: [], settings: [] };
  for (const line of lines.slice(0, heads[0] ?? lines.length)) {
    const setting = line.match(/^(client|args|folders|settings|init): (.*)$/);
    if (setting) scenario.settings[setting[1]] = setting[2];
    else if (line.trim() && !line.startsWith('#'))
      throw new Error(`${name}: "${line}" is neither a comment nor a setting`);
  }
  heads.forEach((index, n) => {
    let end = heads[n + 1] ?? lines.length;
    while (end > index + 1 && lines[end - 1].trim() === '') end--;
    const body = lines.slice(index + 1, end);
    if (lines[index].startsWith('---')) {
      const [file, ...flags] = lines[index].slice(4).trim().split(/\s+/);
      for (const flag of flags)
        if (!/^(disk|unsaved|crlf|open)$|^language=/.test(flag))
          throw new Error(`${name}:${index + 1}: no such kind of file: ${flag}`);
      scenario.files.push({
        name: file,
        flags,
        ...takeMarks(
          body
            .map(unquote)
            .map((line) => `${line}\n`)
            .join(''),
          flags.includes('crlf'),
        ),
      });
    } else scenario.steps.push({ ...parseStep(lines[index].slice(4), `${name}:${index + 1}`), line: index, end, body });
  });
  return scenario;
}

// Lines that would begin a section are written with a backslash.
const quote = (line) => (/^(---|===|\\)/.test(line) ? `\\${line}` : line);
const unquote = (line) => (line.startsWith('\\') ? line.slice(1) : line);

// «1» is a place, «1:text» a range; ranges may hold others. → { text, marks: { name: { from, to } } }
export function takeMarks(marked, crlf = false) {
  const marks = {};
  const open = [];
  let text = '';
  for (let rest = marked; rest;) {
    const point = rest.match(/^«([A-Za-z0-9_]+)»/);
    const start = rest.match(/^«([A-Za-z0-9_]+):/);
    if (point) marks[point[1]] = { from: text.length, to: text.length };
    else if (start) open.push([start[1], text.length]);
    else if (rest[0] === '»' && open.length) {
      const [name, from] = open.pop();
      marks[name] = { from, to: text.length };
    } else text += crlf && rest[0] === '\n' ? '\r\n' : rest[0];
    rest = rest.slice(point ? point[0].length : start ? start[0].length : 1);
  }
  if (open.length) throw new Error(`the range ${open[0][0]} has no end`);
  return { text, marks };
}

// hover at 1 {"a": 1} as nothing | only x
function parseStep(head, where) {
  const [request, ...filters] = splitOutside(head, ' | ');
  const step = { where, head, filters: filters.map((one) => one.trim()), client: undefined, args: [] };
  const words = request.match(/"(?:[^"\\]|\\.)*"|\S+/g) ?? [];
  step.name = words.shift();
  let rest = request.trim().slice(step.name.length).trim();
  while (rest) {
    let match;
    if ((match = rest.match(/^(at|in|as|with)\s+/))) {
      rest = rest.slice(match[0].length);
      const value = rest.startsWith('{') ? takeJson(rest, where) : rest.match(/^\S+/)[0];
      rest = rest.slice(value.length).trim();
      if (match[1] === 'as') step.client = value;
      else if (match[1] === 'with') step.json = JSON.parse(value);
      else step[match[1]] = value;
    } else if (/^[{["]/.test(rest)) {
      const value = rest[0] === '"' ? rest.match(/^"(?:[^"\\]|\\.)*"/)[0] : takeJson(rest, where);
      rest = rest.slice(value.length).trim();
      if (value[0] === '{') step.json = JSON.parse(value);
      else step.args.push(JSON.parse(value));
    } else {
      const word = rest.match(/^\S+/)[0];
      rest = rest.slice(word.length).trim();
      step.args.push(word);
    }
  }
  step.act = acts.includes(step.name) ? step.name : 'request';
  step.method = step.act === 'request' ? shortNames.get(step.name) : undefined;
  if (step.act === 'request' && !step.method) throw new Error(`${where}: no such request: ${step.name}`);
  return step;
}
function splitOutside(text, by) {
  const parts = [''];
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"' && text[i - 1] !== '\\') quoted = !quoted;
    if (!quoted && text.startsWith(by, i)) {
      parts.push('');
      i += by.length - 1;
    } else parts[parts.length - 1] += text[i];
  }
  return parts;
}
function takeJson(text, where) {
  for (let end = text.length; end > 0; end--) {
    try {
      JSON.parse(text.slice(0, end));
      return text.slice(0, end).trim();
    } catch {
      /* a shorter one */
    }
  }
  throw new Error(`${where}: no JSON: ${text}`);
}

// Runs all: each client that the steps name has a server of its own, which takes all the steps that change something.
// → [{ line, end, expected, got }] of the steps that were asked, and what was wrong in the conversations.
export async function runScenario(scenario, { clients } = {}) {
  const main = scenario.settings.client ?? 'full';
  const named = clients ?? [...new Set(scenario.steps.map((step) => step.client ?? main))];
  const answers = [];
  const complaints = [];
  for (const client of named) {
    const run = new Run(
      scenario,
      client,
      clients === undefined ? (step) => (step.client ?? main) === client : () => true,
    );
    try {
      answers.push(...(await run.all()));
    } catch (error) {
      complaints.push(`as ${client}: ${error.message}`);
    } finally {
      complaints.push(...new Set(run.talk?.complaints.map((fault) => `as ${client}: ${fault}`)));
      rmSync(run.folder, { recursive: true, force: true });
    }
  }
  return { answers: answers.sort((a, b) => a.line - b.line), complaints };
}

class Run {
  constructor(scenario, client, mine) {
    Object.assign(this, { scenario, client, mine, files: new Map(), known: new Map(), since: 0 });
    this.folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'journey-lsp-')));
    for (const file of scenario.files)
      this.files.set(file.name, {
        ...file,
        marks: structuredClone(file.marks),
        uri: pathToFileURL(path.join(this.folder, file.name)).href,
      });
  }

  async all() {
    for (const file of this.files.values()) {
      if (!file.flags.includes('unsaved')) this.write(file.name, file.text);
    }
    const { settings } = this.scenario;
    const folders = (settings.folders ?? '.').split(' ').map((one) => path.join(this.folder, one));
    const options = {
      client: this.client,
      folders,
      settings: settings.settings ? JSON.parse(settings.settings) : {},
      args: settings.args?.split(' ') ?? ['--today', '2026-06-01'],
      cwd: this.folder,
    };
    if (settings.init) options.initializationOptions = JSON.parse(settings.init);
    this.talk = new Conversation(options);
    await this.talk.initialize(options);
    for (const file of this.files.values()) if (!file.flags.includes('disk')) this.open(file);
    const answers = [];
    for (const step of this.scenario.steps) {
      const changing = ['open', 'close', 'save', 'type', 'delete', 'write', 'change', 'settings', 'send'].includes(
        step.act,
      );
      if (!changing && !this.mine(step)) continue;
      let got;
      try {
        got = changing ? this.changeBy(step) : await this.ask(step);
      } catch (error) {
        if (!(error instanceof Refusal)) throw new Error(`${step.where}: ${error.message}`);
        got = `error ${error.code} ${error.said}`;
      }
      if (changing) continue;
      const lines = this.filtered(got, step.filters)
        .split('\n')
        .map((line) => quote(line.trimEnd()));
      answers.push({
        line: step.line,
        end: step.end,
        expected: step.body.join('\n'),
        got: lines.join('\n').trim() === '' ? '(nothing)' : lines.join('\n').replace(/\n+$/, ''),
      });
    }
    await this.talk.stop({ keep: true });
    return answers;
  }

  write(name, text) {
    const where = path.join(this.folder, name);
    mkdirSync(path.dirname(where), { recursive: true });
    writeFileSync(where, text);
  }
  open(file) {
    const language = file.flags.find((flag) => flag.startsWith('language='))?.slice(9);
    this.document(file, this.talk.open(file.uri, file.text, language));
  }
  document(file, document) {
    file.document = document;
    return document;
  }

  // Where a mark is: its file and its offsets, which edits move.
  mark(name, where) {
    for (const file of this.files.values()) if (file.marks[name]) return { file, ...file.marks[name] };
    throw new Error(`${where}: no mark «${name}»`);
  }
  edit(file, from, to, text) {
    const range = file.document.range(from, to);
    this.talk.change(file.uri, [{ range, text }]);
    file.text = file.document.text;
    const moved = (at) =>
      at <= from && !(at === from && from === to && to === at)
        ? at
        : at >= to
          ? at + text.length - (to - from)
          : from + text.length;
    for (const mark of Object.values(file.marks)) {
      mark.from = moved(mark.from);
      mark.to = moved(mark.to);
    }
  }

  changeBy(step) {
    const file =
      this.files.get(step.args[0]) ?? (step.at || step.in ? this.mark(step.at ?? step.in, step.where).file : undefined);
    this.since = this.talk.log.length;
    const body = () => {
      const taken = takeMarks(
        step.body
          .map(unquote)
          .map((line) => `${line}\n`)
          .join(''),
      );
      return taken;
    };
    if (step.act === 'open') this.open(file);
    else if (step.act === 'close') {
      this.talk.close(file.uri);
      file.document = undefined;
    } else if (step.act === 'save') {
      this.write(file.name, file.text);
      this.talk.notify('textDocument/didSave', { textDocument: { uri: file.uri } });
    } else if (step.act === 'type') {
      const { from, to } = this.mark(step.at ?? step.in, step.where);
      this.edit(file, from, to, step.args.at(-1) ?? '');
    } else if (step.act === 'change') {
      const taken = body();
      Object.assign(file, taken);
      this.talk.replace(file.uri, taken.text);
    } else if (step.act === 'write' || step.act === 'delete') {
      const name = step.args[0];
      const uri = pathToFileURL(path.join(this.folder, name)).href;
      const type = step.act === 'delete' ? 3 : this.files.has(name) ? 2 : 1;
      if (step.act === 'delete') unlinkSync(path.join(this.folder, name));
      else {
        const taken = body();
        this.write(name, taken.text);
        this.files.set(name, {
          name,
          flags: ['disk'],
          uri,
          ...this.files.get(name),
          ...(this.files.get(name)?.document ? {} : taken),
        });
      }
      this.talk.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type }] });
    } else if (step.act === 'settings') {
      this.talk.settings = step.json;
      this.talk.notify('workspace/didChangeConfiguration', { settings: step.json });
    } else if (step.act === 'send') this.talk.notify(step.args[0], this.named(step.json));
    return undefined;
  }

  async ask(step) {
    const names = { folder: this.folder, files: this.files, encoding: this.talk.encoding, result: this.talk.result };
    if (step.act === 'initialize') return render('initialize', this.talk.result, names);
    if (step.act === 'diagnostics') return this.diagnostics(step, names);
    if (step.act === 'said') return this.said(step, names);
    const { method } = step;
    await this.talk.request('journey/settled'); // What depends on figures is the same each time only when they are known.
    const { params, file } = this.params(step);
    let result;
    let asked = params;
    const chain = {
      'callHierarchy/incomingCalls': 'textDocument/prepareCallHierarchy',
      'callHierarchy/outgoingCalls': 'textDocument/prepareCallHierarchy',
      'typeHierarchy/supertypes': 'textDocument/prepareTypeHierarchy',
      'typeHierarchy/subtypes': 'textDocument/prepareTypeHierarchy',
    }[method];
    if (chain) {
      const items = await this.talk.request(chain, params);
      if (!items?.length) return `nothing at «${step.at}»`;
      asked = { item: items[0] };
    }
    result = await this.talk.request(method, asked);
    return this.shown(step, method, result, { ...names, file, params: asked });
  }

  params(step) {
    const params = {};
    let file;
    const { at, in: within } = step;
    if (at ?? within) {
      const mark = this.mark(at ?? within, step.where);
      file = mark.file;
      const place = (offset) => positionAt(file.text, offset, this.talk.encoding);
      if (at && step.method === 'textDocument/selectionRange')
        params.positions = at.split(',').map((one) => place(this.mark(one, step.where).from));
      else if (at) params.position = place(mark.from);
      if (within) params.range = { start: place(mark.from), end: place(mark.to) };
    } else
      file =
        this.files.get(step.args[0]) ??
        [...this.files.values()].find((one) => one.document) ??
        [...this.files.values()][0];
    const about = step.method.startsWith('textDocument/') || /^(callHierarchy|typeHierarchy)\//.test(step.method);
    if (about && file) params.textDocument = { uri: file.uri };
    const word = step.args.find((one) => !this.files.has(one));
    if (step.method === 'workspace/symbol') params.query = word ?? '';
    if (step.method === 'textDocument/rename' && word !== undefined) params.newName = word;
    if (step.method === 'textDocument/onTypeFormatting')
      Object.assign(params, { ch: word ?? '\n', options: { tabSize: 2, insertSpaces: true } });
    if (/\/(range)?(s)?[fF]ormatting$/.test(step.method)) params.options ??= { tabSize: 2, insertSpaces: true };
    if (step.method === 'textDocument/references') params.context = { includeDeclaration: true };
    if (step.method === 'textDocument/codeAction') {
      params.range ??= { start: params.position, end: params.position };
      delete params.position;
      params.context = { diagnostics: this.diagnosticsIn(file, params.range), ...(word ? { only: [word] } : {}) };
    }
    if (
      step.method === 'textDocument/inlayHint' ||
      step.method === 'textDocument/semanticTokens/range' ||
      step.method === 'textDocument/rangeFormatting'
    )
      params.range ??= {
        start: { line: 0, character: 0 },
        end: positionAt(file.text, file.text.length, this.talk.encoding),
      };
    if (step.method === 'workspace/diagnostic') params.previousResultIds = [];
    if (step.method === 'workspace/executeCommand') {
      params.command = word;
      params.arguments = [];
    }
    if (/Files$/.test(step.method)) params.files = [];
    return { params: { ...params, ...this.named(step.json ?? {}) }, file };
  }
  // What the client was told about a range, which it gives back when it asks for fixes.
  diagnosticsIn(file, range) {
    const touch = (a, b) => !(a.end.line < b.start.line || b.end.line < a.start.line);
    return (this.known.get(file.uri) ?? this.talk.pushedDiagnostics(file.uri)).filter((one) => touch(one.range, range));
  }
  // In JSON of a test, "FILE:shop.journey" is the address of that file and "AT:1" the place of a mark.
  named(value) {
    return JSON.parse(JSON.stringify(value), (key, inner) => {
      if (typeof inner !== 'string') return inner;
      if (inner.startsWith('FILE:')) return pathToFileURL(path.join(this.folder, inner.slice(5))).href;
      if (!/^(AT|RANGE):/.test(inner)) return inner;
      const mark = this.mark(inner.replace(/^\w+:/, ''), 'JSON');
      const place = (offset) => positionAt(mark.file.text, offset, this.talk.encoding);
      return inner.startsWith('AT:') ? place(mark.from) : { start: place(mark.from), end: place(mark.to) };
    });
  }

  // Diagnostics as they are when all work is done: pulled by a client that pulls, else those that were pushed.
  async diagnostics(step, names) {
    const wanted = step.args.length
      ? step.args.map((name) => this.files.get(name))
      : [...this.files.values()].filter((file) => file.document);
    const parts = [];
    for (const file of wanted) {
      const list = await this.talk.diagnostics(file.uri);
      this.known.set(file.uri, list);
      const lines = render('textDocument/publishDiagnostics', list, { ...names, file });
      parts.push(wanted.length > 1 ? `${file.name}:\n${lines || '(nothing)'}` : lines);
    }
    return parts.join('\n');
  }
  // The messages that the server sent of a method: since the last change.
  async said(step, names) {
    const message = await this.talk.message(step.args[0], (one) => one.method === step.args[0], this.since);
    return render(step.args[0], message.params, names);
  }

  async shown(step, method, result, names) {
    const filter = (name) =>
      step.filters
        .find((one) => one.split(' ')[0] === name)
        ?.slice(name.length)
        .trim();
    if (filter('json') !== undefined) return render('json', result, names);
    const chosen = filter('resolve') ?? filter('apply');
    if (
      chosen !== undefined &&
      Array.isArray(result?.items ?? result) &&
      /completion$|codeAction$|codeLens$|inlayHint$|documentLink$|workspace\/symbol$/.test(method)
    ) {
      const all = result.items ?? result;
      const name = (one) => one.label ?? one.title ?? one.name ?? one.command?.title ?? '';
      const item =
        all.find((one) => name(one) === chosen) ??
        all.find((one) => String(name(one)).includes(chosen)) ??
        (chosen === '' ? all[0] : undefined);
      if (!item) return `there is no "${chosen}"`;
      const resolve = {
        'textDocument/completion': 'completionItem/resolve',
        'textDocument/codeAction': 'codeAction/resolve',
        'textDocument/codeLens': 'codeLens/resolve',
        'textDocument/inlayHint': 'inlayHint/resolve',
        'textDocument/documentLink': 'documentLink/resolve',
        'workspace/symbol': 'workspaceSymbol/resolve',
      }[method];
      const late =
        filter('resolve') !== undefined ||
        (method === 'textDocument/codeAction' && !item.edit && !item.command && item.data !== undefined) ||
        (method === 'textDocument/completion' && this.talk.result.capabilities.completionProvider?.resolveProvider);
      const whole = late ? await this.talk.request(resolve, item) : item;
      return render(filter('apply') !== undefined ? 'apply' : resolve, whole, names);
    }
    if (filter('apply') !== undefined) return render('apply', result, names);
    return render(method, result, names);
  }

  // only REGEX, without REGEX, first N: of the lines.
  filtered(text, filters) {
    let lines = text.split('\n');
    for (const filter of filters) {
      const [name, ...rest] = filter.split(' ');
      const value = rest.join(' ');
      if (name === 'only') lines = lines.filter((line) => new RegExp(value).test(line));
      else if (name === 'without') lines = lines.filter((line) => !new RegExp(value).test(line));
      else if (name === 'first') lines = lines.slice(0, Number(value));
      else if (name === 'count') lines = [String(lines.filter(Boolean).length)];
      else if (!['json', 'resolve', 'apply'].includes(name)) throw new Error(`no such filter: ${name}`);
    }
    return lines.join('\n');
  }
}

// The test's text with the answers that were got in place of those expected.
export function updated(scenario, answers) {
  const lines = [...scenario.lines];
  for (const { line, end, got, expected } of [...answers].sort((a, b) => b.line - a.line))
    if (got !== expected)
      lines.splice(
        line + 1,
        end - line - 1,
        ...got.split('\n'),
        ...(lines[end]?.trim() === '' || end >= lines.length ? [] : ['']),
      );
  return lines.join('\n');
}
