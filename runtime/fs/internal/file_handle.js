'use strict';
// FileHandle: what fs.promises.open gives. It counts the operations and streams that use its descriptor, so that
// close() waits for them; a handle that is forgotten is closed, with a warning, when it is collected.

const EventEmitter = require('events');
const { Buffer } = require('buffer');
const { isArrayBufferView } = require('internal/util/types');
const {
  AbortError,
  codes: { ERR_INTERNAL_ASSERTION, ERR_INVALID_ARG_TYPE, ERR_INVALID_STATE },
} = require('internal/errors');
const { deprecate, kEmptyObject } = require('internal/util');
const {
  kValidateObjectAllowNullable, parseFileMode, validateBoolean, validateBuffer, validateEncoding,
  validateInteger, validateObject,
} = require('internal/validators');
const {
  callAsPromise,
  getOptions,
  toUnixTimestamp,
  validateBufferArray,
  validateStringOrView,
} = require('internal/fs/utils');
const { fstatPromise } = require('internal/fs/stat');
const {
  kDefaultReadSize,
  positionOrCurrent,
  readArguments,
  writeArguments,
  writeText,
} = require('internal/fs/io');
const {
  abortable, appendDefaults, readDefaults, startReadFile, writeDefaults,
} = require('internal/fs/whole_file');
const { kClone, kDeserialize, kTransfer } = require('internal/messaging/transferable');
const binding = internalBinding('fs');

const kFd = Symbol('kFd');
const kRefs = Symbol('kRefs');
const kClosePromise = Symbol('kClosePromise');
const kCloseResolvers = Symbol('kCloseResolvers');
const kLocked = Symbol('kLocked');
const kRef = Symbol('kRef');
const kUnref = Symbol('kUnref');
const kCloseSync = Symbol('kCloseSync');
const kTransferred = Symbol('kTransferred');

const kClosed = -1;
const kWriteChunk = 512 * 1024;
const kMaxId = 2 ** 32 - 1;

let forgotten;
// A worker's end closes what its handles have open: its realm goes without a collection.
let inWorker = false;

const warnAboutCollection = deprecate(
  () => {},
  'Closing a FileHandle object on garbage collection is deprecated. Please close FileHandle ' +
  'objects explicitly using FileHandle.prototype.close(). In the future, an error will be thrown ' +
  'if a file descriptor is closed during garbage collection.',
  'DEP0137');

// Made on first use: a registry belongs to one process and cannot be in the start-up snapshot.
function startWatching() {
  inWorker = internalBinding('worker').current() !== undefined;
  return new FinalizationRegistry((fd) => {
    if (inWorker) internalBinding('worker').untrackDescriptor(fd);
    binding.close(fd);
    process.emitWarning(`Closing file descriptor ${fd} on garbage collection`);
    warnAboutCollection();
  });
}

function watch(handle, fd) {
  forgotten ??= startWatching();
  forgotten.register(handle, fd, handle);
  if (inWorker) internalBinding('worker').trackDescriptor(fd);
}

class FileHandle extends EventEmitter {
  /** Without a descriptor: one that was transferred from another thread will get its own by kDeserialize. */
  constructor(fd = kClosed) {
    super();
    this[kFd] = fd;
    this[kRefs] = 1;
    this[kClosePromise] = null;
    if (fd !== kClosed) watch(this, fd);
  }

  [kTransfer]() {
    if (this[kRefs] !== 1 || this[kClosePromise] || this[kFd] === kClosed) {
      const { DOMException } = require('internal/dom_exception');
      throw new DOMException('Cannot transfer FileHandle while in use', 'DataCloneError');
    }
    this[kTransferred] = true;
    const fd = this.#takeFd();
    return { data: fd, deserializeInfo: 'internal/fs/file_handle:FileHandle', descriptor: fd };
  }

  [kDeserialize](fd) {
    this[kFd] = fd;
    watch(this, fd);
  }

  getAsyncId() {
    return 0;
  }

  get fd() {
    return this[kFd];
  }

  async appendFile(data, options) {
    return use(this, 'appendFile', () => writeFileTo(this, data, getOptions(options, appendDefaults)));
  }

  async chmod(mode) {
    return call(this, 'fchmod', parseFileMode(mode, 'mode'));
  }

  async chown(uid, gid) {
    validateInteger(uid, 'uid', -1, kMaxId);
    validateInteger(gid, 'gid', -1, kMaxId);
    return call(this, 'fchown', uid, gid);
  }

  async datasync() {
    return call(this, 'fdatasync');
  }

  async sync() {
    return call(this, 'fsync');
  }

  async read(bufferOrOptions, offset, length, position) {
    return use(this, 'read', () => readInto(this, bufferOrOptions, offset, length, position));
  }

  async readv(buffers, position) {
    return use(this, 'readv', async () => {
      const views = validateBufferArray(buffers);
      const bytesRead =
        await callAsPromise(binding.readBuffers, this[kFd], views, positionOrCurrent(position));
      return { __proto__: null, bytesRead, buffers };
    });
  }

  async readFile(options) {
    return use(this, 'readFile', () => readFileFrom(this, getOptions(options, readDefaults)));
  }

  readLines(options = undefined) {
    const { createInterface } = require('readline');
    return createInterface({
      input: this.createReadStream(options),
      crlfDelay: Infinity,
    });
  }

  async stat(options) {
    return use(this, 'fstat', () => fstatPromise(this[kFd], options));
  }

  async truncate(len = 0) {
    validateInteger(len, 'len');
    return call(this, 'ftruncate', Math.max(0, len));
  }

  async utimes(atime, mtime) {
    return call(this, 'futimes', toUnixTimestamp(atime, 'atime'), toUnixTimestamp(mtime, 'mtime'));
  }

  async write(buffer, offset, length, position) {
    return use(this, 'write', () => writeFrom(this, buffer, offset, length, position));
  }

  async writev(buffers, position) {
    return use(this, 'writev', async () => {
      const views = validateBufferArray(buffers);
      if (views.length === 0) return { __proto__: null, bytesWritten: 0, buffers };
      const bytesWritten =
        await callAsPromise(binding.writeBuffers, this[kFd], views, positionOrCurrent(position));
      return { __proto__: null, bytesWritten, buffers };
    });
  }

  async writeFile(data, options) {
    return use(this, 'writeFile', () => writeFileTo(this, data, getOptions(options, writeDefaults)));
  }

  // Closes once the last operation is done; every call gets the same promise until then.
  close = () => {
    if (this[kFd] === kClosed) return Promise.resolve();
    if (this[kClosePromise]) return this[kClosePromise];
    this[kRefs]--;
    if (this[kRefs] === 0) {
      this[kClosePromise] = this.#closeNow();
    } else {
      this[kClosePromise] = new Promise((resolve, reject) => {
        this[kCloseResolvers] = { resolve, reject };
      }).finally(() => {
        this[kClosePromise] = null;
        this[kCloseResolvers] = undefined;
      });
    }
    this.emit('close');
    return this[kClosePromise];
  };

  async [Symbol.asyncDispose]() {
    await this.close();
  }

  readableWebStream(options = kEmptyObject) {
    assertAvailable(this);
    validateObject(options, 'options');
    const { autoClose = false, type = 'bytes' } = options;
    validateBoolean(autoClose, 'options.autoClose');
    if (type !== 'bytes') {
      process.emitWarning('A non-"bytes" options.type has no effect. A byte-oriented steam is ' +
                          'always created.', 'ExperimentalWarning');
    }
    this[kLocked] = true;
    return makeWebStream(this, autoClose);
  }

  createReadStream(options = undefined) {
    const { ReadStream } = require('internal/fs/streams');
    return new ReadStream(undefined, { ...options, fd: this });
  }

  createWriteStream(options = undefined) {
    const { WriteStream } = require('internal/fs/streams');
    return new WriteStream(undefined, { ...options, fd: this });
  }

  // For streams on this handle: the descriptor stays open while one of them holds a reference.
  [kRef]() {
    this[kRefs]++;
  }

  [kUnref]() {
    this[kRefs]--;
    if (this[kRefs] !== 0) return;
    this.#closeNow().then(this[kCloseResolvers].resolve, this[kCloseResolvers].reject);
  }

  [kCloseSync]() {
    if (this[kFd] === kClosed) return;
    if (this[kClosePromise]) throw new ERR_INVALID_STATE('The FileHandle is closing');
    binding.close(this.#takeFd());
    this.emit('close');
  }

  #takeFd() {
    const fd = this[kFd];
    this[kFd] = kClosed;
    if (fd !== kClosed) forgotten.unregister(this);
    if (inWorker) internalBinding('worker').untrackDescriptor(fd);
    return fd;
  }

  #closeNow() {
    return callAsPromise(binding.close, this.#takeFd()).finally(() => {
      this[kClosePromise] = null;
    });
  }
}

// Two objects would close the descriptor.
FileHandle.prototype[kClone] = null;
for (const symbol of [kClone, kDeserialize, kTransfer]) {
  Object.defineProperty(FileHandle.prototype, symbol, { enumerable: false });
}

/** For streams, of which a handle has one at a time. */
function assertAvailable(handle) {
  if (handle[kFd] === kClosed) throw new ERR_INVALID_STATE('The FileHandle is closed');
  if (handle[kClosePromise]) throw new ERR_INVALID_STATE('The FileHandle is closing');
  if (handle[kLocked]) throw new ERR_INVALID_STATE('The FileHandle is locked');
}

/** Runs an operation on the descriptor while holding it open. */
async function use(handle, syscall, operation) {
  if (!(handle instanceof FileHandle)) {
    throw new ERR_INTERNAL_ASSERTION('handle must be an instance of FileHandle');
  }
  if (handle[kFd] === kClosed) {
    const error = new Error(handle[kTransferred] ? 'The FileHandle has been transferred' : 'file closed');
    error.code = 'EBADF';
    error.syscall = syscall;
    throw error;
  }
  handle[kRef]();
  try {
    return await operation();
  } finally {
    handle[kUnref]();
  }
}

function call(handle, native, ...args) {
  return use(handle, native, () => callAsPromise(binding[native], handle[kFd], ...args));
}

async function readInto(handle, bufferOrOptions, offset, length, position) {
  let buffer = bufferOrOptions;
  if (!isArrayBufferView(buffer)) {
    if (bufferOrOptions !== undefined) {
      validateObject(bufferOrOptions, 'options', kValidateObjectAllowNullable);
    }
    ({ buffer = Buffer.alloc(kDefaultReadSize), offset = 0, length, position = null } =
      bufferOrOptions ?? kEmptyObject);
    validateBuffer(buffer);
  } else if (offset !== null && typeof offset === 'object') {
    ({ offset = 0, length, position = null } = offset);
  }
  length ??= buffer.byteLength - (offset ?? 0);
  const range = readArguments(buffer, offset, length, position);
  if (range === null) return { __proto__: null, bytesRead: 0, buffer };
  const bytesRead = await callAsPromise(binding.read, handle[kFd], buffer, ...range);
  return { __proto__: null, bytesRead, buffer };
}

async function writeFrom(handle, buffer, offset, length, position) {
  if (buffer?.byteLength === 0) return { __proto__: null, bytesWritten: 0, buffer };
  let bytesWritten;
  if (isArrayBufferView(buffer)) {
    const range = writeArguments(buffer, offset, length, position);
    bytesWritten = await callAsPromise(binding.write, handle[kFd], buffer, ...range);
  } else {
    validateStringOrView(buffer, 'buffer');
    validateEncoding(buffer, length);
    bytesWritten = await callAsPromise(
      (done) => writeText(handle[kFd], buffer, offset, length, done));
  }
  return { __proto__: null, bytesWritten, buffer };
}

function throwIfAborted(signal) {
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
}

async function readFileFrom(handle, options) {
  throwIfAborted(options.signal);
  return await callAsPromise(
    (done) => startReadFile('', handle[kFd], 0, options, abortable(options.signal, done)));
}

function isIterable(data) {
  return typeof data !== 'string' && !isArrayBufferView(data) && data != null &&
    (typeof data[Symbol.asyncIterator] === 'function' ||
     typeof data[Symbol.iterator] === 'function');
}

async function writeAll(handle, chunk, { encoding, signal }) {
  const bytes = isArrayBufferView(chunk) ? chunk : Buffer.from(chunk, encoding || 'utf8');
  for (let written = 0; written < bytes.byteLength;) {
    throwIfAborted(signal);
    const size = Math.min(kWriteChunk, bytes.byteLength - written);
    written += await callAsPromise(binding.write, handle[kFd], bytes, written, size, -1);
  }
}

/** The data of writeFile to an open handle: a string, bytes, or an iterable of either. */
async function writeFileTo(handle, data, options) {
  const { flush = false, signal } = options;
  validateBoolean(flush, 'options.flush');
  throwIfAborted(signal);
  if (isIterable(data)) {
    for await (const chunk of data) {
      throwIfAborted(signal);
      await writeAll(handle, chunk, options);
    }
  } else {
    validateStringOrView(data, 'data');
    await writeAll(handle, data, options);
  }
  throwIfAborted(signal);
  if (flush) await handle.sync();
}

/** A byte stream over the handle, which it holds open until its end, its cancellation or the handle's close(). */
function makeWebStream(handle, autoClose) {
  const { ReadableStream } = require('stream/web');
  let controller;
  let released = false;
  const release = () => {
    if (released) return;
    released = true;
    handle.removeListener('close', onClose);
    handle[kUnref]();
  };
  const finish = async () => {
    release();
    if (autoClose) await handle.close();
  };
  const onClose = () => {
    controller.close();
    release();
  };
  const stream = new ReadableStream({
    type: 'bytes',
    autoAllocateChunkSize: kDefaultReadSize,
    start(streamController) {
      controller = streamController;
    },
    async pull() {
      const { view } = controller.byobRequest;
      const { bytesRead } = await handle.read(view, 0, view.byteLength);
      if (bytesRead === 0) controller.close();
      controller.byobRequest?.respond(bytesRead);
      if (bytesRead === 0) await finish();
    },
    cancel: finish,
  });
  handle[kRef]();
  handle.once('close', onClose);
  return stream;
}

function validateFileHandle(handle) {
  if (!(handle instanceof FileHandle)) {
    throw new ERR_INVALID_ARG_TYPE('filehandle', 'FileHandle', handle);
  }
}

module.exports = {
  FileHandle,
  assertAvailable,
  isIterable,
  kClosePromise,
  kCloseSync,
  kFd,
  kLocked,
  kRef,
  kUnref,
  throwIfAborted,
  validateFileHandle,
  writeFileTo,
};
