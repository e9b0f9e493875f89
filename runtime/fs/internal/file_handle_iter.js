'use strict';
// FileHandle's side of `stream/iter`: pull(), pullSync() and writer(). Loaded at start with --experimental-stream-iter.

const { Buffer } = require('buffer');
const { codes: { ERR_INVALID_STATE, ERR_OUT_OF_RANGE } } = require('internal/errors');
const { validateBoolean, validateInteger, validateObject } = require('internal/validators');
const {
  assertAvailable, FileHandle, kClosePromise, kCloseSync, kFd, kLocked, kRef, kUnref,
} = require('internal/fs/file_handle');
const { callAsPromise } = require('internal/fs/utils');
const { operationSignal, transformsAndOptions } = require('internal/stream/iter/arguments');
const { byteLength, fileBatch } = require('internal/stream/iter/bytes');
const { asyncSource, syncSource } = require('internal/stream/iter/from');
const { pipeline, pipelineSync } = require('internal/stream/iter/pull');
const binding = internalBinding('fs');

const kClosedFd = -1;
const kDefaultChunkSize = 128 * 1024;
// As options, and for the native side as a position: wherever the file is.
const kNone = -1;

function checkOptions(options) {
  const { autoClose = false, start = kNone, limit = kNone, chunkSize = kDefaultChunkSize } = options;
  validateBoolean(autoClose, 'options.autoClose');
  validateInteger(start, 'options.start', kNone);
  if (limit !== kNone) validateInteger(limit, 'options.limit', 1);
  else validateInteger(limit, 'options.limit');
  validateInteger(chunkSize, 'options.chunkSize', 1);
  return { autoClose, start, limit: limit === kNone ? Infinity : limit, chunkSize };
}

/** Holds the descriptor from the first use on. */
function acquire(handle) {
  if (handle[kFd] === kClosedFd || handle[kClosePromise]) throw new ERR_INVALID_STATE('The FileHandle is closed');
  handle[kRef]();
}

/** The lock was taken when the source or the writer was made. */
function release(handle) {
  handle[kLocked] = false;
  handle[kUnref]();
}

function closeNow(handle) {
  if (handle[kFd] !== kClosedFd && !handle[kClosePromise]) handle[kCloseSync]();
}

/** Where the next read or write is to be, and how much is left. */
class Range {
  #position;
  left;

  constructor(start, limit) {
    this.#position = start;
    this.left = limit;
  }

  get position() {
    return this.#position;
  }

  advance(bytes) {
    if (this.#position !== kNone) this.#position += bytes;
    this.left -= bytes;
  }

  /** @returns {Buffer[]} the batch for what was read into a buffer of ours */
  take(buffer, bytes) {
    this.advance(bytes);
    return [bytes === buffer.byteLength ? buffer : buffer.subarray(0, bytes)];
  }
}

async function* read(handle, { autoClose, start, limit, chunkSize }) {
  acquire(handle);
  const range = new Range(start, limit);
  try {
    while (range.left > 0) {
      const buffer = Buffer.allocUnsafeSlow(Math.min(chunkSize, range.left));
      const bytes =
        await callAsPromise(binding.read, handle[kFd], buffer, 0, buffer.byteLength, range.position);
      if (bytes === 0) break;
      yield range.take(buffer, bytes);
    }
  } finally {
    release(handle);
    if (autoClose) await handle.close();
  }
}

function* readSync(handle, { autoClose, start, limit, chunkSize }) {
  acquire(handle);
  const range = new Range(start, limit);
  try {
    while (range.left > 0) {
      const buffer = Buffer.allocUnsafeSlow(Math.min(chunkSize, range.left));
      const bytes = binding.read(handle[kFd], buffer, 0, buffer.byteLength, range.position);
      if (bytes === 0) break;
      yield range.take(buffer, bytes);
    }
  } finally {
    release(handle);
    if (autoClose) closeNow(handle);
  }
}

function pull(...args) {
  assertAvailable(this);
  const { transforms, options } = transformsAndOptions(args);
  const settings = checkOptions(options);
  this[kLocked] = true;
  const source = asyncSource(() => read(this, settings));
  if (transforms.length === 0 && options.signal === undefined) return source;
  return pipeline(source, transforms, options.signal);
}

function pullSync(...args) {
  assertAvailable(this);
  // There is nothing a signal could interrupt.
  const { transforms, options: { signal, ...options } } = transformsAndOptions(args, { checkSignal: false });
  const settings = checkOptions(options);
  this[kLocked] = true;
  const source = syncSource(() => readSync(this, settings));
  return transforms.length === 0 ? source : pipelineSync(source, transforms);
}

/** Drops what was written from the front of a list of chunks. */
function unwritten(chunks, bytes) {
  let i = 0;
  while (i < chunks.length && bytes >= chunks[i].byteLength) bytes -= chunks[i++].byteLength;
  const rest = chunks.slice(i);
  if (bytes > 0) rest[0] = rest[0].subarray(bytes);
  return rest;
}

class FileWriter {
  #handle;
  #autoClose;
  #chunkSize;
  #range;
  #total = 0;
  // Asynchronous writes are made one after the other: each goes on where the one before has ended.
  #inFlight = 0;
  #last = Promise.resolve();
  #ending;
  #ended = false;
  // { error } after fail().
  #failure;

  constructor(handle, { autoClose, start, limit, chunkSize }) {
    this.#handle = handle;
    this.#autoClose = autoClose;
    this.#chunkSize = chunkSize;
    this.#range = new Range(start, limit);
    acquire(handle);
  }

  get #isOpen() {
    return !this.#failure && !this.#ended && this.#ending === undefined;
  }

  write(chunk, options) {
    return this.#write('write', [chunk], options);
  }

  writev(chunks, options) {
    return this.#write('writev', chunks, options);
  }

  #write(method, chunks, options) {
    const signal = operationSignal(options);
    const batch = fileBatch(chunks);
    if (signal?.aborted) return Promise.reject(signal.reason);
    if (this.#failure) return Promise.reject(this.#failure.error);
    if (!this.#isOpen) return Promise.reject(new ERR_INVALID_STATE.TypeError('The writer is closed'));
    const size = byteLength(batch);
    const { left } = this.#range;
    if (size > left) return Promise.reject(new ERR_OUT_OF_RANGE(method, `<= ${left} bytes`, size));
    // Taken at once: the limit is for all that is under way, too.
    const { position } = this.#range;
    this.#range.advance(size);
    this.#inFlight++;
    const written = this.#last.then(() => this.#writeAll(batch, position)).finally(() => { this.#inFlight--; });
    this.#last = written.catch(() => {});
    return written;
  }

  async #writeAll(batch, position) {
    while (batch.length > 0) {
      const bytes = await callAsPromise(binding.writeBuffers, this.#handle[kFd], batch, position);
      this.#total += bytes;
      if (position !== kNone) position += bytes;
      batch = unwritten(batch, bytes);
    }
  }

  writeSync(chunk) {
    return this.#tryWrite([chunk]);
  }

  writevSync(chunks) {
    return this.#tryWrite(chunks);
  }

  #tryWrite(chunks) {
    let batch = fileBatch(chunks);
    const size = byteLength(batch);
    if (!this.#isOpen || this.#inFlight > 0 || size > this.#chunkSize || size > this.#range.left) return false;
    while (batch.length > 0) {
      const bytes = binding.writeBuffers(this.#handle[kFd], batch, this.#range.position);
      this.#range.advance(bytes);
      this.#total += bytes;
      batch = unwritten(batch, bytes);
    }
    return true;
  }

  end(options) {
    const signal = operationSignal(options);
    if (signal?.aborted) return Promise.reject(signal.reason);
    if (this.#failure) return Promise.reject(this.#failure.error);
    if (this.#ended) return Promise.resolve(this.#total);
    return this.#ending ??= this.#end();
  }

  async #end() {
    await this.#last;
    if (this.#failure) throw this.#failure.error;
    this.#ended = true;
    release(this.#handle);
    if (this.#autoClose) await this.#handle.close();
    return this.#total;
  }

  endSync() {
    if (this.#ended) return this.#total;
    if (!this.#isOpen || this.#inFlight > 0) return -1;
    this.#ended = true;
    this.#finish();
    return this.#total;
  }

  fail(reason = new ERR_INVALID_STATE('Failed')) {
    if (this.#failure || this.#ended) return;
    this.#failure = { error: reason };
    // A write that is under way has the descriptor: it must not become another file's.
    if (this.#inFlight > 0) this.#last.then(() => this.#finish());
    else this.#finish();
  }

  #finish() {
    release(this.#handle);
    if (this.#autoClose) closeNow(this.#handle);
  }

  async [Symbol.asyncDispose]() {
    if (this.#ending !== undefined && !this.#failure) await this.#ending;
    else this.fail();
  }

  [Symbol.dispose]() {
    this.fail();
  }
}

function writer(options = {}) {
  assertAvailable(this);
  validateObject(options, 'options');
  const settings = checkOptions(options);
  this[kLocked] = true;
  return new FileWriter(this, settings);
}

/** Called at start when the option is given. */
function install() {
  Object.assign(FileHandle.prototype, { pull, pullSync, writer });
}

module.exports = { install };
