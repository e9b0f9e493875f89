'use strict';

// Run when the first built-in is loaded, in the start-up snapshot; makes the error classes that every built-in throws.
// `codes.ERR_X` constructs an error whose class, message and `code` are the ones Node documents; the data behind it is in
// codes.js (fixed texts), computed_codes.js (computed ones) and native_codes.js (texts of Node's native half).

const fixedCodes = require('internal/errors/codes');
const nativeCodes = require('internal/errors/native_codes');
const computedCodes = require('internal/errors/computed_codes');
const { determineSpecificType, formatList } = require('internal/errors/format');
const { kIsNodeError } = require('internal/errors/stack');
const system = require('internal/errors/system');
const stack = require('internal/errors/stack');

const bases = { __proto__: null, Error, TypeError, RangeError, SyntaxError, URIError };

// Errors are made while a program runs, which may have replaced these.
const { create, defineProperty, hasOwn } = Object;
const { apply, construct } = Reflect;
const { split } = String.prototype;

// Those that were asked for: most are not, in most processes.
const made = { __proto__: null };

/** @type {Record<string, new (...args: any[]) => Error & { code: string }>} */
const codes = new Proxy(made, {
  __proto__: null,
  get: (classes, code) => classes[code] ?? make(code),
  has: (classes, code) => (classes[code] ?? make(code)) !== undefined,
});

function errorToString() {
  return `${this.name} [${this.code}]: ${this.message}`;
}

// Instances are told from plain errors only by a marker and toString(): their class must read as the base's.
const prototypes = { __proto__: null };
function prototypeFor(Base) {
  let prototype = prototypes[Base.name];
  if (prototype === undefined) {
    prototype = create(Base.prototype, {
      constructor: { __proto__: null, value: Base, writable: true, configurable: true },
      toString: { __proto__: null, value: errorToString, writable: true, configurable: true },
      [kIsNodeError]: { __proto__: null, value: true, configurable: true },
    });
    prototypes[Base.name] = prototype;
  }
  return prototype;
}

function makeClass(code, Base, messageOf) {
  function NodeError(...args) {
    // The stack starts at the caller: V8 leaves out the frames up to and with new.target.
    const error = construct(Base, [], NodeError);
    error.code = code;
    const message = typeof messageOf === 'string' ? fillIn(messageOf, args) :
      apply(messageOf, undefined, prepend(error, args));
    defineProperty(error, 'message', {
      __proto__: null, value: message, writable: true, configurable: true,
    });
    return error;
  }
  NodeError.prototype = prototypeFor(Base);
  return NodeError;
}

function describe(value) {
  if (typeof value === 'string') return value;
  return require('internal/util/inspect').format('%s', value);
}

function prepend(first, list) {
  const result = [first];
  for (let i = 0; i < list.length; i++) result[i + 1] = list[i];
  return result;
}

/** `template` with its arguments where it has `%s`. */
function fillIn(template, args) {
  const pieces = apply(split, template, ['%s']);
  let message = pieces[0];
  for (let i = 1; i < pieces.length; i++) message += describe(args[i - 1]) + pieces[i];
  return message;
}

/**
 * Defines `codes[code]`.
 * @param {string} code
 * @param {string | ((...args: any[]) => string)} message text with `%s` for arguments, or its maker, whose `this` is
 *   the error
 * @param {ErrorConstructor} Base
 * @param {...ErrorConstructor} variants further classes, as `codes[code].RangeError`
 */
function E(code, message, Base, ...variants) {
  if (Base === system.SystemError) {
    made[code] = system.makeSystemErrorClass(code, message);
    return;
  }
  define(code, typeof message === 'string' ? message : (error, ...args) => apply(message, error, args), Base, variants);
}

/** @param {string | ((error: Error, ...args: any[]) => string)} messageOf */
function define(code, messageOf, Base, variants = []) {
  const definition = makeClass(code, Base, messageOf);
  for (let i = 0; i < variants.length; i++) definition[variants[i].name] = makeClass(code, variants[i], messageOf);
  made[code] = definition;
}

/** The class of a code that the tables have; undefined when they do not. */
function make(code) {
  if (hasOwn(system.systemErrorMessages, code)) {
    E(code, system.systemErrorMessages[code], system.SystemError);
  } else if (hasOwn(computedCodes, code)) {
    const rule = computedCodes[code];
    define(code, rule[1], rule[0], rule[2]);
  } else if (!makeNative(code)) {
    const base = baseIn(fixedCodes, code);
    if (base !== undefined) E(code, fixedCodes[base][code], bases[base]);
  }
  return made[code];
}

/** Plain errors, but for their code: nothing says that there is one unless they are looked into. */
function makeNativeClass(code, Base, text) {
  function NativeError(message = text) {
    const error = construct(Base, [message], NativeError);
    error.code = code;
    return error;
  }
  NativeError.prototype = Base.prototype;
  return NativeError;
}

function makeNative(code) {
  const base = baseIn(nativeCodes, code);
  if (base === undefined) return false;
  made[code] = makeNativeClass(code, bases[base], nativeCodes[base][code]);
  return true;
}

/** The name of the class under which a table has the code. */
function baseIn(table, code) {
  for (const base in bases) {
    if (hasOwn(table, base) && hasOwn(table[base], code)) return base;
  }
  return undefined;
}

/** Thrown where a cancelled operation is given up. */
class AbortError extends Error {
  constructor(message = 'The operation was aborted', options = undefined) {
    if (options !== undefined && typeof options !== 'object') {
      throw new codes.ERR_INVALID_ARG_TYPE('options', 'Object', options);
    }
    super(message, options);
    this.code = 'ABORT_ERR';
    this.name = 'AbortError';
  }
}

class ConnResetException extends Error {
  constructor(message) {
    super(message);
    this.code = 'ECONNRESET';
  }

  get ['constructor']() {
    return Error;
  }
}

class NodeAggregateError extends AggregateError {
  constructor(errors, message) {
    super(errors, message);
    this.code = errors[0]?.code;
  }

  get [kIsNodeError]() {
    return true;
  }

  get ['constructor']() {
    return AggregateError;
  }
}

/** One error for the two that happened; the outer one gives message and code. */
function aggregateTwoErrors(innerError, outerError) {
  if (!innerError || !outerError || innerError === outerError) return innerError || outerError;
  if (Array.isArray(outerError.errors)) {
    outerError.errors.push(innerError);
    return outerError;
  }
  const error = stack.withoutStack(
    () => new AggregateError([outerError, innerError], outerError.message));
  Error.captureStackTrace(error, aggregateTwoErrors);
  error.code = outerError.code;
  return error;
}

/** An error that is not documented as a code, with the given properties. */
function genericNodeError(message, properties) {
  const error = new Error(message);
  return Object.assign(error, properties);
}

function isErrorLike(value) {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'stack');
}

let stackOverflowName;
let stackOverflowMessage;

/** Whether V8 threw `error` because the stack was exhausted. */
function isStackOverflowError(error) {
  if (stackOverflowMessage === undefined) {
    try {
      const overflow = () => overflow();
      overflow();
    } catch (overflowError) {
      stackOverflowName = overflowError.name;
      stackOverflowMessage = overflowError.message;
    }
  }
  return error !== null && error !== undefined && error.name === stackOverflowName &&
    error.message === stackOverflowMessage;
}

module.exports = {
  AbortError,
  ConnResetException,
  DNSException: system.DNSException,
  E,
  ErrnoException: system.ErrnoException,
  ExceptionWithHostPort: system.ExceptionWithHostPort,
  NodeAggregateError,
  SystemError: system.SystemError,
  UVException: system.UVException,
  UVExceptionWithHostPort: system.UVExceptionWithHostPort,
  aggregateTwoErrors,
  codes,
  determineSpecificType,
  formatList,
  genericNodeError,
  hideFrames: stack.hideFrames,
  hideStackFrames: stack.hideStackFrames,
  isErrorLike,
  isErrorStackTraceLimitWritable: stack.isErrorStackTraceLimitWritable,
  isStackOverflowError,
  kIsNodeError,
  overrideStackTrace: stack.overrideStackTrace,
  uvErrmapGet: system.uvErrmapGet,
};
