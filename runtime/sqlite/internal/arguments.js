'use strict';

// Validation of what programs pass to node:sqlite. Run once per realm, on first use of it.

const { invalidArgument, nativeError } = require('internal/sqlite/native_class');
const { isUint8Array } = require('internal/util/types');
const { limitNames, openFlags } = internalBinding('sqlite');

const kMaxInt32 = 2 ** 31 - 1;

function isObject(value) {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

// Not -0, which is no integer to V8.
function isInt32(value) {
  return typeof value === 'number' && (value | 0) === value && !Object.is(value, -0);
}

function checkObject(value, name) {
  if (!isObject(value)) throw invalidArgument(`The "${name}" argument must be an object.`);
}

function checkString(value, name) {
  if (typeof value !== 'string') throw invalidArgument(`The "${name}" argument must be a string.`);
}

function checkBoolean(value, name) {
  if (typeof value !== 'boolean') throw invalidArgument(`The "${name}" argument must be a boolean.`);
}

function checkFunction(value, name) {
  if (typeof value !== 'function') throw invalidArgument(`The "${name}" argument must be a function.`);
}

function checkUint8Array(value, name) {
  if (!isUint8Array(value)) throw invalidArgument(`The "${name}" argument must be a Uint8Array.`);
}

/** An option that is true, false or not there. */
function booleanOption(options, name, otherwise) {
  const value = options[name];
  if (value === undefined) return otherwise;
  checkBoolean(value, `options.${name}`);
  return value;
}

/** A path as the native side takes it: a string or bytes. That of a URL is the URL, which may have a query. */
function databasePath(path) {
  if (typeof path === 'string') {
    if (!path.includes('\0')) return path;
  } else if (isUint8Array(path)) {
    // A copy: the database may be opened later.
    if (!path.includes(0)) return new Uint8Array(path);
  } else if (isObject(path) && typeof path.href === 'string') {
    const { href } = path;
    if (!href.startsWith('file:')) {
      throw nativeError(TypeError, 'ERR_INVALID_URL_SCHEME', 'The URL must be of scheme file:');
    }
    if (!href.includes('\0')) return href;
  }
  throw invalidArgument('The "path" argument must be a string, Uint8Array, or URL without null bytes.');
}

function limitOption(limits, name) {
  const value = limits[name];
  if (value === undefined) return -1;
  if (!isInt32(value)) throw invalidArgument(`The "options.limits.${name}" argument must be an integer.`);
  if (value < 0) {
    throw nativeError(RangeError, 'ERR_OUT_OF_RANGE', `The "options.limits.${name}" argument must be non-negative.`);
  }
  return value;
}

/** The options of a statement that its database has for all of its statements. */
function statementDefaults(options) {
  return {
    readBigInts: booleanOption(options, 'readBigInts', false),
    returnArrays: booleanOption(options, 'returnArrays', false),
    allowBareNamedParameters: booleanOption(options, 'allowBareNamedParameters', true),
    allowUnknownNamedParameters: booleanOption(options, 'allowUnknownNamedParameters', false),
  };
}

/** The options of a database, read in Node's order. */
function databaseOptions(options) {
  const open = booleanOption(options, 'open', true);
  let flags = booleanOption(options, 'readOnly', false) ? openFlags.readOnly : 0;
  if (booleanOption(options, 'enableForeignKeyConstraints', true)) flags |= openFlags.foreignKeys;
  if (booleanOption(options, 'enableDoubleQuotedStringLiterals', false)) flags |= openFlags.doubleQuotedStrings;
  const allowExtension = booleanOption(options, 'allowExtension', false);
  if (allowExtension) flags |= openFlags.extensions;
  const { timeout = 0 } = options;
  if (!isInt32(timeout)) throw invalidArgument('The "options.timeout" argument must be an integer.');
  const statements = statementDefaults(options);
  if (booleanOption(options, 'defensive', true)) flags |= openFlags.defensive;
  const { limits } = options;
  if (limits !== undefined) checkObject(limits, 'options.limits');
  return {
    open, flags, allowExtension, timeout, statements,
    limits: limits === undefined ? [] : limitNames.map((name) => limitOption(limits, name)),
  };
}

/** The options of prepare(): those that are not given are the database's. */
function statementOptions(options, defaults) {
  const returnArrays = booleanOption(options, 'returnArrays', defaults.returnArrays);
  const readBigInts = booleanOption(options, 'readBigInts', defaults.readBigInts);
  return {
    readBigInts,
    returnArrays,
    allowBareNamedParameters:
      booleanOption(options, 'allowBareNamedParameters', defaults.allowBareNamedParameters),
    allowUnknownNamedParameters:
      booleanOption(options, 'allowUnknownNamedParameters', defaults.allowUnknownNamedParameters),
  };
}

module.exports = {
  booleanOption,
  checkBoolean,
  checkFunction,
  checkObject,
  checkString,
  checkUint8Array,
  databaseOptions,
  databasePath,
  isInt32,
  isObject,
  kMaxInt32,
  statementOptions,
};
