'use strict';
// The global object of a REPL: built-in modules, require, `_` and `_error`. Loaded by repl.

const vm = require('vm');
const { builtinModules, Module } = require('module');

const isShown = (id) => !id.startsWith('_') && !id.includes('/') && !id.startsWith('node:');

/** Modules that are names in a REPL. */
const libraries = () => builtinModules.filter(isShown);

let ids;

/** repl.builtinModules: a list that programs may add to, for what Tab offers. */
function builtInIds() {
  ids ??= builtinModules.filter((id) => !id.startsWith('_'));
  return ids;
}

function setBuiltInIds(given) {
  ids = given;
}

function addLibraries(object, require) {
  const define = (name, descriptor) => Object.defineProperty(object, name, {
    __proto__: null, configurable: true, ...descriptor,
  });
  for (const name of libraries()) {
    if (Object.hasOwn(object, name)) continue;
    const set = (value) => { define(name, { enumerable: true, value, writable: true }); };
    define(name, {
      enumerable: false, set,
      get() {
        const library = require(name);
        define(name, { enumerable: false, get: () => library, set });
        return library;
      },
    });
  }
}

function newContext(server) {
  if (server.useGlobal) return globalThis;
  const context = vm.createContext();
  const builtIn = new Set(vm.runInContext('Object.getOwnPropertyNames(globalThis)', context));
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    if (builtIn.has(name)) continue;
    Object.defineProperty(context, name, { __proto__: null, ...Object.getOwnPropertyDescriptor(globalThis, name) });
  }
  context.global = context;
  const { Console } = require('console');
  Object.defineProperty(context, 'console', {
    __proto__: null, configurable: true, writable: true, value: new Console(server.output),
  });
  return context;
}

function defineUnderscore(server, context, { name, value, assigned }) {
  Object.defineProperty(context, name, {
    __proto__: null, configurable: true, get: () => server[value],
    set(given) {
      server[value] = given;
      if (server[assigned]) return;
      server[assigned] = true;
      server.output.write(`Expression assignment to ${name} now disabled.\n`);
    },
  });
}

/** The current folder or, if that has been removed, the executable's. */
function startFolder() {
  try {
    return process.cwd();
  } catch {
    return require('path').dirname(process.execPath);
  }
}

/** Modules are found as from a file in the current folder. */
function addRequire(context) {
  const { makeRequire } = require('internal/modules/cjs_require');
  const module = new Module('<repl>');
  module.paths = Module._nodeModulePaths(startFolder());
  const require_ = makeRequire(module);
  const define = (name, value) => Object.defineProperty(context, name, {
    __proto__: null, configurable: true, enumerable: false, value, writable: true,
  });
  define('module', module);
  define('require', require_);
  define('exports', module.exports);
  return require_;
}

function createContext(server) {
  const context = newContext(server);
  addLibraries(context, addRequire(context));
  return context;
}

function addUnderscores(server, context) {
  defineUnderscore(server, context, { name: '_', value: 'last', assigned: 'underscoreAssigned' });
  defineUnderscore(server, context, { name: '_error', value: 'lastError', assigned: 'underscoreErrAssigned' });
}

module.exports = { addUnderscores, builtInIds, createContext, libraries, setBuiltInIds };
