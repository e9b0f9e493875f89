'use strict';
// Test runners and bundlers copy what a module exports to a class or object of their own, and change the copy.
class Module extends require('module') {}
for (const [key, value] of Object.entries(require('module'))) Module[key] = value;
Module.SourceMap = 1;
console.log(Module.SourceMap, typeof require('module').SourceMap, typeof Module.createRequire);

// These two cannot be replaced in Node; here they can, like everything beside them.
const known = ['getRandomValues', 'Utf8Stream'];
for (const name of ['crypto', 'fs', 'https', 'net', 'perf_hooks', 'readline', 'url', 'v8', 'worker_threads']) {
  const exports = require(name);
  const copy = { ...exports };
  const readOnly = Object.entries(Object.getOwnPropertyDescriptors(exports))
    .filter(([, { value, writable, get }]) => (typeof value === 'function' ? !writable : get !== undefined))
    .map(([key]) => key).filter((key) => !known.includes(key));
  console.log(name, Object.keys(copy).length === Object.keys(exports).length, readOnly.sort());
}
