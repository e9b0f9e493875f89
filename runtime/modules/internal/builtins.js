'use strict';
// Which built-in modules user code may name, and what it gets for them. Everything that resolves a specifier asks here
// before it looks at the file system.

const { publicIds: listPublicIds, schemeOnlyIds } = require('internal/bootstrap/realm');

/** @type {Set<string>|undefined} */
let publicIds;

function ids() {
  return publicIds ??= new Set(listPublicIds());
}

/** Whether `id`, without the node: prefix, is a module that user code may load. */
function isPublic(id) {
  return ids().has(id);
}

/** Whether a specifier as written names a built-in. */
function canBeRequired(request) {
  if (request.startsWith('node:')) return ids().has(request.slice(5));
  return ids().has(request) && !schemeOnlyIds.has(request);
}

function isBuiltin(name) {
  return canBeRequired(String(name));
}

/** The id of the built-in that a specifier or node: URL names. */
function idOf(request) {
  return request.startsWith('node:') ? request.slice(5) : request;
}

/** The exports of a built-in by its id; undefined when user code has none of that name. */
function requireBuiltin(id) {
  return ids().has(id) ? require(id) : undefined;
}

/** What module.builtinModules lists. */
function builtinModules() {
  const plain = [];
  const prefixed = [];
  for (const id of [...ids()].sort()) {
    if (schemeOnlyIds.has(id)) {
      prefixed.push(`node:${id}`);
    } else {
      plain.push(id);
    }
  }
  return [...plain, ...prefixed];
}

module.exports = { builtinModules, canBeRequired, idOf, isBuiltin, isPublic, requireBuiltin };
