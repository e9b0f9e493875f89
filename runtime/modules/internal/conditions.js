'use strict';
// The condition names that "exports" and "imports" are resolved with; --conditions adds to both sets.

const { getOptionValue } = require('internal/options');

/** @type {Set<string>|undefined} */
let forRequire;
/** @type {Set<string>|undefined} */
let forImport;

function make(kind) {
  const names = [kind, 'node'];
  if (getOptionValue('--addons')) names.push('node-addons');
  for (const name of getOptionValue('--conditions')) names.push(name);
  if (getOptionValue('--experimental-require-module')) names.push('module-sync');
  return new Set(names);
}

function requireConditions() {
  return forRequire ??= make('require');
}

function importConditions() {
  return forImport ??= make('import');
}

module.exports = { importConditions, requireConditions };
