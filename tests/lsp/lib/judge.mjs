// Judges recorded messages: does each follow the protocol's types, may the server send it now, can this client read it?
// Feed it every message in order, `client` and `server`; it returns what is wrong with each, as sentences.
import Ajv from 'ajv';
import { protocol } from './schemas.mjs';
import { ownRequests, ownNotifications } from './own.mjs';
import { announcementRows, at, registrationNeeds, rows, sends } from './honesty.mjs';
import { senseOf } from './sense.mjs';

const model = protocol();
const ajv = new Ajv({ strict: false, allErrors: false, verbose: false, inlineRefs: false });
// Addresses that the client wrote itself are right as they are.
let written = new Set();
ajv.addFormat(
  'lsp-uri',
  (text) =>
    written.has(text) ||
    /^[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$/.test(text),
);
ajv.addSchema({ $id: 'lsp', $defs: model.$defs });
const refer = (schema) => JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"lsp#/$defs/'));
const compiled = new Map();
function check(schema) {
  if (!compiled.has(schema)) compiled.set(schema, ajv.compile(refer(schema)));
  return compiled.get(schema);
}
export const requests = { ...model.requests, ...ownRequests };
export const notifications = { ...model.notifications, ...ownNotifications };

// What is wrong with a value, in words; of a choice, what is wrong with the branch that it comes nearest to.
function faults(schema, value, where) {
  const validate = check(schema);
  if (validate(value)) return [];
  const deepest = [...validate.errors].sort((a, b) => b.instancePath.length - a.instancePath.length)[0];
  const extra = deepest.params.additionalProperty ? ` "${deepest.params.additionalProperty}"` : '';
  return [`${where}${deepest.instancePath.replaceAll('/', '.')} ${deepest.message}${extra}: ${brief(value)}`];
}
const brief = (value) => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
};

// Each value inside that has a named type, with that name.
export function* typed(schema, value) {
  if (value === null || typeof value !== 'object' || typeof schema !== 'object') return;
  if (schema.$ref) {
    const name = schema.$ref.slice('#/$defs/'.length);
    yield [name, value];
    yield* typed(model.$defs[name], value);
  } else if (schema.anyOf) {
    let branches = schema.anyOf.filter(
      (one) => one.$ref || (Array.isArray(value) ? one.type === 'array' : one.type === 'object' || one.anyOf),
    );
    if (Array.isArray(value)) branches = branches.filter((one) => one.type === 'array');
    const branch = branches.length === 1 ? branches[0] : branches.find((one) => check(one)(value));
    if (branch) yield* typed(branch, value);
  } else if (Array.isArray(value)) {
    for (const item of value) yield* typed(schema.items ?? {}, item);
  } else {
    for (const [key, inner] of Object.entries(value))
      yield* typed(schema.properties?.[key] ?? schema.additionalProperties ?? {}, inner);
  }
}

// Every text in a message that may be an address.
function collect(value, to) {
  if (typeof value === 'string' && value.includes(':') && value.length < 20_000 && !value.includes('\n')) to.add(value);
  if (value !== null && typeof value === 'object')
    for (const [key, inner] of Object.entries(value)) {
      collect(key, to);
      collect(inner, to);
    }
}

export class Judge {
  // document(uri) → the client's Document, for what only its text can tell; none where that isn't known.
  constructor({ document = () => undefined } = {}) {
    Object.assign(this, {
      document,
      capabilities: {},
      trace: 'off',
      announced: undefined,
      asked: new Map(),
      asking: new Map(),
    });
    Object.assign(this, {
      workTokens: new Set(),
      partialTokens: new Map(),
      registrations: new Map(),
      sentUris: new Set(),
      legends: [],
    });
    this.encoding = 'utf-16';
  }

  // A message of the client. What is odd on purpose needs no schema.
  client(message, { odd = false } = {}) {
    const { id, method, params } = message ?? {};
    if (method === undefined) {
      this.asking.delete(id);
      return [];
    }
    if (id !== undefined && typeof method === 'string') this.asked.set(id, { method, params });
    collect(params, this.sentUris);
    written = this.sentUris;
    if (method === 'initialize' && params && !this.announced) {
      this.capabilities = params.capabilities ?? {};
      this.trace = params.trace ?? 'off';
    }
    if (method === '$/setTrace' && params) this.trace = params.value;
    if (params?.workDoneToken !== undefined) this.workTokens.add(params.workDoneToken);
    if (params?.partialResultToken !== undefined) this.partialTokens.set(params.partialResultToken, method);
    if (odd) return [];
    const known = (id === undefined ? notifications : requests)[method];
    if (!known) return [`the test sends ${method}, which the protocol does not know`];
    if (known.direction === 'serverToClient') return [`the test sends ${method}, which only servers send`];
    return known.params && params !== undefined ? faults(known.params, params, `${method}: params`) : [];
  }

  server(message) {
    written = this.sentUris;
    const wrong = this.envelope(message);
    if (wrong.length) return wrong;
    if (message.method === undefined) return this.response(message);
    return message.id === undefined ? this.notification(message) : this.request(message);
  }

  envelope(message) {
    if (message === null || typeof message !== 'object' || Array.isArray(message))
      return [`a message is no object: ${brief(message)}`];
    if (message.jsonrpc !== '2.0') return [`jsonrpc is not "2.0": ${brief(message)}`];
    const allowed =
      message.method === undefined ? ['jsonrpc', 'id', 'result', 'error'] : ['jsonrpc', 'id', 'method', 'params'];
    const unknown = Object.keys(message).filter((key) => !allowed.includes(key));
    if (unknown.length) return [`a message has ${unknown.join(', ')}: ${brief(message)}`];
    const idOk = (id) => typeof id === 'string' || (Number.isInteger(id) && Math.abs(id) <= 2 ** 31);
    if (message.method !== undefined) {
      if ('id' in message && !idOk(message.id))
        return [`the id of a request is no integer and no string: ${brief(message)}`];
      return 'params' in message && (message.params === null || typeof message.params !== 'object')
        ? [`params are no object: ${brief(message)}`]
        : [];
    }
    if (!('id' in message)) return [`neither a method nor an id: ${brief(message)}`];
    if ('result' in message === 'error' in message)
      return [`a response needs either a result or an error: ${brief(message)}`];
    if (message.id === null) return 'error' in message ? [] : [`a result for nobody: ${brief(message)}`];
    return [];
  }

  response({ id, result, error }) {
    const asked = id === null ? { method: 'nothing' } : this.asked.get(id);
    if (!asked) return [`an answer to ${JSON.stringify(id)}, which was not asked or is answered already`];
    this.asked.delete(id);
    this.partialTokens.delete(asked.params?.partialResultToken);
    if (error !== undefined) return this.error(asked, error);
    const known = requests[asked.method];
    if (!known) return [`a result for ${asked.method}, which is no request`];
    if (asked.method === 'initialize' && typeof result?.capabilities === 'object') this.initialized(result);
    const wrong = faults(known.result, result, `${asked.method}: result`);
    if (wrong.length) return wrong;
    return [
      ...(asked.method === 'initialize' ? this.announcement(result.capabilities) : []),
      ...this.readable(known.result, result, asked),
      ...senseOf(this, known.result, result, asked, typed),
    ];
  }

  error(asked, error) {
    const schema = requests[asked.method]?.errorData ?? {};
    const data = schema.type === 'null' ? {} : schema;
    const shape = {
      type: 'object',
      properties: { code: { type: 'integer' }, message: { type: 'string', minLength: 1 }, data },
      required: ['code', 'message'],
      additionalProperties: false,
    };
    const wrong = faults(shape, error, `${asked.method}: error`);
    if (
      error.code === -32802 &&
      !/^(textDocument\/semanticTokens|textDocument\/diagnostic|workspace\/diagnostic)/.test(asked.method)
    )
      wrong.push(`${asked.method}: ServerCancelled is only for requests that say so`);
    if (
      error.code === -32802 &&
      asked.method.includes('semanticTokens') &&
      !at(this.capabilities, 'textDocument.semanticTokens.serverCancelSupport')
    )
      wrong.push(`${asked.method}: this client has no serverCancelSupport`);
    return wrong;
  }

  notification({ method, params }) {
    const known = notifications[method];
    if (!known || known.direction === 'clientToServer')
      return [`the server sends ${method}, which is no notification of servers`];
    if (
      !this.announced &&
      !['window/showMessage', 'window/logMessage', 'telemetry/event', '$/progress'].includes(method)
    )
      return [`the server sends ${method} before it answered initialize`];
    const wrong = known.params ? faults(known.params, params, `${method}: params`) : [];
    if (wrong.length) return wrong;
    if (method === '$/progress') return this.progress(params);
    return [
      ...this.maySend(method, params),
      ...this.readable(known.params, params, { method }),
      ...senseOf(this, known.params, params, { method }, typed),
    ];
  }

  request({ id, method, params }) {
    const known = requests[method];
    if (!known || known.direction === 'clientToServer')
      return [`the server asks ${method}, which is no request of servers`];
    if (!this.announced && method !== 'window/showMessageRequest')
      return [`the server asks ${method} before it answered initialize`];
    if (this.asking.has(id)) return [`the server asks ${method} under an id that is in use: ${JSON.stringify(id)}`];
    this.asking.set(id, { method, params });
    const wrong = known.params ? faults(known.params, params, `${method}: params`) : [];
    if (wrong.length) return wrong;
    if (method === 'window/workDoneProgress/create') this.workTokens.add(params.token);
    const more =
      method === 'client/registerCapability'
        ? params.registrations.flatMap((one) => this.registration(one))
        : method === 'client/unregisterCapability'
          ? params.unregisterations.flatMap((one) => this.unregistration(one))
          : [];
    return [
      ...more,
      ...this.maySend(method, params),
      ...this.readable(known.params, params, { method }),
      ...senseOf(this, known.params, params, { method }, typed),
    ];
  }

  maySend(method, params) {
    return sends
      .filter((row) => row.method === method && !row.may(this.capabilities, params, this))
      .map((row) => `${method}: ${row.says}`);
  }

  registration({ id, method, registerOptions }) {
    const schema = model.registrations[method];
    if (!schema && method !== 'workspace/didChangeWorkspaceFolders') return [`${method} can't be registered`];
    const wrong = [];
    if (this.registrations.has(id)) wrong.push(`registered twice under ${id}`);
    this.registrations.set(id, method);
    if (schema) wrong.push(...faults(schema, registerOptions ?? {}, `registration of ${method}`));
    const needed = registrationNeeds(method, requests, notifications);
    if (!at(this.capabilities, needed)) wrong.push(`${method} is registered, and this client has no ${needed}`);
    const provider =
      (requests[method] ?? notifications[method])?.server ??
      Object.values(requests).find((one) => one.registration === method)?.server;
    if (provider && at(this.announced, provider))
      wrong.push(`${method} is registered and announced in ${provider} too`);
    if (schema)
      for (const [name, value] of typed(schema, registerOptions ?? {}))
        wrong.push(...this.rowsOf(name, value, { method: 'client/registerCapability' }));
    return wrong;
  }

  unregistration({ id, method }) {
    if (this.registrations.get(id) !== method) return [`${method} is unregistered under ${id}, where it never was`];
    this.registrations.delete(id);
    return [];
  }

  progress({ token, value }) {
    if (this.workTokens.has(token)) {
      if (value?.kind === 'end') this.workTokens.delete(token);
      return faults(model.progress, value, 'work-done progress');
    }
    const method = this.partialTokens.get(token);
    if (method === undefined) return [`progress on ${JSON.stringify(token)}, a token that nobody gave or that is done`];
    const { partial } = requests[method];
    if (!partial) return [`partial results of ${method}, which has none`];
    return [...faults(partial, value, `${method}: partial result`), ...this.readable(partial, value, { method })];
  }

  initialized({ capabilities }) {
    this.announced = capabilities;
    this.encoding = capabilities.positionEncoding ?? 'utf-16';
    this.legend = capabilities.semanticTokensProvider?.legend;
  }

  announcement(capabilities) {
    return announcementRows
      .filter((row) => row.breach(capabilities, this.capabilities))
      .map((row) => `initialize: ${row.says}`);
  }

  readable(schema, value, asked) {
    if (!schema) return [];
    const wrong = [];
    for (const [name, inner] of typed(schema, value)) wrong.push(...this.rowsOf(name, inner, asked));
    return wrong;
  }
  rowsOf(name, value, asked) {
    return (rows.get(name) ?? [])
      .filter((row) => (!row.in || row.in.includes(asked.method)) && row.breach(value, this.capabilities, asked, this))
      .map((row) => `${asked.method}: ${row.says}: ${brief(value)}`);
  }
}
