'use strict';
// module.register(): asynchronous customisation hooks for import. The hooks run in the thread that imports, between its
// other work; so import() and the program's entry wait for them, while require() and import.meta.resolve(), which cannot
// wait, go past them. Loaded with the first register() or --experimental-loader.

const { codes: {
  ERR_INVALID_ARG_TYPE,
  ERR_INVALID_RETURN_PROPERTY_VALUE,
  ERR_INVALID_RETURN_VALUE,
  ERR_LOADER_CHAIN_INCOMPLETE,
} } = require('internal/errors');
const { URL, isURL } = require('internal/url');
const { validateObject, validateString } = require('internal/validators');
const { importConditions } = require('internal/modules/conditions');
const loader = require('internal/modules/esm_loader');
const loading = require('internal/modules/esm_load');
const syncHooks = require('internal/modules/hooks');
const { state } = require('internal/modules/shared');
const binding = internalBinding('modules');

/** @typedef {{ fn: Function, url: string }} Hook */

/** @type {{ resolve: Hook[], load: Hook[] }} in the order of registration */
const chains = { resolve: [], load: [] };

/** URLs of hook modules and their dependencies: their own imports are not customised. @type {Set<string>} */
const hookModules = new Set();

/** Hook modules that are still being evaluated, and initialize() functions that are still running. */
let ready = Promise.resolve();

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

/**
 * Runs a chain from its last hook to its first and then the default.
 * @param {'resolve'|'load'} kind
 */
async function runChain(kind, subject, context, byDefault, validateSubject, validateResult) {
  const chain = chains[kind].slice();
  const call = async (index, subject, context) => {
    if (index < 0) return byDefault(subject, context);
    const { fn, url } = chain[index];
    const name = `${url} '${kind}'`;
    let nextCalled = false;
    const next = async (nextSubject = subject, overrides = undefined) => {
      nextCalled = true;
      validateSubject(nextSubject, `${name} hook's next${kind === 'resolve' ? 'Resolve' : 'Load'}()`);
      if (overrides !== undefined) validateObject(overrides, `${name} hook's next${kind === 'resolve' ? 'Resolve' : 'Load'}() context`);
      return call(index - 1, nextSubject, overrides === undefined ? { ...context } : { ...context, ...withoutAlias(overrides) });
    };
    let result = await fn(subject, addAlias(context), next);
    validateResult(result, `${name} hook's ${kind}() function`, name);
    result = withoutAlias(result);
    if (!nextCalled && result.shortCircuit !== true) throw new ERR_LOADER_CHAIN_INCOMPLETE(name);
    return result;
  };
  return call(chain.length - 1, subject, context);
}

function validateSpecifier(specifier, name) {
  validateString(specifier, `${name} specifier`);
}

function validateUrl(url, name) {
  validateString(url, `${name} url`);
  if (!URL.canParse(url)) {
    const { codes: { ERR_INVALID_ARG_VALUE } } = require('internal/errors');
    throw new ERR_INVALID_ARG_VALUE(`${name} url`, url, 'should be a URL string');
  }
}

function validateResolution(result, name) {
  if (!isObject(result)) throw new ERR_INVALID_RETURN_VALUE('an object', name, result);
  const { url, format, importAttributes } = result;
  if (typeof url !== 'string' || !URL.canParse(url)) {
    throw new ERR_INVALID_RETURN_PROPERTY_VALUE('a URL string', name, 'url', url);
  }
  if (format !== undefined && format !== null && typeof format !== 'string') {
    throw new ERR_INVALID_RETURN_PROPERTY_VALUE('a string', name, 'format', format);
  }
  if (importAttributes !== undefined && !isObject(importAttributes)) {
    throw new ERR_INVALID_RETURN_PROPERTY_VALUE('an object', name, 'importAttributes', importAttributes);
  }
}

function validateLoaded(result, name) {
  if (!isObject(result)) throw new ERR_INVALID_RETURN_VALUE('an object', name, result);
  const { format, source } = result;
  if (typeof format !== 'string') {
    throw new ERR_INVALID_RETURN_PROPERTY_VALUE('a string', name, 'format', format);
  }
  if (source === null || source === undefined) return;
  const { isAnyArrayBuffer, isArrayBufferView } = require('internal/util/types');
  if (typeof source !== 'string' && !isAnyArrayBuffer(source) && !isArrayBufferView(source)) {
    throw new ERR_INVALID_RETURN_PROPERTY_VALUE('a string, an ArrayBuffer, or a TypedArray', name, 'source', source);
  }
}

/** In the order in which hooks see them. */
function conditionsForHooks() {
  const first = ['node', 'import', 'module-sync', 'node-addons'];
  const conditions = importConditions();
  return [...first.filter((name) => conditions.has(name)), ...[...conditions].filter((name) => !first.includes(name))];
}

// The program's entry has no parent that hooks would know.
function resolve(specifier, parentURL, importAttributes, isMain) {
  const context = {
    conditions: conditionsForHooks(), importAttributes: { ...importAttributes }, parentURL: isMain ? undefined : parentURL,
  };
  const byDefault = (specifier, context) => loader.resolveRequest(
    specifier, context.parentURL ?? parentURL, context.importAttributes, new Set(context.conditions));
  return runChain('resolve', specifier, context, byDefault, validateSpecifier, validateResolution);
}

/** CommonJS modules are read again when they run. */
function loadByDefault(url, context) {
  const loaded = loading.loadForHooks(url, context);
  return loaded.format === 'commonjs' ? { ...loaded, source: undefined } : loaded;
}

function load(url, format, importAttributes) {
  let known = format;
  try {
    known ??= loading.formatOf(url);
  } catch {
    // A hook may know better.
  }
  const context = { format: known, importAttributes: { ...importAttributes } };
  return runChain('load', url, context, loadByDefault, validateUrl, validateLoaded);
}

// Hooks of module.registerHooks() come first. They do not wait, so what the asynchronous ones say is there before they ask.
async function resolveByAll(specifier, parentURL, attributes, isMain) {
  const resolved = await resolve(specifier, parentURL, attributes, isMain);
  if (!syncHooks.hasResolve()) return resolved;
  return syncHooks.resolveWithHooks(specifier, parentURL, attributes, [...importConditions()], () => resolved);
}

async function loadByAll(url, format, importAttributes) {
  const loaded = await load(url, format, importAttributes);
  if (!syncHooks.hasLoad()) return loaded;
  return syncHooks.loadWithHooks(url, loaded.format, importAttributes, [...importConditions()], () => loaded);
}

/** Graphs that are being loaded; a graph may depend on modules of another. @type {Set<Promise<unknown>>} */
const underWay = new Set();

async function obtain(specifier, parentUrl, attributes, isMain) {
  const { url, format, importAttributes = attributes } = await resolveByAll(specifier, parentUrl, attributes, isMain);
  const key = loader.keyOf(url, importAttributes);
  const known = loader.jobs.get(key);
  if (known !== undefined) return [known, false];
  const loaded = await loadByAll(url, format, importAttributes);
  const raced = loader.jobs.get(key);
  if (raced !== undefined) return [raced, false];
  const job = loader.translate(url, loaded, isMain, /* hooked */ chains.load.length > 0);
  loader.jobs.set(key, job);
  return [job, true];
}

async function linkAll(added) {
  for (let i = 0; i < added.length; i++) {
    const job = added[i];
    const wraps = [];
    for (const { specifier, attributes, phase } of job.wrap.getModuleRequests()) {
      if (wraps.length === 0 && job.wrap.companion !== undefined) {
        wraps.push(job.wrap.companion);
        continue;
      }
      if (phase === binding.kSourcePhase) {
        wraps.push(loader.obtainSource(specifier, job.url, attributes, loader.importOptions()));
        continue;
      }
      const [dependency, isNew] = await obtain(specifier, job.url, attributes, false);
      if (isNew) added.push(dependency);
      wraps.push(dependency.wrap);
    }
    job.wrap.link(wraps);
    job.linked = true;
  }
}

/** What esm_loader's getJob() does, through the hooks. */
async function getLinkedJob(specifier, parentUrl, attributes, isMain) {
  const [root, isNew] = await obtain(specifier, parentUrl, attributes, isMain);
  const added = isNew ? [root] : [];
  const linking = linkAll(added);
  underWay.add(linking);
  try {
    await linking;
  } catch (error) {
    const failed = new Set(added);
    for (const [key, job] of loader.jobs) {
      if (failed.has(job)) loader.jobs.delete(key);
    }
    throw error;
  } finally {
    underWay.delete(linking);
  }
  // Modules of other graphs may not be linked yet; none of them waits for this one here.
  if (!isNew || underWay.size > 0) await Promise.allSettled(underWay);
  return root;
}

async function getJob(specifier, parentUrl, attributes, isMain) {
  await ready;
  return getLinkedJob(specifier, parentUrl, attributes, isMain);
}

/** What esm_loader's link() does for a module that has no URL to load it from. */
async function linkRoot(job) {
  await ready;
  await linkAll([job]);
}

async function addHooks(specifier, parentURL, data) {
  const before = new Set(loader.jobs.keys());
  // Hooks that are there already see the imports of later ones.
  const hooked = chains.resolve.length + chains.load.length > 0;
  const job = hooked
    ? await getLinkedJob(specifier, parentURL, { __proto__: null }, false)
    : loader.getJob(specifier, parentURL, { __proto__: null }, loader.importOptions());
  for (const [key, { url }] of loader.jobs) {
    if (!before.has(key)) hookModules.add(url);
  }
  const { initialize, load, resolve } = await loader.run(job);
  await initialize?.(data);
  if (resolve) chains.resolve.push({ fn: resolve, url: job.url });
  if (load) chains.load.push({ fn: load, url: job.url });
}

function register(specifier, parentURL, data) {
  const previous = ready;
  ready = previous.then(() => addHooks(`${specifier}`, parentURL, data));
  // Reported by the import that waits for it.
  ready.catch(() => {});
  state.asyncHooks = { getJob, linkRoot, isHookModule: (url) => hookModules.has(url) };
}

/** module.register(specifier[, parentURL][, options]) */
function registerPublic(specifier, parentURL, options) {
  if (isObject(parentURL) && !isURL(parentURL)) {
    options = parentURL;
    parentURL = options.parentURL;
  }
  if (parentURL !== undefined && typeof parentURL !== 'string' && !isURL(parentURL)) {
    throw new ERR_INVALID_ARG_TYPE('parentURL', ['string', 'URL'], parentURL);
  }
  const base = `${parentURL ?? 'data:'}`;
  // The hooks get their own copy; a MessagePort is how they talk to the program.
  const { data, transferList: transfer = [] } = options ?? {};
  const copy = data === undefined ? undefined : require('internal/messaging').structuredClone(data, { transfer });
  // What cannot be found or resolved is said at once, unless hooks that are there already may know better.
  const isFirst = chains.resolve.length === 0 && chains.load.length === 0;
  if (isFirst) loader.resolveRequest(`${specifier}`, base, { __proto__: null }, importConditions());
  register(specifier, base, copy);
}

/** --experimental-loader */
let warnedOfLoader = false;
function registerLoader(specifier, parentURL) {
  if (!warnedOfLoader) warnOfLoader(specifier);
  warnedOfLoader = true;
  register(specifier, parentURL);
}

function warnOfLoader(specifier) {
  process.emitWarning(
    '`--experimental-loader` may be removed in the future; instead use `register()`:\n' +
    '--import \'data:text/javascript,import { register } from "node:module"; import { pathToFileURL } from "node:url"; ' +
    `register(${JSON.stringify(encodeURI(specifier))}, pathToFileURL("./"));'`, 'ExperimentalWarning');
}

module.exports = { registerLoader, registerPublic };
