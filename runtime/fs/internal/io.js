'use strict';
// open, close, read, readv, write and writev on descriptors; the promise forms are FileHandle's methods.

const { Buffer } = require('buffer');
const { isArrayBufferView } = require('internal/util/types');
const { codes: { ERR_INVALID_ARG_VALUE } } = require('internal/errors');
const { customPromisifyArgs, kEmptyObject } = require('internal/util');
const {
  kValidateObjectAllowNullable, parseFileMode, validateBuffer, validateEncoding, validateInteger, validateObject,
} = require('internal/validators');
const {
  getValidatedFd,
  getValidatedPath,
  isUtf8,
  stringToFlags,
  validateBufferArray,
  validateCallback,
  validateOffsetLengthRead,
  validateOffsetLengthWrite,
  validatePosition,
  validateStringOrView,
} = require('internal/fs/utils');
const binding = internalBinding('fs');

const kCurrentPosition = -1;
const kDefaultMode = 0o666;
const kDefaultReadSize = 16 * 1024;

// What open and close are made of; a worker that tracks its descriptors puts its own in their place.
const unmanaged = {
  open: binding.open,
  close: binding.close,
};

function openSync(path, flags, mode) {
  return unmanaged.open(getValidatedPath(path), stringToFlags(flags),
                        parseFileMode(mode, 'mode', kDefaultMode));
}

function open(path, flags, mode, callback) {
  path = getValidatedPath(path);
  if (arguments.length < 3) {
    callback = flags;
    flags = 'r';
    mode = kDefaultMode;
  } else if (typeof mode === 'function') {
    callback = mode;
    mode = kDefaultMode;
  } else {
    mode = parseFileMode(mode, 'mode', kDefaultMode);
  }
  flags = stringToFlags(flags);
  unmanaged.open(path, flags, mode, validateCallback(callback));
}

function closeSync(fd) {
  unmanaged.close(getValidatedFd(fd));
}

function throwIfFailed(error) {
  if (error) throw error;
}

function close(fd, callback = throwIfFailed) {
  fd = getValidatedFd(fd);
  unmanaged.close(fd, validateCallback(callback));
}

/** What a read into `buffer` means in full: [offset, length, position] for the native call, or null for no bytes. */
function readArguments(buffer, offset, length, position) {
  if (offset === undefined || offset === null) offset = 0;
  else validateInteger(offset, 'offset', 0);
  length |= 0;
  if (position === undefined || position === null) position = kCurrentPosition;
  else validatePosition(position, 'position', length);
  if (length === 0) return null;
  if (buffer.byteLength === 0) {
    throw new ERR_INVALID_ARG_VALUE('buffer', buffer, 'is empty and cannot be written');
  }
  validateOffsetLengthRead(offset, length, buffer.byteLength);
  return [offset, length, position];
}

/** The same with the arguments in an object, `length` reaching to the buffer's end by default. */
function readOptions(buffer, options) {
  const { offset = 0, length = buffer.byteLength - offset, position = null } =
    options ?? kEmptyObject;
  return readArguments(buffer, offset, length, position);
}

// read(fd, buffer, offset, length, position, cb), read(fd, buffer, options?, cb), read(fd, options?, cb)
function read(fd, buffer, offsetOrOptions, length, position, callback) {
  fd = getValidatedFd(fd);
  let offset = offsetOrOptions;
  let params = null;
  if (arguments.length <= 4) {
    if (arguments.length === 4) {
      validateObject(offsetOrOptions, 'options', kValidateObjectAllowNullable);
      callback = length;
      params = offsetOrOptions;
    } else if (arguments.length === 3) {
      if (!isArrayBufferView(buffer)) {
        params = buffer;
        ({ buffer = Buffer.alloc(kDefaultReadSize) } = params ?? kEmptyObject);
      }
      callback = offsetOrOptions;
    } else {
      callback = buffer;
      buffer = Buffer.alloc(kDefaultReadSize);
    }
    if (params !== undefined) validateObject(params, 'options', kValidateObjectAllowNullable);
    ({ offset = 0, length = buffer?.byteLength - offset, position = null } =
      params ?? kEmptyObject);
  }
  validateBuffer(buffer);
  validateCallback(callback);
  const range = readArguments(buffer, offset, length, position);
  if (range === null) {
    process.nextTick(callback, null, 0, buffer);
    return;
  }
  binding.read(fd, buffer, range[0], range[1], range[2], (error, bytesRead) => {
    callback(error, bytesRead || 0, buffer);
  });
}

function readSync(fd, buffer, offsetOrOptions, length, position) {
  fd = getValidatedFd(fd);
  validateBuffer(buffer);
  let offset = offsetOrOptions;
  if (arguments.length <= 3 || (offset !== null && typeof offset === 'object')) {
    if (offsetOrOptions !== undefined) validateObject(offsetOrOptions, 'options', kValidateObjectAllowNullable);
    ({ offset = 0, length = buffer.byteLength - offset, position = null } =
      offsetOrOptions ?? kEmptyObject);
  }
  if (offset === undefined) offset = 0;
  const range = readArguments(buffer, offset, length, position);
  if (range === null) return 0;
  return binding.read(fd, buffer, range[0], range[1], range[2]);
}

function positionOrCurrent(position) {
  return typeof position === 'number' ? position : kCurrentPosition;
}

function readv(fd, buffers, position, callback) {
  fd = getValidatedFd(fd);
  const views = validateBufferArray(buffers);
  callback = validateCallback(callback || position);
  binding.readBuffers(fd, views, positionOrCurrent(position), (error, bytesRead) => {
    callback(error, bytesRead || 0, buffers);
  });
}

function readvSync(fd, buffers, position) {
  fd = getValidatedFd(fd);
  const views = validateBufferArray(buffers);
  return binding.readBuffers(fd, views, positionOrCurrent(position));
}

/** [offset, length, position] of a write from a buffer. */
function writeArguments(buffer, offsetOrOptions, length, position) {
  let offset = offsetOrOptions;
  if (offset !== null && typeof offset === 'object') {
    ({ offset = 0, length = buffer.byteLength - offset, position = null } = offsetOrOptions);
  }
  if (offset == null || typeof offset === 'function') offset = 0;
  else validateInteger(offset, 'offset', 0);
  if (typeof length !== 'number') length = buffer.byteLength - offset;
  validateOffsetLengthWrite(offset, length, buffer.byteLength);
  return [offset, length, positionOrCurrent(position)];
}

// write(fd, buffer, offset|options?, length?, position?, cb), write(fd, string, position?, encoding?, cb)
function write(fd, buffer, offsetOrOptions, length, position, callback) {
  fd = getValidatedFd(fd);
  if (isArrayBufferView(buffer)) {
    callback = validateCallback(callback || position || length || offsetOrOptions);
    const range = writeArguments(buffer, offsetOrOptions, length, position);
    binding.write(fd, buffer, range[0], range[1], range[2], (error, written) => {
      callback(error, written || 0, buffer);
    });
    return;
  }
  validateStringOrView(buffer, 'buffer');
  let at = offsetOrOptions;
  let encoding = length;
  callback = position;
  if (typeof callback !== 'function') {
    if (typeof at === 'function') [callback, at, encoding] = [at, null, 'utf8'];
    else [callback, encoding] = [length, 'utf8'];
  }
  validateEncoding(buffer, encoding);
  validateCallback(callback);
  writeText(fd, buffer, at, encoding, (error, written) => callback(error, written || 0, buffer));
}

function writeText(fd, text, position, encoding, callback) {
  const at = positionOrCurrent(position);
  if (isUtf8(encoding)) return binding.writeString(fd, text, at, callback);
  const bytes = Buffer.from(text, encoding);
  return binding.write(fd, bytes, 0, bytes.length, at, callback);
}

function writeSync(fd, buffer, offsetOrOptions, length, position) {
  fd = getValidatedFd(fd);
  if (isArrayBufferView(buffer)) {
    const range = writeArguments(buffer, offsetOrOptions, length, position);
    return binding.write(fd, buffer, range[0], range[1], range[2]);
  }
  validateStringOrView(buffer, 'buffer');
  validateEncoding(buffer, length);
  return writeText(fd, buffer, offsetOrOptions, length);
}

function writev(fd, buffers, position, callback) {
  fd = getValidatedFd(fd);
  const views = validateBufferArray(buffers);
  callback = validateCallback(callback || position);
  if (views.length === 0) {
    process.nextTick(callback, null, 0, buffers);
    return;
  }
  binding.writeBuffers(fd, views, positionOrCurrent(position), (error, written) => {
    callback(error, written || 0, buffers);
  });
}

function writevSync(fd, buffers, position) {
  fd = getValidatedFd(fd);
  const views = validateBufferArray(buffers);
  if (views.length === 0) return 0;
  return binding.writeBuffers(fd, views, positionOrCurrent(position));
}

function setPromisifiedNames(fn, names) {
  Object.defineProperty(fn, customPromisifyArgs, { value: names, enumerable: false });
}
setPromisifiedNames(read, ['bytesRead', 'buffer']);
setPromisifiedNames(readv, ['bytesRead', 'buffers']);
setPromisifiedNames(write, ['bytesWritten', 'buffer']);
setPromisifiedNames(writev, ['bytesWritten', 'buffers']);

module.exports = {
  callback: { close, open, read, readv, write, writev },
  kDefaultMode,
  kDefaultReadSize,
  positionOrCurrent,
  readArguments,
  readOptions,
  sync: { closeSync, openSync, readSync, readvSync, writeSync, writevSync },
  unmanaged,
  writeArguments,
  writeText,
};
