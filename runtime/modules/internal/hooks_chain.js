'use strict';
// The chains of asynchronous customisation hooks, module.register(): in the hooks thread, where the hooks live. Its own
// imports, of hook modules and by them, go through the hooks that are there already.

const { codes: {
  ERR_INVALID_RETURN_PROPERTY_VALUE,
  ERR_INVALID_RETURN_VALUE,
  ERR_LOADER_CHAIN_INCOMPLETE,
} } = require('internal/errors');
const { URL } = require('internal/url');
const { validateObject, validateString } = require('internal/validators');
const { importConditions } = require('internal/modules/conditions');
const loader = require('internal/modules/esm_loader');
const loading = require('internal/modules/esm_load');

/** @typedef {{ fn: Function, name: string }} Hook `name` is as it was registered */

/** @type {{ resolve: Hook[], load: Hook[] }} in the order of registration */
const chains = { resolve: [], load: [] };

function isObject(value) {
  return typeof value === 'object' && value !== null;
}

function warnOfAssertions() {
  process.emitWarning('Use `importAttributes` instead of `importAssertions`', 'ExperimentalWarning');
}

/** importAttributes under the name that they once had. */
function addAlias(context) {
  Object.defineProperty(context, 'importAssertions', {
    __proto__: null,
    configurable: true,
    enumerable: false,
    get() {
      warnOfAssertions();
      return this.importAttributes;
    },
    set(value) {
      warnOfAssertions();
      this.importAttributes = value;
    },
  });
  return context;
}

/** What a hook hands on or returns may still use the old name. */
function withoutAlias(object) {
  const old = Object.getOwnPropertyDescriptor(object, 'importAssertions');
  if (old === undefined || old.get !== undefined) return object;
  warnOfAssertions();
  const { importAssertions, ...rest } = object;
  return { ...rest, importAttributes: rest.importAttributes ?? importAssertions };
}

const nextNames = { __proto__: null, resolve: 'nextResolve()', load: 'nextLoad()' };

/**
 * Runs a chain from its last hook to its first and then the default.
 * @param {'resolve'|'load'} kind
 */
async function runChain(kind, subject, context, byDefault, validateSubject, validateProperties) {
  const chain = [{ fn: byDefault, name: `node:internal/modules/esm/${kind}` }, ...chains[kind]];
  const call = async (index, subject, context) => {
    const { fn } = chain[index];
    if (index === 0) return fn(subject, context);
    const name = `${chain[index].name} '${kind}'`;
    let nextCalled = false;
    const next = async (nextSubject = subject, overrides = undefined) => {
      nextCalled = true;
      const nextName = `${chain[index - 1].name} '${kind}' hook's ${nextNames[kind]}`;
      validateSubject(nextSubject, nextName);
      if (overrides === undefined) return call(index - 1, nextSubject, { ...context });
      validateObject(overrides, `${nextName} context`);
      return call(index - 1, nextSubject, { ...context, ...withoutAlias(overrides) });
    };
    Object.defineProperty(next, 'name', { __proto__: null, value: nextNames[kind].slice(0, -2) });
    let result = await fn(subject, addAlias(context), next);
    if (!isObject(result)) throw new ERR_INVALID_RETURN_VALUE('an object', `${name} hook's ${nextNames[kind]}`, result);
    result = withoutAlias(result);
    validateProperties(result, name);
    if (!nextCalled && result.shortCircuit !== true) throw new ERR_LOADER_CHAIN_INCOMPLETE(name);
    return result;
  };
  return call(chain.length - 1, subject, context);
}

function validateSpecifier(specifier, name) {
  validateString(specifier, `${name} specifier`);
}

function validateUrl(url, name) {
  const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE } } = require('internal/errors');
  if (typeof url !== 'string') throw new ERR_INVALID_ARG_TYPE(`${name} url`, 'a URL string', url);
  if (!URL.canParse(url)) throw new ERR_INVALID_ARG_VALUE(`${name} url`, url, 'should be a URL string');
}

function validateFormat(format, name) {
  if (format === undefined || format === null || typeof format === 'string') return;
  throw new ERR_INVALID_RETURN_PROPERTY_VALUE('a string', name, 'format', format);
}

function validateResolution({ url, format, importAttributes }, name) {
  if (typeof url !== 'string' || !URL.canParse(url)) {
    throw new ERR_INVALID_RETURN_PROPERTY_VALUE('a URL string', name, 'url', url);
  }
  validateFormat(format, name);
  if (importAttributes !== undefined && !isObject(importAttributes)) {
    throw new ERR_INVALID_RETURN_PROPERTY_VALUE('an object', name, 'importAttributes', importAttributes);
  }
}

function validateLoaded({ format, source }, name) {
  validateFormat(format, name);
  if (source === null || source === undefined) return;
  const { isAnyArrayBuffer, isArrayBufferView } = require('internal/util/types');
  if (typeof source !== 'string' && !isAnyArrayBuffer(source) && !isArrayBufferView(source)) {
    throw new ERR_INVALID_RETURN_PROPERTY_VALUE('a string, an ArrayBuffer, or a TypedArray', name, 'source', source);
  }
}

function formatOf(url) {
  try {
    return loading.formatOf(url);
  } catch {
    // Loading will say so, unless a hook knows better.
    return undefined;
  }
}

function resolveByDefault(specifier, { parentURL, importAttributes, conditions }) {
  const { pathToFileURL } = require('internal/url');
  if (!Array.isArray(conditions)) {
    const { codes: { ERR_INVALID_ARG_VALUE } } = require('internal/errors');
    throw new ERR_INVALID_ARG_VALUE('conditions', conditions, 'expected an array');
  }
  const base = parentURL ?? pathToFileURL(`${process.cwd()}/`).href;
  const { url, format } = loader.resolveRequest(specifier, base, importAttributes, new Set(conditions));
  // A built-in that was asked for by its URL is left for load hooks to tell.
  if (specifier.startsWith('node:')) return { __proto__: null, url };
  // null: the text will tell.
  return { __proto__: null, url, format: format ?? formatOf(url) ?? null };
}

/** @param {string|undefined} parentURL the program's entry has no parent that hooks would know */
function resolve(specifier, parentURL, importAttributes) {
  const context = { conditions: [...importConditions()], importAttributes: { ...importAttributes }, parentURL };
  return runChain('resolve', specifier, context, resolveByDefault, validateSpecifier, validateResolution);
}

/** CommonJS modules are read again when they run. */
function loadByDefault(url, context) {
  const loaded = loading.loadForHooks(url, context);
  return loaded.format === 'commonjs' ? { ...loaded, source: undefined } : loaded;
}

/** @param {string[]} [conditions] only said where synchronous hooks come first */
function load(url, format, importAttributes, conditions) {
  const known = format ?? (url.startsWith('node:') ? undefined : formatOf(url));
  const context = { format: known, importAttributes: { ...importAttributes } };
  if (conditions !== undefined) context.conditions = conditions;
  return runChain('load', url, context, loadByDefault, validateUrl, validateLoaded);
}

let warnedOfPreload = false;
function warnOfPreload() {
  if (warnedOfPreload) return;
  warnedOfPreload = true;
  process.emitWarning('`globalPreload` has been removed; use `initialize` instead.', 'UnsupportedWarning');
}

/**
 * Adds the hooks of a module, once its initialize() is through.
 * @param {string} specifier
 * @param {string} parentURL
 * @param {unknown} [data] for initialize()
 */
async function register(specifier, parentURL, data) {
  const { getJob } = require('internal/modules/async_linking');
  const job = await getJob(specifier, parentURL, { __proto__: null }, false);
  const { globalPreload, initialize, load, resolve } = await loader.run(job);
  if (globalPreload && !initialize) warnOfPreload();
  await initialize?.(data);
  if (resolve) chains.resolve.push({ fn: resolve, name: specifier });
  if (load) chains.load.push({ fn: load, name: specifier });
}

module.exports = { load, register, resolve };
