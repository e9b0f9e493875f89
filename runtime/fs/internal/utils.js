'use strict';
// Argument handling that every face of fs shares: paths, descriptors, flags, modes, positions, options.
// Used by all modules of runtime/fs and by those that take a path or a descriptor the way fs does.

const { Buffer } = require('buffer');
const { isArrayBufferView, isDate, isUint8Array } = require('internal/util/types');
const {
  codes: {
    ERR_INCOMPATIBLE_OPTION_PAIR,
    ERR_INVALID_ARG_TYPE,
    ERR_INVALID_ARG_VALUE,
    ERR_OUT_OF_RANGE,
  },
  hideStackFrames,
} = require('internal/errors');
const {
  validateAbortSignal,
  validateBoolean,
  validateFunction,
  validateInt32,
  validateInteger,
  validateObject,
  validateUint32,
} = require('internal/validators');
const { toPathIfFileURL } = require('internal/url');
const { kEmptyObject } = require('internal/util');
const binding = internalBinding('fs');

const constants = Object.freeze(Object.assign(Object.create(null), binding.constants));
const {
  F_OK, O_APPEND, O_CREAT, O_EXCL, O_RDONLY, O_RDWR, O_SYNC, O_TRUNC, O_WRONLY,
} = constants;

// The most that one read or write moves, and the largest file that readFile takes.
const kIoMaxLength = 2 ** 31 - 1;
const kMaxAccessMode = constants.R_OK | constants.W_OK | constants.X_OK;
const kMaxCopyMode = constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE |
                     constants.COPYFILE_FICLONE_FORCE;

const flagNames = new Map([
  ['r', O_RDONLY],
  ['rs', O_RDONLY | O_SYNC], ['sr', O_RDONLY | O_SYNC],
  ['r+', O_RDWR],
  ['rs+', O_RDWR | O_SYNC], ['sr+', O_RDWR | O_SYNC],
  ['w', O_TRUNC | O_CREAT | O_WRONLY],
  ['wx', O_TRUNC | O_CREAT | O_WRONLY | O_EXCL], ['xw', O_TRUNC | O_CREAT | O_WRONLY | O_EXCL],
  ['w+', O_TRUNC | O_CREAT | O_RDWR],
  ['wx+', O_TRUNC | O_CREAT | O_RDWR | O_EXCL], ['xw+', O_TRUNC | O_CREAT | O_RDWR | O_EXCL],
  ['a', O_APPEND | O_CREAT | O_WRONLY],
  ['ax', O_APPEND | O_CREAT | O_WRONLY | O_EXCL], ['xa', O_APPEND | O_CREAT | O_WRONLY | O_EXCL],
  ['as', O_APPEND | O_CREAT | O_WRONLY | O_SYNC], ['sa', O_APPEND | O_CREAT | O_WRONLY | O_SYNC],
  ['a+', O_APPEND | O_CREAT | O_RDWR],
  ['ax+', O_APPEND | O_CREAT | O_RDWR | O_EXCL], ['xa+', O_APPEND | O_CREAT | O_RDWR | O_EXCL],
  ['as+', O_APPEND | O_CREAT | O_RDWR | O_SYNC], ['sa+', O_APPEND | O_CREAT | O_RDWR | O_SYNC],
]);

/** fs.open's flags as the number open(2) takes; 'r' when absent. */
function stringToFlags(flags, name = 'flags') {
  if (typeof flags === 'number') {
    validateInt32(flags, name);
    return flags;
  }
  if (flags == null) return O_RDONLY;
  const value = flagNames.get(flags);
  if (value === undefined) throw new ERR_INVALID_ARG_VALUE(name, flags);
  return value;
}

const validatePath = hideStackFrames((path, name) => {
  if (typeof path === 'string') {
    if (!path.includes('\0')) return;
  } else if (isUint8Array(path)) {
    if (!Buffer.prototype.includes.call(path, 0)) return;
  } else {
    throw new ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'URL'], path);
  }
  throw new ERR_INVALID_ARG_VALUE(name, path,
                                  'must be a string, Uint8Array, or URL without null bytes');
});

/** @returns {string | Uint8Array} the path of a string, Buffer or file: URL without NUL bytes */
const getValidatedPath = hideStackFrames((pathOrUrl, name = 'path') => {
  const path = toPathIfFileURL(pathOrUrl);
  validatePath(path, name);
  return path;
});

const getValidatedFd = hideStackFrames((fd, name = 'fd') => {
  if (Object.is(fd, -0)) return 0;
  validateInt32(fd, name, 0);
  return fd;
});

function getAccessMode(mode) {
  if (mode == null) return F_OK;
  validateInteger(mode, 'mode', F_OK, kMaxAccessMode);
  return mode;
}

function getCopyMode(mode) {
  if (mode == null) return 0;
  validateInteger(mode, 'mode', 0, kMaxCopyMode);
  return mode;
}

const validateCallback = hideStackFrames((callback) => {
  validateFunction(callback, 'cb');
  return callback;
});

function assertEncoding(encoding) {
  if (encoding && encoding !== 'buffer' && !Buffer.isEncoding(encoding)) {
    throw new ERR_INVALID_ARG_VALUE('encoding', encoding, 'is invalid encoding');
  }
}

/** Options that may also be an encoding, or (in a callback's place) a function. */
function getOptions(options, defaults = kEmptyObject) {
  if (options == null || typeof options === 'function') return defaults;
  if (typeof options === 'string') {
    defaults = { ...defaults, encoding: options };
    options = defaults;
  } else if (typeof options !== 'object') {
    throw new ERR_INVALID_ARG_TYPE('options', ['string', 'Object'], options);
  }
  assertEncoding(options.encoding);
  if (options.signal !== undefined) validateAbortSignal(options.signal, 'options.signal');
  return options;
}

/** A copy of the options with the defaults filled in; setting fields of it does not reach the user's. */
function copyObject(source) {
  const target = {};
  for (const key in source) target[key] = source[key];  // Inherited ones count too.
  return target;
}

function isUtf8(encoding) {
  return encoding == null || encoding === 'utf8' || encoding === 'utf-8';
}

/** A name that came as bytes, in the encoding that the options ask for. */
function encodeName(bytes, encoding) {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return encoding === 'buffer' ? buffer : buffer.toString(encoding);
}

/** Seconds since 1970, from a number, a numeric string or a Date. */
function toUnixTimestamp(time, name = 'time') {
  // A string in place of a number has always been accepted, by its loosely equal value.
  // eslint-disable-next-line eqeqeq
  if (typeof time === 'string' && +time == time) return +time;
  if (Number.isFinite(time)) return time < 0 ? Date.now() / 1000 : time;
  if (isDate(time)) return Date.prototype.getTime.call(time) / 1000;
  throw new ERR_INVALID_ARG_TYPE(name, ['Date', 'Time in seconds'], time);
}

const validateOffsetLengthRead = hideStackFrames((offset, length, bufferLength) => {
  if (offset < 0) throw new ERR_OUT_OF_RANGE('offset', '>= 0', offset);
  if (length < 0) throw new ERR_OUT_OF_RANGE('length', '>= 0', length);
  if (offset + length > bufferLength) {
    throw new ERR_OUT_OF_RANGE('length', `<= ${bufferLength - offset}`, length);
  }
});

const validateOffsetLengthWrite = hideStackFrames((offset, length, byteLength) => {
  if (offset > byteLength) throw new ERR_OUT_OF_RANGE('offset', `<= ${byteLength}`, offset);
  if (length > byteLength - offset) {
    throw new ERR_OUT_OF_RANGE('length', `<= ${byteLength - offset}`, length);
  }
  if (length < 0) throw new ERR_OUT_OF_RANGE('length', '>= 0', length);
  validateInt32(length, 'length', 0);
});

/** A position to read from: null or -1 for the current one. */
const validatePosition = hideStackFrames((position, name, length) => {
  if (typeof position === 'number') {
    validateInteger(position, name, -1);
  } else if (typeof position === 'bigint') {
    const max = 2n ** 63n - 1n - BigInt(length);
    if (position < -1n || position > max) {
      throw new ERR_OUT_OF_RANGE(name, `>= -1 && <= ${max}`, position);
    }
  } else {
    throw new ERR_INVALID_ARG_TYPE(name, ['integer', 'bigint'], position);
  }
});

/** The views in an array, in one of our own: asked for again, the user's might answer otherwise, or have a gap. */
const validateBufferArray = hideStackFrames((buffers, name = 'buffers') => {
  if (!Array.isArray(buffers)) throw new ERR_INVALID_ARG_TYPE(name, 'ArrayBufferView[]', buffers);
  const views = [];
  for (let i = 0; i < buffers.length; i++) {
    views[i] = buffers[i];
    if (!isArrayBufferView(views[i])) throw new ERR_INVALID_ARG_TYPE(name, 'ArrayBufferView[]', buffers);
  }
  return views;
});

const validateStringOrView = hideStackFrames((data, name) => {
  if (typeof data !== 'string' && !isArrayBufferView(data)) {
    throw new ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'TypedArray', 'DataView'], data);
  }
});

const rmDefaults = { force: false, maxRetries: 0, recursive: false, retryDelay: 100 };

/** The options of rm, without a look at the file system. */
const validateRmOptions = hideStackFrames((options) => {
  if (options === undefined) return { ...rmDefaults };
  validateObject(options, 'options');
  const result = { ...rmDefaults, ...options };
  validateBoolean(result.force, 'options.force');
  validateBoolean(result.recursive, 'options.recursive');
  validateInt32(result.retryDelay, 'options.retryDelay', 0);
  validateUint32(result.maxRetries, 'options.maxRetries');
  return result;
});

const cpDefaults = {
  dereference: false,
  errorOnExist: false,
  filter: undefined,
  force: true,
  preserveTimestamps: false,
  recursive: false,
  verbatimSymlinks: false,
};

const validateCpOptions = hideStackFrames((options) => {
  if (options !== undefined) validateObject(options, 'options');
  const result = { ...cpDefaults, ...options };
  for (const name of ['dereference', 'errorOnExist', 'force', 'preserveTimestamps', 'recursive',
                      'verbatimSymlinks']) {
    validateBoolean(result[name], `options.${name}`);
  }
  result.mode = getCopyMode(result.mode);
  if (result.dereference === true && result.verbatimSymlinks === true) {
    throw new ERR_INCOMPATIBLE_OPTION_PAIR('dereference', 'verbatimSymlinks');
  }
  if (result.filter !== undefined) validateFunction(result.filter, 'options.filter');
  return result;
});

/**
 * Runs a native function with a callback and gives a promise for its result. A rejection's stack shows the chain of
 * awaits instead of nothing: the error was made outside of JavaScript.
 */
function callAsPromise(native, ...args) {
  return new Promise((resolve, reject) => {
    native(...args, (error, value) => {
      if (error) reject(error);
      else resolve(value);
    });
  }).catch(rethrowWithStack);
}

function rethrowWithStack(error) {
  Error.captureStackTrace(error, rethrowWithStack);
  throw error;
}

module.exports = {
  assertEncoding,
  callAsPromise,
  constants,
  copyObject,
  encodeName,
  getAccessMode,
  getCopyMode,
  getOptions,
  getValidatedFd,
  getValidatedPath,
  isUtf8,
  kIoMaxLength,
  rethrowWithStack,
  stringToFlags,
  toUnixTimestamp,
  validateBufferArray,
  validateCallback,
  validateCpOptions,
  validateOffsetLengthRead,
  validateOffsetLengthWrite,
  validatePath,
  validatePosition,
  validateRmOptions,
  validateStringOrView,
};
