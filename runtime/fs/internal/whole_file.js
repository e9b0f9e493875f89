'use strict';
// readFile, writeFile, appendFile and truncate with callbacks and synchronously: one native call each. The promise
// forms are in internal/fs/promises, since they also take FileHandles and iterables.

const { Buffer } = require('buffer');
const { FastBuffer } = require('internal/buffer');
const { isArrayBufferView } = require('internal/util/types');
const { AbortError, codes: { ERR_INVALID_ARG_VALUE } } = require('internal/errors');
const { parseFileMode, validateBoolean, validateBuffer, validateInteger } =
  require('internal/validators');
const {
  copyObject,
  getOptions,
  getValidatedFd,
  getValidatedPath,
  isUtf8,
  stringToFlags,
  validateCallback,
  validateStringOrView,
} = require('internal/fs/utils');
const binding = internalBinding('fs');

const kDefaultMode = 0o666;
const kNoFd = -1;
const readDefaults = { flag: 'r' };
const writeDefaults = { encoding: 'utf8', mode: kDefaultMode, flag: 'w', flush: false };
const appendDefaults = { encoding: 'utf8', mode: kDefaultMode, flag: 'a', flush: false };

function isFd(path) {
  return typeof path === 'number' && (path | 0) === path;
}

/** [path, fd] as the native calls take them: one of the two counts. */
function target(path) {
  return isFd(path) ? ['', getValidatedFd(path)] : [getValidatedPath(path), kNoFd];
}

/** Puts the bytes into the buffer of the options, which may also be a function of their number that gives one. */
function copyInto(target, bytes) {
  const buffer = typeof target === 'function' ? target(bytes.length) : target;
  validateBuffer(buffer, 'options.buffer');
  if (buffer.byteLength < bytes.length) {
    throw new ERR_INVALID_ARG_VALUE('options.buffer', buffer, 'is too small to hold the file');
  }
  const view = new FastBuffer(buffer.buffer, buffer.byteOffset, bytes.length);
  view.set(bytes);
  return view;
}

/** The result of a native readFile in the form that the options ask for. */
function decode(arrayBuffer, { buffer, encoding }) {
  let bytes = new FastBuffer(arrayBuffer);
  if (buffer != null) bytes = copyInto(buffer, bytes);
  return encoding && encoding !== 'buffer' ? bytes.toString(encoding) : bytes;
}

function isPlainText({ buffer, encoding }) {
  return encoding && buffer == null && isUtf8(encoding);
}

function readFileSync(path, options) {
  options = getOptions(options, readDefaults);
  const [file, fd] = target(path);
  const flags = stringToFlags(options.flag);
  if (isPlainText(options)) return binding.readFileUtf8(file, fd, flags);
  return decode(binding.readFile(file, fd, flags), options);
}

/** Calls back at most once, with an AbortError as soon as the signal says so. */
function abortable(signal, callback) {
  if (!signal) return callback;
  let settled = false;
  const settle = (error, value) => {
    if (settled) return;
    settled = true;
    signal.removeEventListener('abort', onAbort);
    if (error) callback(error);
    else callback(null, value);
  };
  const onAbort = () => settle(new AbortError(undefined, { cause: signal.reason }));
  signal.addEventListener('abort', onAbort, { once: true });
  return settle;
}

/** Tells the callback that the signal fired before anything began. */
function checkAborted(signal, callback) {
  if (!signal?.aborted) return false;
  callback(new AbortError(undefined, { cause: signal.reason }));
  return true;
}

function startReadFile(file, fd, flags, options, callback) {
  if (isPlainText(options)) {
    binding.readFileUtf8(file, fd, flags, callback);
    return;
  }
  binding.readFile(file, fd, flags, (error, bytes) => {
    if (error) {
      callback(error);
      return;
    }
    let result;
    try {
      result = decode(bytes, options);
    } catch (decodeError) {
      callback(decodeError);
      return;
    }
    callback(null, result);
  });
}

function readFile(path, options, callback) {
  callback = validateCallback(callback || options);
  options = getOptions(options, readDefaults);
  const { signal } = options;
  const [file, fd] = target(path);
  if (checkAborted(signal, callback)) return;
  startReadFile(file, fd, stringToFlags(options.flag), options, abortable(signal, callback));
}

/** The bytes of what writeFile was given. */
function toBytes(data, encoding) {
  if (isArrayBufferView(data)) return data;
  validateStringOrView(data, 'data');
  return Buffer.from(data, encoding || 'utf8');
}

function writeFileSync(path, data, options) {
  options = getOptions(options, writeDefaults);
  const flush = options.flush ?? false;
  validateBoolean(flush, 'options.flush');
  const bytes = toBytes(data, options.encoding);
  const [file, fd] = target(path);
  const flags = stringToFlags(options.flag || 'w');
  const mode = parseFileMode(options.mode, 'mode', kDefaultMode);
  if (flush) writeAndFlushSync(file, fd, bytes, flags, mode);
  else binding.writeFile(file, fd, bytes, flags, mode);
}

// With flush, the descriptor goes through fs.fsync: programs that put a function of their own there see it.
function writeAndFlushSync(file, fd, bytes, flags, mode) {
  const own = fd === kNoFd;
  if (own) fd = binding.open(file, flags, mode);
  try {
    binding.writeFile('', fd, bytes, flags, mode);
    require('fs').fsyncSync(fd);
  } finally {
    if (own) binding.close(fd);
  }
}

function writeAndFlush(file, fd, bytes, flags, mode, callback) {
  if (fd === kNoFd) {
    binding.open(file, flags, mode, (openError, opened) => {
      if (openError) {
        callback(openError);
        return;
      }
      writeAndFlush('', opened, bytes, flags, mode, (error) => {
        binding.close(opened, (closeError) => callback(error ?? closeError));
      });
    });
    return;
  }
  binding.writeFile('', fd, bytes, flags, mode, (error) => {
    if (error) callback(error);
    else require('fs').fsync(fd, callback);
  });
}

function writeFile(path, data, options, callback) {
  callback = validateCallback(callback || options);
  options = getOptions(options, writeDefaults);
  const flush = options.flush ?? false;
  validateBoolean(flush, 'options.flush');
  const bytes = toBytes(data, options.encoding);
  const [file, fd] = target(path);
  if (checkAborted(options.signal, callback)) return;
  const flags = stringToFlags(options.flag || 'w');
  const mode = parseFileMode(options.mode, 'mode', kDefaultMode);
  callback = abortable(options.signal, callback);
  if (flush) writeAndFlush(file, fd, bytes, flags, mode, callback);
  else binding.writeFile(file, fd, bytes, flags, mode, callback);
}

function appendOptions(path, options) {
  options = copyObject(getOptions(options, appendDefaults));
  if (!options.flag || isFd(path)) options.flag = 'a';
  return options;
}

function appendFile(path, data, options, callback) {
  callback = validateCallback(callback || options);
  writeFile(path, data, appendOptions(path, options), callback);
}

function appendFileSync(path, data, options) {
  writeFileSync(path, data, appendOptions(path, options));
}

function truncateSync(path, len) {
  if (len === undefined) len = 0;
  validateInteger(len, 'len');
  const fd = binding.open(getValidatedPath(path), stringToFlags('r+'), kDefaultMode);
  try {
    binding.ftruncate(fd, Math.max(0, len));
  } finally {
    binding.close(fd);
  }
}

function truncate(path, len, callback) {
  if (typeof len === 'function') [len, callback] = [0, len];
  path = getValidatedPath(path);
  if (len === undefined) len = 0;
  validateInteger(len, 'len');
  validateCallback(callback);
  binding.open(path, stringToFlags('r+'), kDefaultMode, (openError, fd) => {
    if (openError) {
      callback(openError);
      return;
    }
    binding.ftruncate(fd, Math.max(0, len), (error) => {
      binding.close(fd, (closeError) => callback(error ?? closeError));
    });
  });
}

module.exports = {
  abortable,
  appendDefaults,
  callback: { appendFile, readFile, truncate, writeFile },
  checkAborted,
  kNoFd,
  readDefaults,
  startReadFile,
  sync: { appendFileSync, readFileSync, truncateSync, writeFileSync },
  toBytes,
  writeDefaults,
};
