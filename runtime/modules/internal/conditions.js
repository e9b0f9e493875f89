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
  if (getOptionValue('--require-module')) names.push('module-sync');
  return new Set(names);
}

/** What a resolve hook asked the default to resolve with. @type {Set<string>|undefined} */
let override;

function requireConditions() {
  return override ?? (forRequire ??= make('require'));
}

function isOverridden() {
  return override !== undefined;
}

/** Runs `resolve` with other conditions in the place of require()'s. */
function withRequireConditions(names, resolve) {
  const outer = override;
  override = new Set(names);
  try {
    return resolve();
  } finally {
    override = outer;
  }
}

function importConditions() {
  return forImport ??= make('import');
}

module.exports = { importConditions, isOverridden, requireConditions, withRequireConditions };
