'use strict';
// What Tab offers in the REPL: commands, modules and files inside quotes, names, properties. Loaded on first use.

const { builtInIds } = require('internal/repl/context');
const { lexicalNames, parseTail, peek, propertyGroups } = require('internal/repl/expression');
const { kEvaluated } = require('internal/repl/symbols');
const vm = require('vm');

const kRequest = /\b(require|import)\s*\(\s*(['"`])([\w@./:-]*)(\2)?$/;
const kFileCall = /\bfs(?:\.promises)?\.[a-z]\w*\(\s*["'`]([^"'`]*)$/i;
const kCommand = /^\s*\.(\w*)$/;
const kExtensions = ['.js', '.json', '.node'];

const keywords = [
  'async', 'await', 'break', 'case', 'catch', 'const', 'continue', 'debugger', 'default', 'delete', 'do', 'else', 'export',
  'false', 'finally', 'for', 'function', 'if', 'import', 'in', 'instanceof', 'let', 'new', 'null', 'return', 'switch', 'this',
  'throw', 'true', 'try', 'typeof', 'var', 'void', 'while', 'with', 'yield',
];

function evaluate(server, source) {
  try {
    const script = new vm.Script(source, { __proto__: null, filename: 'REPL' });
    return server.useGlobal ? script.runInThisContext() : script.runInContext(server.context);
  } catch {
    return undefined;
  }
}

const byCodeUnit = (a, b) => (a < b ? -1 : Number(a > b));

/** Matching names of all groups, the first group last, groups apart by an empty name. */
function assemble(groups, prefix) {
  const lowered = prefix.toLowerCase();
  const seen = new Set();
  const parts = [];
  for (const group of groups) {
    const names = new Set(group.filter((name) => name.toLowerCase().startsWith(lowered) && !seen.has(name)));
    for (const name of names) seen.add(name);
    if (names.size > 0) parts.unshift([...names].sort(byCodeUnit));
  }
  return parts.flatMap((part, i) => (i === 0 ? part : ['', ...part]));
}

// Modules and files

function list(folder) {
  try {
    return require('fs').readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function withoutExtension(name) {
  const extension = kExtensions.find((one) => name.endsWith(one));
  return extension === undefined ? undefined : name.slice(0, -extension.length);
}

function canBeLoaded(folder) {
  return list(folder).some(({ name }) => name === 'package.json' || withoutExtension(name) === 'index');
}

/** What of a folder can be required, or imported with the whole name; its names start with `start`. */
function loadable(folder, start, kind) {
  const path = require('path');
  return list(folder).filter(({ name }) => !name.startsWith('.')).flatMap((entry) => {
    const name = start + entry.name;
    if (entry.isDirectory()) return canBeLoaded(path.join(folder, entry.name)) ? [`${name}/`, name] : [`${name}/`];
    if (kind === 'import') return [name];
    return [withoutExtension(name) ?? name];
  });
}

function modules(server, kind, request) {
  const path = require('path');
  if (request === '.') return [['./', '../'], request];
  if (request === '..') return [['../'], request];
  const start = request.slice(0, request.lastIndexOf('/') + 1);
  if (/^(?:\.\.?)?\//.test(request)) return [assemble([loadable(path.resolve(start), start, kind)], request), request];
  const packages = (evaluate(server, 'module.paths') ?? [])
    .flatMap((folder) => loadable(path.join(folder, start), start, kind));
  const plain = builtInIds().filter((id) => !id.startsWith('node:'));
  const { builtinModules } = require('module');
  const prefixed = builtinModules.filter((id) => !id.startsWith('_')).map((id) => (id.startsWith('node:') ? id : `node:${id}`));
  // Those with the prefix are offered for `n` and for `node:`, but nobody wants them for `f`.
  const groups = [packages, plain].map((group) => group.filter((name) => name.startsWith(request)));
  return [assemble([...groups, prefixed], request), request];
}

function files(text) {
  const path = require('path');
  const folder = text.slice(0, text.lastIndexOf('/') + 1);
  const at = (name) => list(path.resolve(name));
  const isFolder = at(text).length > 0 && !text.endsWith('/');
  const prefix = isFolder ? '' : text.slice(folder.length);
  const names = at(isFolder ? text : folder || '.').map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));
  return [names.filter((name) => name.startsWith(prefix)), prefix];
}

// Names and properties

function globals(server, prefix) {
  const [own, ...inherited] = propertyGroups(evaluate(server, 'globalThis'));
  const groups = [...inherited, [...own, ...server[kEvaluated].flatMap(lexicalNames)]];
  if (prefix !== '') groups.push(keywords);
  return [assemble(groups, prefix), prefix];
}

function properties(server, tail) {
  const { node, source, prefix } = tail;
  const text = source.slice(node.start, node.end - (prefix === '' ? 1 : 0));
  const object = peek(node.object, source, {
    evaluate: (one) => evaluate(server, one), context: server.context,
  })?.value;
  if (object === undefined || object === null) return [[], text];
  const head = text.slice(0, text.length - prefix.length);
  return [assemble(propertyGroups(object), prefix).map((name) => (name === '' ? '' : head + name)), text];
}

/** @returns {[string[], string | undefined]} candidates, and what of the line they complete */
function completions(server, line) {
  const command = kCommand.exec(line);
  if (command !== null) return [assemble([Object.keys(server.commands)], command[1]), command[1]];
  const request = kRequest.exec(line);
  if (request !== null) return request[4] === undefined ? modules(server, request[1], request[3]) : [[], undefined];
  const file = server.allowBlockingCompletions ? kFileCall.exec(line) : null;
  if (file !== null) return files(file[1]);
  if (line.trim() === '') return globals(server, '');
  const tail = parseTail(line);
  if (tail?.node.type === 'Identifier') return globals(server, tail.prefix);
  return tail?.node.type === 'MemberExpression' && !tail.node.computed ? properties(server, tail) : [[], undefined];
}

/** In editor mode lines are not redrawn: what all candidates have in common is all there is to offer. */
function commonPrefix([candidates, text]) {
  const names = candidates.filter((name) => name !== '');
  if (names.length === 0) return [[], text];
  let common = names[0];
  for (const name of names) {
    while (!name.startsWith(common)) common = common.slice(0, -1);
  }
  return [[common], text];
}

module.exports = { commonPrefix, completions };
