'use strict';

// Run with internal/errors; makes the helpers that shape the `stack` of errors: which frames it starts with, and (as the
// function V8 calls when `stack` is first read) how it is written. Native code is handed prepareStackTrace when a
// process starts.

const { onStart } = require('internal/bootstrap/startup');

const kIsNodeError = Symbol('kIsNodeError');

/** Formatters for single errors, for built-ins that need the frames of an error: error -> (error, frames) => any. */
const overrideStackTrace = new WeakMap();

const errorToString = Error.prototype.toString;

function headerOf(error) {
  try {
    if (kIsNodeError in error) return `${error.name} [${error.code}]: ${error.message}`;
    return Reflect.apply(errorToString, error, []);
  } catch {
    return '<error>';
  }
}

function formatStack(error, frames) {
  const header = headerOf(error);
  return frames.length === 0 ? header : `${header}\n    at ${frames.join('\n    at ')}`;
}

/** The initial value of Error.prepareStackTrace; programs replace it or call it. */
function ErrorPrepareStackTrace(error, frames) {
  return sourceMapFormatter === undefined ? formatStack(error, frames) : sourceMapFormatter(headerOf(error), error, frames);
}

let sourceMapFormatter;

/** Installs the formatter that translates positions through source maps. */
function setSourceMapFormatter(formatter) {
  sourceMapFormatter = formatter;
}

// Globals of shadow realms, whose errors are nobody's business outside.
const shadowGlobals = new WeakSet();

function isCustomised(constructor) {
  const custom = constructor?.prepareStackTrace;
  return typeof custom === 'function' && custom !== ErrorPrepareStackTrace;
}

/**
 * V8 calls this once per error, when its `stack` is read first.
 * @param {object} global of the context the error was made in
 * @param {object} error
 * @param {NodeJS.CallSite[]} frames
 */
function prepareStackTrace(global, error, frames) {
  const override = overrideStackTrace.get(error);
  if (override !== undefined) {
    overrideStackTrace.delete(error);
    return override(error, frames);
  }
  // Errors of a vm context are the business of that context's Error, then of the program's.
  if (isCustomised(global.Error)) return global.Error.prepareStackTrace(error, frames);
  if (!shadowGlobals.has(global) && isCustomised(Error)) return Error.prepareStackTrace(error, frames);
  return ErrorPrepareStackTrace(error, frames);
}

function isErrorStackTraceLimitWritable() {
  const descriptor = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit');
  if (descriptor === undefined) return Object.isExtensible(Error);
  return descriptor.writable ?? descriptor.set !== undefined;
}

/** Makes an error without paying for a stack that is going to be captured again. */
function withoutStack(make) {
  if (!isErrorStackTraceLimitWritable()) return make();
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return make();
  } finally {
    Error.stackTraceLimit = limit;
  }
}

/** Lets the stack of `error` start at the caller of `fn`; returns the error. */
function hideFrames(error, fn) {
  Error.captureStackTrace(error, fn);
  return error;
}

/** Wraps `fn` so that the errors it throws seem to come from its caller. */
function hideStackFrames(fn) {
  function wrapped(...args) {
    try {
      return Reflect.apply(fn, this, args);
    } catch (error) {
      if (Error.stackTraceLimit && typeof error === 'object' && error !== null) {
        Error.captureStackTrace(error, wrapped);
      }
      throw error;
    }
  }
  wrapped.withoutStackTrace = fn;
  return wrapped;
}

Object.defineProperty(Error, 'prepareStackTrace', {
  __proto__: null,
  value: ErrorPrepareStackTrace,
  writable: true,
  configurable: true,
});

onStart(() => internalBinding('errors').setPrepareStackTrace(prepareStackTrace));

module.exports = {
  ErrorPrepareStackTrace,
  headerOf,
  hideFrames,
  hideStackFrames,
  isErrorStackTraceLimitWritable,
  kIsNodeError,
  overrideStackTrace,
  prepareStackTrace,
  setSourceMapFormatter,
  shadowGlobals,
  withoutStack,
};
