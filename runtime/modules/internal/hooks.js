'use strict';
// module.registerHooks: customisation hooks that run in the thread and in line with the loading they customise, for
// require() and import alike. The hooks registered last run first; each may call the next, the last next is the
// loader's own default.

const { codes: { ERR_INVALID_RETURN_PROPERTY_VALUE, ERR_INVALID_RETURN_VALUE } } = require('internal/errors');
const { validateFunction, validateObject, validateString } = require('internal/validators');

/** @type {ModuleHooks[]} in the order of registration */
const resolveHooks = [];
/** @type {ModuleHooks[]} */
const loadHooks = [];

class ModuleHooks {
  constructor(resolve, load) {
    this.resolve = resolve;
    this.load = load;
    Object.freeze(this);
  }

  deregister() {
    remove(resolveHooks, this);
    remove(loadHooks, this);
  }
}

function remove(list, hooks) {
  const index = list.indexOf(hooks);
  if (index !== -1) list.splice(index, 1);
}

function registerHooks(hooks) {
  const { resolve, load } = hooks;
  if (resolve !== undefined) validateFunction(resolve, 'hooks.resolve');
  if (load !== undefined) validateFunction(load, 'hooks.load');
  const registered = new ModuleHooks(resolve, load);
  if (resolve) resolveHooks.push(registered);
  if (load) loadHooks.push(registered);
  return registered;
}

class ModuleResolveContext {
  constructor(parentURL, importAttributes, conditions) {
    this.parentURL = parentURL;
    this.importAttributes = importAttributes;
    this.conditions = conditions;
  }
}

class ModuleLoadContext {
  constructor(format, importAttributes, conditions) {
    this.format = format;
    this.importAttributes = importAttributes;
    this.conditions = conditions;
  }
}

function merged(context, overrides) {
  return overrides === undefined ? context : { ...context, ...overrides };
}

/**
 * Calls the hooks from the last to the first.
 * @param {ModuleHooks[]} list
 * @param {'resolve'|'load'} kind
 * @param {(result: unknown) => void} validate
 */
function runChain(list, kind, validate, subject, context, byDefault) {
  const chain = list.slice();
  const call = (index, subject, context) => {
    if (index < 0) return byDefault(subject, context);
    let nextCalled = false;
    const next = (nextSubject = subject, overrides = undefined) => {
      nextCalled = true;
      validateString(nextSubject, kind === 'resolve' ? 'specifier' : 'url');
      if (overrides !== undefined) validateObject(overrides, 'context');
      return call(index - 1, nextSubject, merged(context, overrides));
    };
    const result = chain[index][kind](subject, context, next);
    validate(result);
    if (!nextCalled && result.shortCircuit !== true) {
      throw new ERR_INVALID_RETURN_PROPERTY_VALUE('true', kind, 'shortCircuit', result.shortCircuit);
    }
    return result;
  };
  return call(chain.length - 1, subject, context);
}

function validateResolution(result) {
  if (typeof result !== 'object' || result === null) {
    throw new ERR_INVALID_RETURN_VALUE('an object', 'resolve', result);
  }
  const { url, format } = result;
  if (typeof url !== 'string') throw new ERR_INVALID_RETURN_PROPERTY_VALUE('a URL string', 'resolve', 'url', url);
  if (format !== undefined && format !== null && typeof format !== 'string') {
    throw new ERR_INVALID_RETURN_PROPERTY_VALUE('a string', 'resolve', 'format', format);
  }
}

function validateSource(result) {
  if (typeof result !== 'object' || result === null) {
    throw new ERR_INVALID_RETURN_VALUE('an object', 'load', result);
  }
  const { source, format } = result;
  if (typeof source === 'string') return;
  if ((source === undefined || source === null) && (format === 'builtin' || format === 'commonjs')) return;
  const { isAnyArrayBuffer, isArrayBufferView } = require('internal/util/types');
  if (!isAnyArrayBuffer(source) && !isArrayBufferView(source)) {
    throw new ERR_INVALID_RETURN_PROPERTY_VALUE('a string, an ArrayBuffer, or a TypedArray', 'load', 'source', source);
  }
}

/**
 * @param {string} specifier
 * @param {string|undefined} parentURL
 * @param {object|undefined} importAttributes
 * @param {string[]} conditions
 * @param {(specifier: string, context: object) => { url: string, format?: string }} byDefault
 */
function resolveWithHooks(specifier, parentURL, importAttributes, conditions, byDefault) {
  const context = new ModuleResolveContext(parentURL, importAttributes, conditions);
  return runChain(resolveHooks, 'resolve', validateResolution, specifier, context, byDefault);
}

function loadWithHooks(url, format, importAttributes, conditions, byDefault) {
  const context = new ModuleLoadContext(format, importAttributes, conditions);
  return runChain(loadHooks, 'load', validateSource, url, context, byDefault);
}

function hasResolve() {
  return resolveHooks.length > 0;
}

function hasLoad() {
  return loadHooks.length > 0;
}

module.exports = { hasLoad, hasResolve, loadWithHooks, registerHooks, resolveWithHooks };
