'use strict';
// mock.module(): other exports for a module, for require() by way of Module._load and for import by way of hooks, for as
// long as any module is mocked. Loaded when a test calls it.

const {
  codes: { ERR_IMPORT_ATTRIBUTE_MISSING, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_STATE },
} = require('internal/errors');
const { isURL, pathToFileURL } = require('internal/url');
const { validateBoolean, validateObject } = require('internal/validators');
const { emitExperimentalWarning } = require('internal/util');

// What is imported in the place of a mocked module: node-test-mock:<mock>/<instance>.
const kScheme = 'node-test-mock:';
// Under which the text of such a module finds its mock.
const kTake = Symbol.for('gyre.test.takeMock');

/** @type {Map<string, ModuleMock>} by the URL of a file, or the name of a built-in with its prefix */
const mocked = new Map();
/** @type {ModuleMock[]} */
const all = [];
let hooks;
let originalLoad;

/** The default and the named exports that an options object asks for; their getters are called when a module is made. */
class MockedExports {
  #source;
  #defaultName;
  names;

  constructor({ source, defaultName, named }) {
    this.#source = source;
    this.#defaultName = defaultName;
    this.named = named;
    this.names = Object.keys(named).filter((name) => named !== source || name !== defaultName);
  }

  get hasDefault() {
    return this.#defaultName in this.#source;
  }

  get default() {
    return this.#source[this.#defaultName];
  }

  /** What require() returns: the default with the named exports as its properties. */
  asCommonJS() {
    const exports = this.hasDefault ? this.default : {};
    if (this.names.length > 0 && (exports === null || (typeof exports !== 'object' && typeof exports !== 'function'))) {
      throw new Error('Cannot create mock because named exports cannot be applied to the provided default export.');
    }
    for (const name of this.names) {
      Object.defineProperty(exports, name, { __proto__: null, ...Object.getOwnPropertyDescriptor(this.named, name) });
    }
    return exports;
  }
}

class ModuleMock {
  #exports;
  #cache;
  #required;
  #instances = 0;
  #id;

  constructor(exports, format, cache) {
    this.#exports = exports;
    this.#cache = cache;
    this.format = format;
    this.#id = all.push(this) - 1;
  }

  require() {
    if (!this.#cache) return this.#exports.asCommonJS();
    this.#required ??= { exports: this.#exports.asCommonJS() };
    return this.#required.exports;
  }

  /** Another one for each import, unless they are to share one. */
  facadeUrl() {
    if (!this.#cache || this.#instances === 0) this.#instances++;
    return `${kScheme}${this.#id}/${this.#instances}`;
  }

  load() {
    if (this.format === 'json') return { format: 'json', source: JSON.stringify(this.#exports.default) };
    const isESModule = this.format === 'module' || this.format === 'module-typescript';
    const { hasDefault, names } = this.#exports;
    const lines = [`const mock = process.getBuiltinModule('node:test').mock[Symbol.for('${kTake.description}')](${this.#id});`];
    names.forEach((name, i) => {
      lines.push(`const export${i} = mock.named[${JSON.stringify(name)}];`,
                 `export { export${i} as ${JSON.stringify(name)} };`);
    });
    if (!isESModule) lines.push('export { mock as default, mock as "module.exports" };');
    if (isESModule && hasDefault) lines.push('export default mock.default;');
    return { format: 'module', source: (isESModule ? lines : lines.map(ofCommonJS)).join('\n') };
  }

  /** For the text of load(). */
  take() {
    return this.format.startsWith('module') ? this.#exports : this.require();
  }
}

const ofCommonJS = (line) => line.replace('mock.named[', 'mock[');

class MockModuleContext {
  #keys;

  constructor(keys) {
    this.#keys = keys;
  }

  restore() {
    for (const key of this.#keys) mocked.delete(key);
    this.#keys = [];
    if (mocked.size === 0) removeHooks();
  }
}

function resolve(specifier, context, next) {
  const result = next(specifier, context);
  const mock = mocked.get(result.url.replace(/[?#].*$/, ''));
  if (mock === undefined) return result;
  return { __proto__: null, url: mock.facadeUrl(), format: mock.format === 'json' ? 'json' : 'module' };
}

function load(url, context, next) {
  if (!url.startsWith(kScheme)) return next(url, context);
  const mock = all[Number.parseInt(url.slice(kScheme.length), 10)];
  if (mock.format === 'json' && context.importAttributes?.type !== 'json') {
    throw new ERR_IMPORT_ATTRIBUTE_MISSING(url, 'type', 'json');
  }
  return { __proto__: null, shortCircuit: true, ...mock.load() };
}

/** The mock of what require() of the parent would load. */
function findRequired(Module, request, parent, isMain) {
  const { isBuiltin } = Module;
  if (isBuiltin(request)) return mocked.get(request.startsWith('node:') ? request : `node:${request}`);
  let filename;
  try {
    filename = Module._resolveFilename(request, parent, isMain);
  } catch {
    return undefined;  // loading will say so
  }
  return mocked.get(pathToFileURL(filename).href);
}

function installHooks() {
  if (hooks !== undefined) return;
  const { Module } = require('internal/modules/cjs_loader');
  hooks = require('internal/modules/hooks').registerHooks({ resolve, load });
  originalLoad = Module._load;
  Module._load = function(request, parent, isMain) {
    const mock = findRequired(Module, request, parent, isMain);
    return mock === undefined ? Reflect.apply(originalLoad, this, [request, parent, isMain]) : mock.require();
  };
  const { MockTracker } = require('internal/test_runner/mock/mock');
  Object.defineProperty(MockTracker.prototype, kTake, { __proto__: null, configurable: true, value: (id) => all[id].take() });
}

function removeHooks() {
  if (hooks === undefined) return;
  hooks.deregister();
  hooks = undefined;
  require('internal/modules/cjs_loader').Module._load = originalLoad;
}

/** The URL of the file that called into the runner. */
function callerUrl() {
  const site = require('util').getCallSites(32).find(({ scriptName }) => !scriptName.startsWith('node:'));
  const name = site?.scriptName ?? '[eval]';
  return name.startsWith('file:') ? name : pathToFileURL(name).href;
}

/** All that a specifier may mean: import and require() can lead to different files of one package. */
function keysOf(specifier, parentUrl) {
  const { isBuiltin, createRequire } = require('module');
  if (isBuiltin(specifier)) return [specifier.startsWith('node:') ? specifier : `node:${specifier}`];
  const { importConditions } = require('internal/modules/conditions');
  const keys = [require('internal/modules/esm_resolve').resolve(specifier, parentUrl, importConditions())];
  if (/^[./]|^file:/.test(specifier)) return keys;
  try {
    const required = pathToFileURL(createRequire(parentUrl).resolve(specifier)).href;
    if (required !== keys[0]) keys.push(required);
  } catch {
    // It can only be imported.
  }
  return keys;
}

const warned = new Set();
function deprecate(name, instead) {
  if (warned.has(name)) return;
  warned.add(name);
  process.emitWarning(`mock.module(): options.${name} is deprecated. Use ${instead} instead.`, 'DeprecationWarning');
}

function readOptions(options) {
  validateObject(options, 'options');
  const { cache = false } = options;
  validateBoolean(cache, 'options.cache');
  const legacy = ['namedExports', 'defaultExport'].filter((name) => name in options);
  if ('exports' in options) {
    validateObject(options.exports, 'options.exports');
    if (legacy.length > 0) {
      const others = legacy.map((name) => `'options.${name}'`).join(' or ');
      throw new ERR_INVALID_ARG_VALUE('options.exports', options.exports, `cannot be used with ${others}`);
    }
    return { cache, source: options.exports, defaultName: 'default', named: options.exports };
  }
  const { namedExports = {} } = options;
  validateObject(namedExports, 'options.namedExports');
  if (legacy.includes('namedExports')) deprecate('namedExports', 'options.exports');
  if (legacy.includes('defaultExport')) deprecate('defaultExport', 'options.exports.default');
  return { cache, source: options, defaultName: 'defaultExport', named: namedExports };
}

/** @param {string | URL} specifier @param {object} options */
function mockModule(specifier, options) {
  emitExperimentalWarning('Module mocking');
  if (typeof specifier !== 'string' && !isURL(specifier)) {
    throw new ERR_INVALID_ARG_TYPE('specifier', ['string', 'URL'], specifier);
  }
  const given = readOptions(options);
  const keys = keysOf(`${specifier}`, callerUrl());
  for (const key of keys) {
    if (mocked.has(key)) throw new ERR_INVALID_STATE(`Cannot mock '${key}'. The module is already mocked.`);
  }
  const { formatOf } = require('internal/modules/esm_load');
  const format = keys[0].startsWith('node:') ? 'builtin' : formatOf(keys[0]) ?? 'commonjs';
  const mock = new ModuleMock(new MockedExports(given), format, given.cache);
  for (const key of keys) mocked.set(key, mock);
  installHooks();
  return new MockModuleContext(keys);
}

module.exports = { mockModule };
