// JSON schemas of the protocol's messages, derived from the type declarations of vscode-languageserver-protocol.
//
//   protocol() → { requests: { METHOD: { direction, client, server, registration?, params, result, partial, errorData } },
//                  notifications: { METHOD: { direction, client, server, registration?, params } },
//                  registrations: { METHOD: schema of registerOptions }, $defs }
//
// `client` and `server` are the paths of the capabilities that the message belongs to, where the package names them.
// The schemas are strict: a property that the declarations don't name is an error. What TypeScript can't say is put
// into the declarations before they are read: that an integer is one, and that an address is no common string.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const here = path.dirname(fileURLToPath(import.meta.url));
const packages = path.join(here, '..', 'node_modules');
const entry = path.join(packages, 'vscode-languageserver-protocol/lib/common/api.d.ts');

// Aliases of string and number that TypeScript forgets, by the schema that stands for them. An interface keeps its name
// through unions; an address is a template, since it is also a key of objects.
const branded = {
  integer: { type: 'integer', minimum: -(2 ** 31), maximum: 2 ** 31 - 1 },
  uinteger: { type: 'integer', minimum: 0, maximum: 2 ** 31 - 1 },
  decimal: { type: 'number' },
  WatchKind: { type: 'integer', minimum: 0, maximum: 7 },
  LSPObject: { type: 'object' },
};
const address = { type: 'string', format: 'lsp-uri' };

function retell(text) {
  for (const name of Object.keys(branded))
    text = text.replace(
      new RegExp(`^export type ${name} = .*;`, 'm'),
      `export interface ${name} { $brand: '${name}' }`,
    );
  return text.replace(/^export type (DocumentUri|URI) = string;/gm, 'export type $1 = `${string}:${string}`;');
}

let known;
export function protocol() {
  known ??= load();
  return known;
}

function load() {
  const versions = ['vscode-languageserver-protocol', 'typescript'].map(
    (name) => JSON.parse(readFileSync(path.join(packages, name, 'package.json'), 'utf8')).version,
  );
  const key = createHash('sha1')
    .update(readFileSync(fileURLToPath(import.meta.url)))
    .update(versions.join())
    .digest('hex');
  const cache = path.join(packages, '.cache', `lsp-schemas-${key}.json`);
  if (existsSync(cache)) return JSON.parse(readFileSync(cache, 'utf8'));
  const derived = derive();
  mkdirSync(path.dirname(cache), { recursive: true });
  writeFileSync(`${cache}.${process.pid}`, JSON.stringify(derived));
  renameSync(`${cache}.${process.pid}`, cache);
  return derived;
}

function derive() {
  const ts = require('typescript');
  const runtime = require('vscode-languageserver-protocol');
  const options = {
    noEmit: true,
    strict: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: [],
    lib: ['lib.es2022.d.ts'],
  };
  const host = ts.createCompilerHost(options);
  const read = host.readFile;
  host.readFile = (name) => (name.includes('vscode-') && name.endsWith('.d.ts') ? retell(read(name)) : read(name));
  host.getSourceFile = (name, language) => {
    const text = host.readFile(name);
    return text === undefined ? undefined : ts.createSourceFile(name, text, language, true);
  };
  const program = ts.createProgram([entry], options, host);
  const checker = program.getTypeChecker();
  const $defs = {};
  const names = new Map();
  const has = (type, flag) => (type.flags & flag) !== 0;

  function schemaOf(type) {
    if (has(type, ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return {};
    if (has(type, ts.TypeFlags.Never)) return false;
    if (has(type, ts.TypeFlags.Void | ts.TypeFlags.Undefined | ts.TypeFlags.Null)) return { type: 'null' };
    if (has(type, ts.TypeFlags.TemplateLiteral)) return address;
    if (type.isStringLiteral() || type.isNumberLiteral()) return { const: type.value };
    if (has(type, ts.TypeFlags.BooleanLiteral)) return { const: type.intrinsicName === 'true' };
    if (has(type, ts.TypeFlags.Boolean)) return { type: 'boolean' };
    if (has(type, ts.TypeFlags.String)) return { type: 'string' };
    if (has(type, ts.TypeFlags.Number)) return { type: 'number' };
    if (type.isUnion()) return unionOf(type);
    if (has(type, ts.TypeFlags.NonPrimitive)) return { type: 'object' };
    if (checker.isTupleType(type)) {
      const items = checker.getTypeArguments(type).map(schemaOf);
      return { type: 'array', items, minItems: items.length, additionalItems: false };
    }
    if (checker.isArrayType(type)) return { type: 'array', items: schemaOf(checker.getTypeArguments(type)[0]) };
    if (has(type, ts.TypeFlags.Object | ts.TypeFlags.Intersection)) return named(type);
    throw new Error(`no schema for ${checker.typeToString(type)}`);
  }

  function unionOf(type) {
    let members = type.types.filter((one) => !has(one, ts.TypeFlags.Undefined));
    const literals = members.filter((one) => one.isStringLiteral() || one.isNumberLiteral());
    const booleans = members.filter((one) => has(one, ts.TypeFlags.BooleanLiteral));
    members = members.filter((one) => !literals.includes(one) && !booleans.includes(one));
    const any = members.map(schemaOf);
    if (literals.length) any.unshift({ enum: literals.map((one) => one.value) });
    if (booleans.length === 2) any.unshift({ type: 'boolean' });
    else any.unshift(...booleans.map(schemaOf));
    return any.length === 1 ? any[0] : { anyOf: any };
  }

  // One definition per type; types of the same name, as instances of a generic one, are counted.
  function named(type) {
    if (names.has(type)) return { $ref: `#/$defs/${names.get(type)}` };
    const symbol = type.aliasSymbol ?? type.symbol;
    const own = symbol && !symbol.name.startsWith('__') ? symbol.name : 'literal';
    if (branded[own]) return branded[own];
    let name = own;
    for (let n = 2; name in $defs; n++) name = `${own}_${n}`;
    names.set(type, name);
    $defs[name] = {};
    $defs[name] = objectOf(type);
    return { $ref: `#/$defs/${name}` };
  }

  function objectOf(type) {
    const schema = { type: 'object', properties: {}, required: [], additionalProperties: false };
    for (const property of checker.getPropertiesOfType(type)) {
      const optional = (property.flags & ts.SymbolFlags.Optional) !== 0;
      const inner = checker.getTypeOfSymbol(property);
      if (!optional) schema.required.push(property.name);
      schema.properties[property.name] = schemaOf(optional ? checker.getNonNullableType(inner) : inner);
      // What may be left out and may also be null, as rootPath.
      if (optional && inner.isUnion() && inner.types.some((one) => has(one, ts.TypeFlags.Null)))
        schema.properties[property.name] = { anyOf: [schema.properties[property.name], { type: 'null' }] };
    }
    for (const index of checker.getIndexInfosOfType(type)) {
      if (type.symbol?.name === 'InitializeResult') continue; // It would allow everything, and we send nothing of our own.
      schema.additionalProperties = schemaOf(index.type);
      if (has(index.keyType, ts.TypeFlags.TemplateLiteral)) schema.propertyNames = address;
    }
    return schema;
  }

  const literal = (type) => (type?.isStringLiteral() ? type.value : undefined);
  const result = { requests: {}, notifications: {}, registrations: {}, $defs };
  const from = program.getSourceFile(entry);
  for (const symbol of checker.getExportsOfModule(checker.getSymbolAtLocation(from))) {
    const space = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    if (!(space.flags & ts.SymbolFlags.ValueModule)) continue;
    const members = Object.fromEntries(checker.getExportsOfModule(space).map((one) => [one.name, one]));
    const typeOf = (name) => members[name] && checker.getTypeOfSymbol(members[name]);
    const type = typeOf('type');
    const kind = type?.symbol?.name ?? '';
    const method = literal(typeOf('method'));
    if (!method || !/^(Protocol(Request|Notification)Type0?|RegistrationType)$/.test(kind)) continue;
    const parts = checker.getTypeArguments(type);
    const capabilities = typeOf('capabilities') ? checker.getTypeArguments(typeOf('capabilities')) : [];
    const paths = typeOf('capabilities')?.aliasTypeArguments ?? capabilities;
    const message = {
      direction: runtime[space.name].messageDirection,
      client: literal(paths[0]),
      server: literal(paths[1]),
      registration: literal(typeOf('registrationMethod')),
    };
    const register = (options) => {
      if (!has(options, ts.TypeFlags.Void | ts.TypeFlags.Undefined))
        result.registrations[message.registration ?? method] = schemaOf(options);
    };
    if (kind === 'RegistrationType') register(parts[0]);
    else if (kind.startsWith('ProtocolRequest')) {
      const [params, answer, partial, , options] = kind.endsWith('0') ? [undefined, ...parts] : parts;
      result.requests[method] = {
        ...message,
        params: params && schemaOf(params),
        result: schemaOf(answer),
        partial: has(partial, ts.TypeFlags.Void) ? false : schemaOf(partial),
        errorData: schemaOf(kind.endsWith('0') ? parts[2] : parts[3]),
      };
      register(options);
    } else {
      const [params, options] = kind.endsWith('0') ? [undefined, ...parts] : parts;
      result.notifications[method] = { ...message, params: params && schemaOf(params) };
      register(options);
    }
  }
  const exported = (name) => {
    const found = checker.getExportsOfModule(checker.getSymbolAtLocation(from)).find((one) => one.name === name);
    return schemaOf(
      checker.getDeclaredTypeOfSymbol(found.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(found) : found),
    );
  };
  dollar(result, exported);
  return result;
}

// The messages of the base protocol, which have no namespace with their types in the package.
function dollar(result, exported) {
  const token = { type: ['integer', 'string'] };
  const object = (properties) => ({
    type: 'object',
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  });
  result.notifications['$/cancelRequest'] = { direction: 'both', params: object({ id: token }) };
  result.notifications['$/progress'] = { direction: 'both', params: object({ token, value: {} }) };
  result.notifications['$/setTrace'] = { direction: 'clientToServer', params: exported('SetTraceParams') };
  result.notifications['$/logTrace'] = { direction: 'serverToClient', params: exported('LogTraceParams') };
  result.progress = { anyOf: ['Begin', 'Report', 'End'].map((kind) => exported(`WorkDoneProgress${kind}`)) };
}
