'use strict';

// Run in the start-up snapshot; makes the public module util.

const { codes, ErrnoException, ExceptionWithHostPort, hideFrames } = require('internal/errors');
const {
  callbackify,
  convertProcessSignalToExitCode,
  defineLazyProperties,
  deprecate,
  getSystemErrorMap,
  getSystemErrorMessage,
  getSystemErrorName,
  promisify,
} = require('internal/util');
const { debuglog } = require('internal/util/debuglog');
const {
  format,
  formatWithOptions,
  inspect,
  stripVTControlCharacters,
} = require('internal/util/inspect');
const types = require('internal/util/types');
const {
  validateBoolean,
  validateNumber,
  validateObject,
  validateString,
} = require('internal/validators');

const kMaxCallSites = 200;

/** Old-style inheritance: `constructor` gets the prototype methods of `superConstructor`. */
function inherits(ctor, superCtor) {
  if (ctor === undefined || ctor === null) {
    throw new codes.ERR_INVALID_ARG_TYPE('ctor', 'Function', ctor);
  }
  if (superCtor === undefined || superCtor === null) {
    throw new codes.ERR_INVALID_ARG_TYPE('superCtor', 'Function', superCtor);
  }
  if (superCtor.prototype === undefined) {
    throw new codes.ERR_INVALID_ARG_TYPE(
      'superCtor.prototype', 'Object', superCtor.prototype);
  }
  Object.defineProperty(ctor, 'super_', {
    __proto__: null, value: superCtor, writable: true, configurable: true,
  });
  Object.setPrototypeOf(ctor.prototype, superCtor.prototype);
}

function _extend(target, source) {
  if (source === null || typeof source !== 'object') return target;
  for (const key of Object.keys(source)) target[key] = source[key];
  return target;
}

function _errnoException(...args) {
  return hideFrames(new ErrnoException(...args), _errnoException);
}

function _exceptionWithHostPort(...args) {
  return hideFrames(new ExceptionWithHostPort(...args), _exceptionWithHostPort);
}

function isDeepStrictEqual(a, b, skipPrototype) {
  return require('internal/util/comparisons').isDeepStrictEqual(a, b, skipPrototype);
}

function toUSVString(input) {
  return `${input}`.toWellFormed();
}

function parseEnv(content) {
  validateString(content, 'content');
  return internalBinding('util').parseEnv(content);
}

function styleText(textFormat, text, options) {
  return require('internal/util/style_text').styleText(textFormat, text, options);
}

function parseArgs(config = undefined) {
  return require('internal/util/parse_args').parseArgs(config);
}

function diff(actual, expected) {
  return require('internal/util/diff').diff(actual, expected);
}

/** Resolves when `signal` is aborted, unless `resource` is garbage by then. */
async function aborted(signal, resource) {
  return require('internal/abort_controller').aborted(signal, resource);
}

/** Where a call site is in the source that was compiled to it. */
function originalCallSite(callSite) {
  const { findSourceMap } = require('internal/modules/source_map_cache');
  const entry = findSourceMap(callSite.scriptName)
    ?.findEntry(callSite.lineNumber - 1, callSite.column - 1);
  if (entry?.originalSource === undefined) return callSite;
  return {
    __proto__: null,
    functionName: entry.name ?? callSite.functionName,
    scriptId: callSite.scriptId,
    scriptName: entry.originalSource,
    lineNumber: entry.originalLine + 1,
    columnNumber: entry.originalColumn + 1,
    column: entry.originalColumn + 1,
  };
}

/**
 * The functions that are running, nearest caller first.
 * @param {number} [frameCount]
 * @param {{ sourceMap?: boolean }} [options]
 */
function getCallSites(frameCount = 8, options) {
  if (options === undefined && typeof frameCount === 'object') {
    options = frameCount;
    frameCount = 8;
  }
  if (options !== undefined) validateObject(options, 'options');
  if (options?.sourceMap !== undefined) validateBoolean(options.sourceMap, 'options.sourceMap');
  validateNumber(frameCount, 'frameCount', 1, kMaxCallSites);
  if (!Number.isInteger(frameCount)) {
    throw new codes.ERR_OUT_OF_RANGE('frameCount', 'an integer', frameCount);
  }
  const sites = internalBinding('util').getCallSites(frameCount);
  const { getOptionValue } = require('internal/options');
  const maps = options?.sourceMap ??
    (options === undefined && getOptionValue('--enable-source-maps'));
  return maps ? sites.map(originalCallSite) : sites;
}

/** Prints a stack when SIGINT interrupts the program. */
function setTraceSigInt(enable) {
  if (!require('internal/worker/shared').self.isMainThread) {
    throw new codes.ERR_WORKER_UNSUPPORTED_OPERATION('Calling util.setTraceSigInt');
  }
  internalBinding('process').traceSigint(Boolean(enable));
}

module.exports = {
  _errnoException,
  _exceptionWithHostPort,
  _extend: deprecate(
    _extend, 'The `util._extend` API is deprecated. Please use Object.assign() instead.',
    'DEP0060'),
  callbackify,
  convertProcessSignalToExitCode,
  debug: debuglog,
  debuglog,
  deprecate,
  format,
  styleText,
  formatWithOptions,
  getCallSites,
  getSystemErrorMap,
  getSystemErrorName,
  getSystemErrorMessage,
  inherits,
  inspect,
  isArray: deprecate(
    Array.isArray, 'The `util.isArray` API is deprecated. Please use `Array.isArray()` instead.',
    'DEP0044'),
  isDeepStrictEqual,
  promisify,
  stripVTControlCharacters,
  toUSVString,
  aborted,
  types,
  parseEnv,
  parseArgs,
  diff,
  setTraceSigInt,
};

defineLazyProperties(module.exports, 'internal/abort_controller', [
  'transferableAbortSignal', 'transferableAbortController',
]);
defineLazyProperties(module.exports, 'internal/encoding', ['TextDecoder', 'TextEncoder']);
defineLazyProperties(module.exports, 'internal/util/mime', ['MIMEType', 'MIMEParams']);
