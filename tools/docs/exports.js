// Prints which built-in modules this runtime has and what each exports; status.py runs it with Gyre and with Node.
'use strict';

const names = process.argv.length > 2 ? process.argv.slice(2) : require('module').builtinModules;
const found = {};
for (const name of names) {
  if (name.startsWith('_') || name.startsWith('internal/')) continue;
  try {
    const value = require(name);
    const keys = value === null || typeof value !== 'object' && typeof value !== 'function' ? [] : Object.getOwnPropertyNames(value);
    found[name] = keys.filter((key) => !key.startsWith('_') && !['length', 'name', 'prototype', 'arguments', 'caller'].includes(key)).sort();
  } catch (error) {
    found[name] = null;
  }
}
process.stdout.write(JSON.stringify(found) + '\n');
