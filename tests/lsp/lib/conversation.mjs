// A conversation with a language server over pipes, as an editor has it: everything said is kept in order and judged.
//
//   const talk = await Conversation.start({ client: 'full', folder, settings });  // initialize and initialized done
//   talk.open('file:///…', text); const hover = await talk.request('textDocument/hover', { … });
//   await talk.stop();          // shutdown, exit; throws when a message was wrong or the exit code is not 0
//
// Nothing sleeps: one waits for an answer or for a message of the server. What doesn't come within `patience`
// milliseconds fails, with the end of the conversation in the message.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { capabilitiesOf } from './clients.mjs';
import { Judge } from './judge.mjs';
import { Document } from './text.mjs';

export const command = process.env.JOURNEY_LSP
  ? process.env.JOURNEY_LSP.split(' ')
  : [process.env.JOURNEY ?? fileURLToPath(new URL('../../../build/release/journey', import.meta.url)), 'lsp'];
// What the server writes for its user to see, as pages for the browser.
const cache = mkdtempSync(path.join(tmpdir(), 'journey-cache-'));
const living = new Set();
process.once('exit', () => {
  for (const talk of living) talk.kill();
  rmSync(cache, { recursive: true, force: true, maxRetries: 5 }); // one that was killed may still write
});
const patience = Number(process.env.LSP_PATIENCE ?? 120_000); // on a busy machine 50 MB take a while

// An error that the server answered.
export class Refusal extends Error {
  constructor(method, { code, message, data }) {
    super(`${method}: ${code} ${message}`);
    Object.assign(this, { code, said: message, data });
  }
}

export class Conversation {
  // client: a name or capabilities (clients.mjs); folder or folders: paths of the workspace; settings: what
  // workspace/configuration answers by section; odd: messages of the test may be wrong; lax: nothing is judged.
  constructor({ client = 'full', lax = false, settings = {}, args = [], environment = {}, cwd } = {}) {
    this.capabilities = capabilitiesOf(client);
    Object.assign(this, {
      lax,
      settings,
      log: [],
      complaints: [],
      documents: new Map(),
      waiting: new Map(),
      listeners: new Set(),
      lastId: 0,
      stderr: '',
    });
    this.judge = new Judge({ document: (uri) => this.documents.get(uri) });
    this.process = spawn(command[0], [...command.slice(1), ...args], {
      stdio: 'pipe',
      cwd,
      env: { ...process.env, XDG_CACHE_HOME: cache, ...environment },
    });
    this.reader = new Frames(
      (message) => this.take(message),
      (fault) => this.complain(fault),
    );
    this.process.stdout.on('data', (bytes) => this.reader.feed(bytes));
    this.process.stderr.on('data', (bytes) => {
      this.stderr = (this.stderr + bytes).slice(-10_000);
    });
    this.process.stdin.on('error', () => {}); // The server may be gone while we write; its exit code says so.
    // A test that fails leaves its server behind: that must not keep Node, nor outlive it.
    for (const handle of [this.process, ...this.process.stdio]) handle.unref();
    living.add(this);
    this.exited = new Promise((resolve) => {
      this.process.on('error', (error) => {
        this.stderr += error.message;
        resolve({ code: null, signal: error.message });
      });
      this.process.on('close', (code, signal) => resolve({ code, signal }));
    }).then((how) => {
      this.over = how;
      living.delete(this);
      for (const { reject, method } of this.waiting.values())
        reject(new Error(`the server ended (${how.signal ?? how.code}) before it answered ${method}\n${this.tail()}`));
      this.waiting.clear();
      for (const listener of this.listeners) listener.gone();
      return how;
    });
  }

  static async start(options = {}) {
    const talk = new Conversation(options);
    await talk.initialize(options);
    return talk;
  }

  async initialize({
    folder,
    folders = folder ? [folder] : [],
    initializationOptions,
    trace,
    processId = process.pid,
  } = {}) {
    const uris = folders.map((one) => ({ uri: pathToFileURL(one).href, name: one.split('/').pop() }));
    this.folders = uris;
    const params = {
      processId,
      clientInfo: { name: 'journey-tests' },
      rootUri: uris[0]?.uri ?? null,
      capabilities: this.capabilities,
    };
    if (this.capabilities.workspace?.workspaceFolders) params.workspaceFolders = uris.length ? uris : null;
    if (initializationOptions !== undefined) params.initializationOptions = initializationOptions;
    if (trace) params.trace = trace;
    this.result = await this.request('initialize', params);
    this.encoding = this.result.capabilities.positionEncoding ?? 'utf-16';
    this.notify('initialized', {});
    return this.result;
  }

  // Speaking

  send(message, { odd = false } = {}) {
    this.log.push({ from: 'client', message });
    for (const fault of this.judge.client(message, { odd })) this.complain(fault);
    this.raw(frame(message));
  }
  // What is said in one breath goes out as one write.
  raw(bytes) {
    const { stdin } = this.process;
    if (stdin.destroyed) return;
    stdin.cork();
    stdin.write(bytes);
    process.nextTick(() => stdin.uncork());
  }
  notify(method, params, options) {
    this.send({ jsonrpc: '2.0', method, ...(params === undefined ? {} : { params }) }, options);
  }

  // Resolves to the result, or throws a Refusal. The promise has the id: talk.cancel(promise.id).
  request(method, params, { id = ++this.lastId, odd = false } = {}) {
    const promise = new Promise((resolve, reject) => {
      if (this.over) {
        reject(new Error(`the server ended before ${method} was asked\n${this.tail()}`));
        return;
      }
      const timer = setTimeout(() => {
        this.waiting.delete(id);
        reject(new Error(`no answer to ${method} in ${patience} ms\n${this.tail()}`));
      }, patience);
      const done = (act) => (value) => {
        clearTimeout(timer);
        act(value);
      };
      this.waiting.set(id, { method, resolve: done(resolve), reject: done(reject) });
    });
    promise.catch(() => {}); // It is told to whoever awaits it.
    promise.id = id;
    this.send({ jsonrpc: '2.0', id, method, ...(params === undefined ? {} : { params }) }, { odd });
    return promise;
  }
  cancel(id) {
    this.notify('$/cancelRequest', { id });
  }
  // The error that a request is answered with; throws where it is not.
  async refusal(method, params, options) {
    try {
      const result = await this.request(method, params, options);
      throw new Error(`${method} was answered: ${JSON.stringify(result)}`);
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
  }

  open(uri, text, languageId = uri.endsWith('.lua') ? 'lua' : 'journey') {
    const document = new Document(uri, text, { languageId, encoding: this.encoding });
    this.documents.set(uri, document);
    this.notify('textDocument/didOpen', { textDocument: { uri, languageId, version: document.version, text } });
    return document;
  }
  // changes: as the protocol has them; see Document.range for places by offsets.
  change(uri, changes) {
    const document = this.documents.get(uri);
    document.change(changes);
    this.notify('textDocument/didChange', {
      textDocument: { uri, version: document.version },
      contentChanges: changes,
    });
    return document;
  }
  replace(uri, text) {
    return this.change(uri, [{ text }]);
  }
  close(uri) {
    this.documents.delete(uri);
    this.notify('textDocument/didClose', { textDocument: { uri } });
  }

  // Listening

  take(message) {
    this.log.push({ from: 'server', message });
    for (const fault of this.judge.server(message)) this.complain(fault);
    if (message === null || typeof message !== 'object') return;
    if (message.method !== undefined && message.id !== undefined) this.answer(message);
    if (message.method === undefined && this.waiting.has(message.id)) {
      const { method, resolve, reject } = this.waiting.get(message.id);
      this.waiting.delete(message.id);
      if (message.error) reject(new Refusal(method, message.error));
      else resolve(message.result);
    }
    for (const listener of [...this.listeners]) listener.hear(message);
  }
  // What an editor answers.
  answer({ id, method, params }) {
    const results = {
      'workspace/configuration': () =>
        params.items.map(
          ({ section }) =>
            (section ? section.split('.').reduce((inner, key) => inner?.[key], this.settings) : this.settings) ?? null,
        ),
      'workspace/workspaceFolders': () => this.folders,
      'workspace/applyEdit': () => ({ applied: true }),
      'window/showDocument': () => ({ success: true }),
    };
    this.send({ jsonrpc: '2.0', id, result: results[method]?.() ?? null });
  }
  complain(fault) {
    if (!this.lax) this.complaints.push(fault);
  }

  // The first message, said already or to come, that `fits`; `since`: only those from that place in the log on.
  async message(what, fits, since = 0) {
    const found = this.log.slice(since).find(({ from, message }) => from === 'server' && fits(message));
    if (found) return found.message;
    return new Promise((resolve, reject) => {
      const end = (act, value) => {
        clearTimeout(timer);
        this.listeners.delete(listener);
        act(value);
      };
      const listener = {
        hear: (message) => {
          if (fits(message)) end(resolve, message);
        },
        gone: () => end(reject, new Error(`the server ended before it said ${what}\n${this.tail()}`)),
      };
      const timer = setTimeout(() => end(reject, new Error(`the server never said ${what}\n${this.tail()}`)), patience);
      if (this.over) listener.gone();
      else this.listeners.add(listener);
    });
  }
  async notification(method, fits = () => true, since = 0) {
    return (await this.message(method, (one) => one.method === method && fits(one.params), since)).params;
  }
  // All that is wrong in a file, when all is known: what was pulled, and what was pushed.
  async diagnostics(uri) {
    await this.request('journey/settled');
    if (!this.result.capabilities.diagnosticProvider) return this.pushedDiagnostics(uri);
    const { items } = await this.request('textDocument/diagnostic', { textDocument: { uri } });
    return [...items, ...this.pushedDiagnostics(uri)];
  }
  pushedDiagnostics(uri) {
    return (
      this.log.findLast(
        ({ message }) => message?.method === 'textDocument/publishDiagnostics' && message.params.uri === uri,
      )?.message.params.diagnostics ?? []
    );
  }

  // Ending

  tail(count = 8) {
    const lines = this.log
      .slice(-count)
      .map(({ from, message }) => `${from === 'client' ? '→' : '←'} ${JSON.stringify(message)?.slice(0, 400)}`);
    return [...lines, ...(this.stderr ? [`stderr: ${this.stderr}`] : [])].join('\n');
  }
  // Shutdown and exit. With `keep`, complaints are left in .complaints instead of thrown.
  async stop({ keep = false } = {}) {
    if (!this.over) {
      await this.request('shutdown');
      this.notify('exit');
    }
    const how = await this.ended();
    if (how.code !== 0) this.complaints.push(`the server ended with ${how.signal ?? how.code} after shutdown and exit`);
    if (/Sanitizer|runtime error:/.test(this.stderr)) this.complaints.push(this.stderr);
    if (this.complaints.length && !keep)
      throw new Error(`${[...new Set(this.complaints)].slice(0, 12).join('\n')}\n${this.tail()}`);
    return how;
  }
  // How the process ends, when it does so in time.
  async ended() {
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => {
        this.process.kill('SIGKILL');
        reject(new Error(`the server does not end\n${this.tail()}`));
      }, patience);
    });
    try {
      return await Promise.race([this.exited, late]);
    } finally {
      clearTimeout(timer);
    }
  }
  kill() {
    this.process.kill('SIGKILL');
  }
}

export function frame(message) {
  const body = Buffer.from(JSON.stringify(message));
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]);
}

// Takes the bytes of the server apart, and takes nothing that the protocol doesn't allow: vscode-jsonrpc would.
class Frames {
  constructor(message, fault) {
    Object.assign(this, { message, fault, chunks: [], size: 0, wanted: 0 });
  }
  feed(bytes) {
    this.chunks.push(bytes);
    this.size += bytes.length;
    while (this.size >= this.wanted && this.size > 0 && !this.broken) if (!this.next()) break;
  }
  next() {
    const all = this.chunks.length === 1 ? this.chunks[0] : Buffer.concat(this.chunks);
    this.chunks = [all];
    const end = all.indexOf('\r\n\r\n');
    if (end < 0) {
      this.wanted = all.length + 1;
      return false;
    }
    const headers = all.subarray(0, end).toString('latin1').split('\r\n');
    const lengths = headers.map((line) => line.match(/^Content-Length: (\d+)$/)?.[1]).filter(Boolean);
    const known = headers.every((line) =>
      /^Content-Length: \d+$|^Content-Type: application\/vscode-jsonrpc; charset=utf-8$/.test(line),
    );
    if (lengths.length !== 1 || !known) {
      this.broken = true;
      this.fault(`bad headers: ${JSON.stringify(headers)}`);
      return false;
    }
    const from = end + 4;
    this.wanted = from + Number(lengths[0]);
    if (all.length < this.wanted) return false;
    const body = all.subarray(from, this.wanted);
    this.chunks = [all.subarray(this.wanted)];
    this.size = all.length - this.wanted;
    this.wanted = 0;
    let message;
    try {
      message = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    } catch (error) {
      this.fault(`a body is no JSON in UTF-8: ${error.message}: ${body.toString().slice(0, 300)}`);
      return true;
    }
    this.message(message);
    return true;
  }
}
