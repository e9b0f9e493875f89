'use strict';
// ReadStream and WriteStream: streams over a path, a descriptor, a FileHandle, or the functions that `options.fs`
// puts in place of fs's own.

const { Readable, Writable, finished } = require('stream');
const { Buffer } = require('buffer');
const {
  codes: {
    ERR_FEATURE_UNAVAILABLE_ON_PLATFORM, ERR_INCOMPATIBLE_OPTION_PAIR, ERR_INVALID_ARG_TYPE,
    ERR_INVALID_THIS, ERR_METHOD_NOT_IMPLEMENTED, ERR_OUT_OF_RANGE, ERR_STREAM_DESTROYED, ERR_SYSTEM_ERROR,
  },
} = require('internal/errors');
const { deprecate } = require('internal/util');
const { errorOrDestroy } = require('internal/stream/destroy');
const { kTakeFile } = require('internal/stream/utils');
const { validateBoolean, validateFunction, validateInteger } = require('internal/validators');
const { copyObject, getOptions, getValidatedFd, getValidatedPath } = require('internal/fs/utils');
const { FileHandle, kRef, kUnref } = require('internal/fs/file_handle');

const kFs = Symbol('kFs');
const kHandle = Symbol('kHandle');
const kIsPerformingIO = Symbol('kIsPerformingIO');
const kIoDone = Symbol('kIoDone');
const kSeesData = Symbol('kSeesData');     // a file that has to be read

const kReadHighWaterMark = 64 * 1024;
const kMaxEmptyWrites = 5;
// What goes to a destination that takes files, before the next look whether it still may.
const kFilePart = 1024 * 1024;

/** What a stream does on a FileHandle, in the shape of the functions of fs. */
function handleOperations(handle) {
  const settle = (promise, callback, pick) => {
    promise.then((result) => callback(null, pick(result)), callback);
  };
  return {
    open(path, flags, mode, callback) {
      throw new ERR_METHOD_NOT_IMPLEMENTED('open()');
    },
    close(fd, callback) {
      handle[kUnref]();
      settle(handle.close(), callback, () => undefined);
    },
    fsync(fd, callback) {
      settle(handle.sync(), callback, () => undefined);
    },
    read(fd, buffer, offset, length, position, callback) {
      settle(handle.read(buffer, offset, length, position), callback, (r) => r.bytesRead);
    },
    write(fd, buffer, offset, length, position, callback) {
      settle(handle.write(buffer, offset, length, position), callback, (r) => r.bytesWritten);
    },
    writev(fd, buffers, position, callback) {
      settle(handle.writev(buffers, position), callback, (r) => r.bytesWritten);
    },
  };
}

function importFd(stream, options) {
  if (typeof options.fd === 'number') {
    stream[kFs] = options.fs || require('fs');
    return getValidatedFd(options.fd);
  }
  if (!(options.fd instanceof FileHandle)) {
    throw new ERR_INVALID_ARG_TYPE('options.fd', ['number', 'FileHandle'], options.fd);
  }
  if (options.fs) throw new ERR_METHOD_NOT_IMPLEMENTED('FileHandle with fs');
  const handle = options.fd;
  stream[kHandle] = handle;
  stream[kFs] = handleOperations(handle);
  return handle.fd;
}

/**
 * A FileHandle that a stream is over stays open for it, from before the stream is made: a signal may end it at once.
 * Returns what takes that back, for options that are refused.
 */
function holdHandle(stream) {
  const handle = stream[kHandle];
  if (handle === undefined) return undefined;
  const onClose = () => stream.close();
  handle[kRef]();
  handle.on('close', onClose);
  return () => {
    handle[kUnref]();
    handle.removeListener('close', onClose);
  };
}

/** The constructor of `Base`, with what FileHandles need. */
function initialize(stream, Base, options) {
  const release = holdHandle(stream);
  try {
    Reflect.apply(Base, stream, [options]);
    if (options.encoding) {
      if (Base === Readable) stream.setEncoding(options.encoding);
      else stream.setDefaultEncoding(options.encoding);
    }
  } catch (error) {
    release?.();
    throw error;
  }
}

function refuseWindowsHandle(options) {
  if (options.windowsHandle === undefined) return;
  if (options.fd != null) throw new ERR_INCOMPATIBLE_OPTION_PAIR('windowsHandle', 'fd');
  throw new ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('windowsHandle');
}

/** Takes the options that both streams have and says which file the stream is over. */
function setTarget(stream, path, options) {
  refuseWindowsHandle(options);
  if (options.fd == null) {
    stream.fd = null;
    stream[kFs] = options.fs || require('fs');
    validateFunction(stream[kFs].open, 'options.fs.open');
    stream.path = getValidatedPath(path);
  } else {
    stream.fd = getValidatedFd(importFd(stream, options));
  }
  if (options.autoDestroy === undefined) {
    options.autoDestroy = options.autoClose === undefined ? true : options.autoClose;
  }
  if (options.autoDestroy) validateFunction(stream[kFs].close, 'options.fs.close');
  if (options.start !== undefined) validateInteger(options.start, 'start', 0);
  stream.start = options.start;
  stream.pos = options.start;
  stream[kIsPerformingIO] = false;
}

function openFile(stream, callback) {
  stream[kFs].open(stream.path, stream.flags, stream.mode, (error, fd) => {
    if (error) {
      callback(error);
      return;
    }
    stream.fd = fd;
    callback();
    stream.emit('open', fd);
    stream.emit('ready');
  });
}

/** A program's own open() knows of no callback: what it emits says when it is done. */
function openByPatchedMethod(stream, callback) {
  const { emit } = stream;
  stream.emit = function(event, ...args) {
    if (event === 'open' || event === 'error') {
      stream.emit = emit;
      callback(event === 'error' ? args[0] : undefined);
      if (event === 'error') return true;
    }
    return Reflect.apply(emit, this, [event, ...args]);
  };
  stream.open();
}

function construct(stream, originalOpen, callback) {
  if (typeof stream.fd === 'number') callback();
  else if (stream.open !== originalOpen) openByPatchedMethod(stream, callback);
  else openFile(stream, callback);
}

function closeFile(stream, error, callback) {
  stream[kFs].close(stream.fd, (closeError) => callback(closeError || error));
  stream.fd = null;
}

/** Closes when the read or write in flight has come back. */
function destroy(stream, error, callback) {
  const close = () => {
    if (typeof stream.fd === 'number') closeFile(stream, error, callback);
    else callback(error);
  };
  if (stream[kIsPerformingIO]) stream.once(kIoDone, close);
  else close();
}

/** Marks the end of a read or write; true when the stream was destroyed meanwhile. */
function ioDone(stream) {
  stream[kIsPerformingIO] = false;
  if (!stream.destroyed) return false;
  stream.emit(kIoDone);
  return true;
}

function defineAccessors(Stream, state) {
  Object.defineProperty(Stream.prototype, 'autoClose', {
    configurable: true,
    enumerable: false,
    get() {
      if (this[state] === undefined) throw new ERR_INVALID_THIS(Stream.name);
      return this[state].autoDestroy;
    },
    set(value) {
      if (this[state] === undefined) throw new ERR_INVALID_THIS(Stream.name);
      this[state].autoDestroy = value;
    },
  });
  Object.defineProperty(Stream.prototype, 'pending', {
    configurable: true,
    enumerable: false,
    get() { return this.fd === null; },
  });
}

// --- ReadStream ------------------------------------------------------------------------------------------------

function ReadStream(path, options) {
  if (!(this instanceof ReadStream)) return new ReadStream(path, options);
  options = copyObject(getOptions(options));
  if (options.highWaterMark === undefined) options.highWaterMark = kReadHighWaterMark;
  setTarget(this, path, options);
  validateFunction(this[kFs].read, 'options.fs.read');
  this.flags = options.flags === undefined ? 'r' : options.flags;
  this.mode = options.mode === undefined ? 0o666 : options.mode;
  this.end = options.end ?? Infinity;
  this.bytesRead = 0;
  if (this.end !== Infinity) {
    validateInteger(this.end, 'end', 0);
    if (this.start !== undefined && this.start > this.end) {
      throw new ERR_OUT_OF_RANGE('start', `<= "end" (here: ${this.end})`, this.start);
    }
  }
  initialize(this, Readable, options);
}
Object.setPrototypeOf(ReadStream.prototype, Readable.prototype);
Object.setPrototypeOf(ReadStream, Readable);
defineAccessors(ReadStream, '_readableState');

const readStreamOpen = deprecate(function() {
  // The constructor opens; a call from outside has nothing left to do.
}, 'ReadStream.prototype.open() is deprecated', 'DEP0135');
ReadStream.prototype.open = readStreamOpen;

ReadStream.prototype._construct = function(callback) {
  construct(this, readStreamOpen, callback);
};

ReadStream.prototype._read = function(n) {
  if (this._readableState.pipes.length === 1 && giveFile(this, this._readableState)) return;
  n = Math.min(this.end - (this.pos === undefined ? this.bytesRead : this.pos) + 1, n);
  if (n <= 0) {
    this.push(null);
    return;
  }
  const buffer = Buffer.allocUnsafeSlow(n);
  this[kIsPerformingIO] = true;
  this[kFs].read(this.fd, buffer, 0, n, this.pos, (error, bytesRead, filled = buffer) => {
    if (ioDone(this)) return;
    if (error) {
      errorOrDestroy(this, error);
    } else if (bytesRead > 0) {
      if (this.pos !== undefined) this.pos += bytesRead;
      this.bytesRead += bytesRead;
      // A short read must not keep the whole allocation alive.
      this.push(bytesRead === filled.length ? filled : Buffer.from(filled.subarray(0, bytesRead)));
    } else {
      this.push(null);
    }
  });
};

/**
 * Where all that happens to the data is that one destination gets it, and it takes files (an HTTP answer does), it gets
 * the file. True when it did; the read is done when it says so.
 */
function giveFile(stream, state) {
  const dest = state.pipes[0];
  if (stream[kSeesData]) return false;
  const position = stream.pos ?? (typeof stream.path === 'string' ? stream.bytesRead : -1);
  if (dest[kTakeFile] === undefined || position < 0 || !isUnwatched(stream, state)) return false;
  const size = Math.min(stream.end - position + 1, kFilePart);
  if (size <= 0) return false;
  stream[kIsPerformingIO] = true;
  const taken = dest[kTakeFile](stream.fd, position, size, (bytes, atEnd, failed) => {
    if (ioDone(stream)) return;
    if (failed) stream[kSeesData] = true;
    // The descriptor's own position has not moved.
    stream.pos = position + bytes;
    stream.bytesRead += bytes;
    // Nothing to hand on: only the end of this read.
    stream.push(atEnd ? null : '');
  });
  if (!taken) stream[kIsPerformingIO] = false;
  return taken;
}

// Nobody but the pipe sees the data, when it comes and how it is read.
function isUnwatched(stream, state) {
  const fs = require('fs');
  return state.flowing === true && state.length === 0 && !state.decoder && stream[kHandle] === undefined &&
    stream[kFs] === fs && fs.read === originalRead() && stream.push === Readable.prototype.push &&
    stream.listenerCount('data') === 1 && stream.listenerCount('readable') === 0 &&
    stream.listenerCount('pause') === 0 && stream.listenerCount('resume') === 0;
}

function originalRead() {
  return require('internal/fs/io').callback.read;
}

ReadStream.prototype._destroy = function(error, callback) {
  destroy(this, error, callback);
};

ReadStream.prototype.close = function(callback) {
  if (typeof callback === 'function') finished(this, callback);
  this.destroy();
};

// --- WriteStream -----------------------------------------------------------------------------------------------

function WriteStream(path, options) {
  if (!(this instanceof WriteStream)) return new WriteStream(path, options);
  options = copyObject(getOptions(options));
  options.decodeStrings = true;
  setTarget(this, path, options);
  this.flags = options.flags === undefined ? 'w' : options.flags;
  this.mode = options.mode === undefined ? 0o666 : options.mode;
  this.flush = options.flush ?? false;
  validateBoolean(this.flush, 'options.flush');
  setWriteFunctions(this, options);
  this.bytesWritten = 0;
  initialize(this, Writable, options);
}
Object.setPrototypeOf(WriteStream.prototype, Writable.prototype);
Object.setPrototypeOf(WriteStream, Writable);
defineAccessors(WriteStream, '_writableState');

/** A custom fs may have only one of write and writev; a stream without one of them must not use it. */
function setWriteFunctions(stream, options) {
  const { fsync, write, writev } = stream[kFs];
  if (!write && !writev) validateFunction(write, 'options.fs.write');
  if (write) validateFunction(write, 'options.fs.write');
  else stream._write = null;
  if (writev) validateFunction(writev, 'options.fs.writev');
  else stream._writev = null;
  if (stream.flush && options.fs) validateFunction(fsync, 'options.fs.fsync');
}

const writeStreamOpen = deprecate(function() {
  // As for ReadStream.
}, 'WriteStream.prototype.open() is deprecated', 'DEP0135');
WriteStream.prototype.open = writeStreamOpen;

WriteStream.prototype._construct = function(callback) {
  construct(this, writeStreamOpen, callback);
};

function noProgressError() {
  return new ERR_SYSTEM_ERROR({
    code: 'EAGAIN', errno: -11, message: 'write made no progress', syscall: 'write',
  });
}

/** Writes all of `data`: a write to a pipe or a full disk may take only some of it, or say "later". */
function writeAll(stream, data, position, callback, emptyWrites = 0) {
  stream[kFs].write(stream.fd, data, 0, data.length, position, (error, written) => {
    const later = error?.code === 'EAGAIN';
    if (error && !later) {
      callback(error);
      return;
    }
    if (stream.destroyed) {
      callback(new ERR_STREAM_DESTROYED('write'));
      return;
    }
    if (later || (!written && data.length > 0)) {
      if (emptyWrites === kMaxEmptyWrites) callback(error ?? noProgressError());
      else writeAll(stream, data, position, callback, emptyWrites + 1);
      return;
    }
    stream.bytesWritten += written;
    if (written === data.length) {
      callback(null);
    } else {
      const next = position === undefined ? undefined : position + written;
      writeAll(stream, data.subarray(written), next, callback);
    }
  });
}

function finishWrite(stream, callback) {
  return (error) => {
    ioDone(stream);
    callback(error);
  };
}

WriteStream.prototype._write = function(data, encoding, callback) {
  this[kIsPerformingIO] = true;
  writeAll(this, data, this.pos, finishWrite(this, callback));
  if (this.pos !== undefined) this.pos += data.length;
};

WriteStream.prototype._writev = function(entries, callback) {
  const buffers = entries.map(({ chunk }) => chunk);
  const size = buffers.reduce((sum, buffer) => sum + buffer.length, 0);
  const position = this.pos;
  if (this.pos !== undefined) this.pos += size;
  this[kIsPerformingIO] = true;
  const done = finishWrite(this, callback);
  this[kFs].writev(this.fd, buffers, position ?? null, (error, written = 0) => {
    if (error && error.code !== 'EAGAIN') {
      done(error);
      return;
    }
    this.bytesWritten += written;
    if (written === size) {
      done(null);
      return;
    }
    const rest = Buffer.concat(buffers).subarray(written);
    if (typeof this[kFs].write === 'function') {
      writeAll(this, rest, position === undefined ? undefined : position + written, done);
    } else {
      done(error ?? noProgressError());
    }
  });
};

WriteStream.prototype._destroy = function(error, callback) {
  const close = (flushError) => destroy(this, flushError || error, callback);
  if (!this.flush || error || typeof this.fd !== 'number') close();
  else this[kFs].fsync(this.fd, close);
};

WriteStream.prototype.close = function(callback) {
  if (callback) {
    if (this.closed) {
      process.nextTick(callback);
      return;
    }
    this.on('close', callback);
  }
  // Without autoClose, the end of the data would not close the file.
  if (!this.autoClose) this.on('finish', this.destroy);
  this.end();
};

WriteStream.prototype.destroySoon = WriteStream.prototype.end;

function createReadStream(path, options) {
  const { ReadStream: Stream } = require('fs');
  return new Stream(path, options);
}

function createWriteStream(path, options) {
  const { WriteStream: Stream } = require('fs');
  return new Stream(path, options);
}

module.exports = { ReadStream, WriteStream, createReadStream, createWriteStream };
