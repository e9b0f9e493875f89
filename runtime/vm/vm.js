'use strict';
// The public module `vm`: scripts and functions compiled on request, contexts of their own. Evaluated when a program
// requires it; the work is done by internalBinding('contextify').

const { codes: {
  ERR_INVALID_ARG_TYPE,
} } = require('internal/errors');
const {
  validateArray, validateBoolean, validateBuffer, validateInt32, validateObject, validateOneOf, validateString,
  validateStringArray, validateUint32, kValidateObjectAllowObjects,
} = require('internal/validators');
const { getOptionValue } = require('internal/options');
const { hostSymbolFor, kDefaultLoader, kVanilla } = require('internal/vm');
const binding = internalBinding('contextify');
const { ContextifyScript } = binding;

function isContext(object) {
  if (typeof object !== 'object' || object === null) throw new ERR_INVALID_ARG_TYPE('object', 'Object', object);
  return binding.isContext(object);
}

function requireContext(object, name = 'contextifiedObject') {
  if (!isContext(object)) {
    throw new ERR_INVALID_ARG_TYPE(name, 'vm.Context', object);
  }
}

/** Line and column of a text in its file. */
function offsetsOf(options) {
  const { lineOffset = 0, columnOffset = 0 } = options;
  validateInt32(lineOffset, 'options.lineOffset');
  validateInt32(columnOffset, 'options.columnOffset');
  return [lineOffset, columnOffset];
}

function validateCachedData(cachedData) {
  if (cachedData === undefined) return;
  const { isArrayBufferView } = require('internal/util/types');
  if (!isArrayBufferView(cachedData)) {
    throw new ERR_INVALID_ARG_TYPE('options.cachedData', ['Buffer', 'TypedArray', 'DataView'], cachedData);
  }
}

function asBuffer(bytes) {
  const { Buffer } = require('buffer');
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

class Script extends ContextifyScript {
  constructor(code, options = {}) {
    code = `${code}`;
    if (typeof options === 'string') {
      options = { filename: options };
    } else {
      validateObject(options, 'options');
    }
    const { filename = 'evalmachine.<anonymous>', cachedData, produceCachedData = false,
            importModuleDynamically } = options;
    validateString(filename, 'options.filename');
    const [line, column] = offsetsOf(options);
    validateCachedData(cachedData);
    validateBoolean(produceCachedData, 'options.produceCachedData');
    const owner = {};
    const hostSymbol = hostSymbolFor(importModuleDynamically, filename, owner);
    super(code, filename, line, column, cachedData, hostSymbol, options[parsingContext] ?? null);
    owner.referrer = new WeakRef(this);
    this.cachedDataRejected = this.cachedDataRejectedState();
    if (this.cachedDataRejected === undefined) delete this.cachedDataRejected;
    if (produceCachedData) {
      this.cachedDataProduced = true;
      this.cachedData = this.createCachedData();
    }
    this.sourceMapURL = this.sourceMapUrl();
  }

  createCachedData() {
    return asBuffer(super.createCachedData());
  }

  runInThisContext(options) {
    const limits = limitsOf(options);
    if (takesSigint(limits)) return withoutSigintListeners(this, null, limits);
    return runScript.call(this, null, ...limits);
  }

  runInContext(contextifiedObject, options) {
    requireContext(contextifiedObject);
    const limits = limitsOf(options);
    if (takesSigint(limits)) return withoutSigintListeners(this, contextifiedObject, limits);
    return runScript.call(this, contextifiedObject, ...limits);
  }

  runInNewContext(contextObject, options) {
    const context = createContext(contextObject, contextOptionsOf(options));
    return this.runInContext(context, options);
  }
}

/** Set by the run functions: the context whose code generation rules the text is parsed under. */
const parsingContext = Symbol('parsingContext');

const runScript = ContextifyScript.prototype.runInContext;

/** What a run's options say: [timeout, displayErrors, breakOnSigint]. */
function limitsOf(options = {}) {
  validateObject(options, 'options');
  const { timeout = -1, displayErrors = true, breakOnSigint = false } = options;
  if (options.timeout !== undefined) validateUint32(timeout, 'options.timeout', true);
  validateBoolean(displayErrors, 'options.displayErrors');
  validateBoolean(breakOnSigint, 'options.breakOnSigint');
  return [timeout, displayErrors, breakOnSigint];
}

function takesSigint([,, breakOnSigint]) {
  return breakOnSigint && process.listenerCount('SIGINT') > 0;
}

/** A run that Ctrl-C breaks takes the signal from the program's own listeners. */
function withoutSigintListeners(script, context, limits) {
  const listeners = process.rawListeners('SIGINT');
  process.removeAllListeners('SIGINT');
  try {
    return runScript.call(script, context, ...limits);
  } finally {
    for (const listener of listeners) process.addListener('SIGINT', listener);
  }
}

function contextOptionsOf(options) {
  if (options === undefined || options === null) return undefined;
  if (typeof options === 'string') return {};
  validateObject(options, 'options');
  const { contextName: name, contextOrigin: origin, contextCodeGeneration: codeGeneration, microtaskMode } = options;
  if (name !== undefined) validateString(name, 'options.contextName');
  if (origin !== undefined) validateString(origin, 'options.contextOrigin');
  if (codeGeneration !== undefined) {
    validateObject(codeGeneration, 'options.contextCodeGeneration');
    const { strings, wasm } = codeGeneration;
    if (strings !== undefined) validateBoolean(strings, 'options.contextCodeGeneration.strings');
    if (wasm !== undefined) validateBoolean(wasm, 'options.contextCodeGeneration.wasm');
  }
  if (microtaskMode !== undefined) validateString(microtaskMode, 'options.microtaskMode');
  return { name, origin, codeGeneration, microtaskMode };
}

let contextCount = 0;

function createContext(contextObject = {}, options = {}) {
  const vanilla = contextObject === kVanilla;
  if (!vanilla && isContext(contextObject)) return contextObject;
  validateObject(options, 'options');
  const { name = `VM Context ${++contextCount}`, origin, codeGeneration, microtaskMode,
          importModuleDynamically } = options;
  validateString(name, 'options.name');
  if (origin !== undefined) validateString(origin, 'options.origin');
  if (codeGeneration !== undefined) validateObject(codeGeneration, 'options.codeGeneration');
  const { strings = true, wasm = true } = codeGeneration ?? {};
  validateBoolean(strings, 'options.codeGeneration.strings');
  validateBoolean(wasm, 'options.codeGeneration.wasm');
  validateOneOf(microtaskMode, 'options.microtaskMode', ['afterEvaluate', undefined]);
  const owner = {};
  const hostSymbol = hostSymbolFor(importModuleDynamically, name, owner);
  const global = binding.makeContext(vanilla ? null : contextObject, strings, wasm,
                                     microtaskMode === 'afterEvaluate', hostSymbol, name, origin ?? '');
  const result = vanilla ? global : contextObject;
  if (getOptionValue('--disable-proto')) {
    const object = new ContextifyScript('({})', 'vm', 0, 0, undefined, hostSymbol, null).runInContext(result, -1, true, false);
    require('internal/bootstrap/proto').restrict(Object.getPrototypeOf(object));
  }
  owner.referrer = new WeakRef(result);
  return result;
}

function createScript(code, options) {
  return new Script(code, options);
}

function runInContext(code, contextifiedObject, options) {
  requireContext(contextifiedObject);
  options = typeof options === 'string' ? { filename: options } : { ...options };
  options[parsingContext] = contextifiedObject;
  return createScript(code, options).runInContext(contextifiedObject, options);
}

function runInNewContext(code, contextObject, options) {
  if (typeof options === 'string') options = { filename: options };
  const context = createContext(contextObject, contextOptionsOf(options));
  options = { ...options, [parsingContext]: context };
  return createScript(code, options).runInNewContext(context, options);
}

function runInThisContext(code, options) {
  if (typeof options === 'string') options = { filename: options };
  return createScript(code, options).runInThisContext(options);
}

function compileFunction(code, params, options = {}) {
  validateString(code, 'code');
  validateObject(options, 'options');
  if (params !== undefined) validateStringArray(params, 'params');
  const { filename = '', cachedData, produceCachedData = false, parsingContext: context,
          contextExtensions = [], importModuleDynamically } = options;
  validateString(filename, 'options.filename');
  const { columnOffset = 0, lineOffset = 0 } = options;
  validateInt32(columnOffset, 'options.columnOffset');
  validateInt32(lineOffset, 'options.lineOffset');
  if (cachedData !== undefined) validateBuffer(cachedData, 'options.cachedData');
  validateBoolean(produceCachedData, 'options.produceCachedData');
  if (context !== undefined && (typeof context !== 'object' || context === null || !isContext(context))) {
    throw new ERR_INVALID_ARG_TYPE('options.parsingContext', 'Context', context);
  }
  validateArray(contextExtensions, 'options.contextExtensions');
  contextExtensions.forEach((extension, i) => {
    validateObject(extension, `options.contextExtensions[${i}]`, kValidateObjectAllowObjects);
  });
  const owner = {};
  const hostSymbol = hostSymbolFor(importModuleDynamically, filename, owner);
  const result = binding.compileFunction(code, filename, lineOffset, columnOffset, cachedData, produceCachedData,
                                         context ?? null, contextExtensions, params ?? null, hostSymbol);
  const compiled = result.function;
  owner.referrer = new WeakRef(compiled);
  compiled.cachedDataRejected = result.cachedDataRejected;
  if (compiled.cachedDataRejected === undefined) delete compiled.cachedDataRejected;
  if (produceCachedData) {
    compiled.cachedDataProduced = result.cachedDataProduced;
    if (result.cachedData !== undefined) compiled.cachedData = asBuffer(result.cachedData);
  }
  return compiled;
}

const measureModes = ['summary', 'detailed'];

function measureMemory(options = {}) {
  require('internal/util').emitExperimentalWarning('vm.measureMemory');
  validateObject(options, 'options');
  const { mode = 'summary', execution = 'default' } = options;
  validateOneOf(mode, 'options.mode', measureModes);
  validateOneOf(execution, 'options.execution', ['default', 'eager']);
  return binding.measureMemory(mode === 'detailed', execution === 'eager');
}

const constants = Object.freeze({
  __proto__: null,
  USE_MAIN_CONTEXT_DEFAULT_LOADER: kDefaultLoader,
  DONT_CONTEXTIFY: kVanilla,
});

module.exports = {
  Script,
  createContext,
  createScript,
  runInContext,
  runInNewContext,
  runInThisContext,
  isContext,
  compileFunction,
  measureMemory,
  constants,
};

/** Module classes are there with --experimental-vm-modules only. */
require('internal/vm/module_exports').addTo(module.exports);
