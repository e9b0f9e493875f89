'use strict';
// The condition names that "exports" and "imports" are resolved with; --conditions adds to both sets. Arrays are not
// iterated here, as in all that import() passes through: programs can break that.

const { getOptionValue } = require('internal/options');

/** @type {Set<string>|undefined} */
let forRequire;
/** @type {Set<string>|undefined} */
let forImport;

// In the orders in which hooks see them.
function makeForRequire() {
  const names = new Set().add('require').add('node');
  if (getOptionValue('--addons')) names.add('node-addons');
  getOptionValue('--conditions').forEach((name) => names.add(name));
  if (getOptionValue('--require-module')) names.add('module-sync');
  return names;
}

function makeForImport() {
  const names = new Set().add('node').add('import');
  if (getOptionValue('--require-module')) names.add('module-sync');
  if (getOptionValue('--addons')) names.add('node-addons');
  getOptionValue('--conditions').forEach((name) => names.add(name));
  return names;
}

/** What a resolve hook asked the default to resolve with. @type {Set<string>|undefined} */
let override;

function requireConditions() {
  return override ?? (forRequire ??= makeForRequire());
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
  return forImport ??= makeForImport();
}

module.exports = { importConditions, isOverridden, requireConditions, withRequireConditions };
