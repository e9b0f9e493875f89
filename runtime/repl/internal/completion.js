'use strict';
// What Tab offers in the REPL: commands, files to require, names, properties. Loaded on first use.

const { libraries } = require('internal/repl/context');
const vm = require('vm');

const kRequire = /\b(?:require|import)\s*\(\s*['"`]([^'"`]*)$/;
const kMember = /(?:^|[^\w$.\])'"`])((?:[\w$]+|\])?[\w$.\[\]'"`]*)$/;
const kIdentifier = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;

const keywords = [
  'async', 'await', 'break', 'case', 'catch', 'const', 'continue', 'debugger', 'default', 'delete', 'do', 'else', 'export',
  'false', 'finally', 'for', 'function', 'if', 'import', 'in', 'instanceof', 'let', 'new', 'null', 'return', 'switch', 'this',
  'throw', 'true', 'try', 'typeof', 'var', 'void', 'while', 'with', 'yield',
];

function evaluate(server, source) {
  try {
    const script = new vm.Script(`try { ${source} } catch {}`, { __proto__: null, filename: 'REPL' });
    return server.useGlobal ? script.runInThisContext() : script.runInContext(server.context);
  } catch {
    return undefined;
  }
}

/** Names that can stand after a dot, of an object and of each of its prototypes. */
function propertyGroups(object) {
  const groups = [];
  for (let one = Object(object); one !== null; one = Object.getPrototypeOf(one)) {
    groups.push(Object.getOwnPropertyNames(one).filter((name) => kIdentifier.test(name)));
  }
  return groups;
}

/** Whether looking at an expression runs user code: calls, getters. */
function isSafe(expression) {
  return /^[\p{ID_Start}$_'"`\d][\p{ID_Continue}$.'"`[\]\d]*$/u.test(expression);
}

function moduleGroups(prefix) {
  const { builtinModules } = require('module');
  if (prefix.startsWith('.') || prefix.startsWith('/')) return [fileNames(prefix)];
  return [builtinModules.filter((id) => !id.startsWith('_')), builtinModules.map((id) => (id.startsWith('node:') ? id : `node:${id}`))];
}

function fileNames(prefix) {
  const path = require('path');
  const folder = prefix.endsWith('/') ? prefix : `${path.dirname(prefix)}/`;
  const start = folder === './' && !prefix.startsWith('./') ? '' : folder;
  try {
    return require('fs').readdirSync(path.resolve(folder), { withFileTypes: true })
      .map((entry) => `${start}${entry.name}${entry.isDirectory() ? '/' : ''}`);
  } catch {
    return [];
  }
}

function globalGroups(server) {
  const context = server.useGlobal ? globalThis : server.context;
  const lexical = evaluate(server, 'undefined');
  return [keywords, ...propertyGroups(context), libraries(), lexical ?? []];
}

/** Matching names of all groups, most specific last, groups apart by an empty one. */
function assemble(groups, prefix) {
  const seen = new Set();
  const parts = [];
  for (const group of groups) {
    const names = group.filter((name) => name.startsWith(prefix) && !seen.has(name)).sort();
    for (const name of names) seen.add(name);
    if (names.length > 0) parts.unshift(names);
  }
  return parts.flatMap((part, i) => (i === 0 ? part : ['', ...part]));
}

function completeMember(server, text) {
  const dot = text.lastIndexOf('.');
  if (dot === -1) return [assemble(globalGroups(server), text), text];
  const optional = text[dot - 1] === '?';
  const expression = text.slice(0, optional ? dot - 1 : dot);
  const prefix = text.slice(dot + 1);
  if (!isSafe(expression)) return [[], text];
  const object = evaluate(server, expression);
  if (object === undefined || object === null) return [[], text];
  const head = text.slice(0, dot + 1);
  return [assemble(propertyGroups(object), prefix).map((name) => (name === '' ? '' : head + name)), text];
}

/** @returns {[string[], string]} candidates, and what of the line they complete */
function completions(server, line) {
  const trimmed = line.trimStart();
  const command = /^\.([a-z]*)$/i.exec(trimmed);
  if (command !== null) {
    return [Object.keys(server.commands).filter((name) => name.startsWith(command[1])).map((name) => `.${name}`), `.${command[1]}`];
  }
  const request = kRequire.exec(line);
  if (request !== null) return [assemble(moduleGroups(request[1]), request[1]), request[1]];
  const member = line === '' ? ['', ''] : kMember.exec(line);
  if (member === null) return [[], line];
  return completeMember(server, member[1]);
}

module.exports = { completions };
