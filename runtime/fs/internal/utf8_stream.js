'use strict';
// fs.Utf8Stream: a writer for logs. It gathers what is written until there is enough, writes it in batches, and can be
// flushed synchronously at any moment.

const EventEmitter = require('events');
const path = require('path');
const { Buffer } = require('buffer');
const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_STATE, ERR_OPERATION_FAILED },
} = require('internal/errors');
const { kEmptyObject } = require('internal/util');
const {
  validateBoolean, validateFunction, validateObject, validateOneOf, validateString, validateUint32,
} = require('internal/validators');

const kMaxWrite = 16 * 1024;
const kBusyRetryDelay = 100;
// Below this many waiting bytes write() says true.
const kHighWaterMark = 16387;

function isBusy(error) {
  return error.code === 'EAGAIN' || error.code === 'EBUSY';
}

class Utf8Stream extends EventEmitter {
  #append;
  #asyncDrainScheduled = false;
  #batches = [];          // strings, or arrays of buffers, each to be written at once
  #closing = false;
  #contentMode;
  #destroyed = false;
  #ending = false;
  #fd = -1;
  #file = null;
  #flushPending = false;
  #fs;
  #fsync;
  #length = 0;            // of all batches and of what is being written
  #maxLength;
  #maxWrite;
  #minLength;
  #mkdir;
  #mode;
  #opening = false;
  #periodicFlush;
  #reopening = false;
  #retryEAGAIN;
  #sync;
  #timer;
  #writing = false;
  #current;               // what is being written, when something is

  constructor(options = kEmptyObject) {
    super();
    validateObject(options, 'options');
    const {
      append = true, contentMode = 'utf8', dest, fd, fs, fsync = false, maxLength = 0,
      maxWrite = kMaxWrite, minLength = 0, mkdir = false, mode, periodicFlush = 0,
      retryEAGAIN = () => true, sync = false,
    } = options;
    const target = fd ?? dest;
    if (typeof target !== 'number' && typeof target !== 'string') {
      throw new ERR_INVALID_ARG_TYPE('fd', ['number', 'string'], dest);
    }
    validateOptions({ append, contentMode, fs, fsync, maxLength, maxWrite, minLength, mkdir, periodicFlush, retryEAGAIN, sync });
    this.#append = append;
    this.#contentMode = contentMode;
    this.#fs = { ...pickFunctions(require('fs')), ...fs };
    this.#fsync = fsync;
    this.#maxLength = maxLength;
    this.#maxWrite = maxWrite;
    this.#minLength = minLength;
    this.#mkdir = mkdir;
    this.#mode = mode;
    this.#periodicFlush = periodicFlush;
    this.#retryEAGAIN = retryEAGAIN;
    this.#sync = sync;
    if (typeof target === 'number') {
      this.#fd = target;
      process.nextTick(() => this.emit('ready'));
    } else {
      this.#openFile(target);
    }
    if (periodicFlush > 0) {
      const { setInterval } = require('timers');
      this.#timer = setInterval(() => this.flush(() => {}), periodicFlush);
      this.#timer.unref();
    }
  }

  get append() { return this.#append; }
  get contentMode() { return this.#contentMode; }
  get fd() { return this.#fd; }
  get file() { return this.#file; }
  get fsync() { return this.#fsync; }
  get maxLength() { return this.#maxLength; }
  get minLength() { return this.#minLength; }
  get mkdir() { return this.#mkdir; }
  get mode() { return this.#mode; }
  get periodicFlush() { return this.#periodicFlush; }
  get sync() { return this.#sync; }
  get writing() { return this.#writing; }

  // --- the file ---

  #openFile(file) {
    this.#opening = true;
    this.#writing = true;
    const flags = this.#append ? 'a' : 'w';
    if (this.#sync) {
      try {
        if (this.#mkdir) this.#fs.mkdirSync(path.dirname(file), { recursive: true });
        const fd = this.#fs.openSync(file, flags, this.#mode);
        this.#opened(file, null, fd);
      } catch (error) {
        this.#opened(file, error);
        throw error;
      }
      return;
    }
    const open = (error) => {
      if (error) this.#opened(file, error);
      else this.#fs.open(file, flags, this.#mode, (openError, fd) => this.#opened(file, openError, fd));
    };
    if (this.#mkdir) this.#fs.mkdir(path.dirname(file), { recursive: true }, open);
    else open();
  }

  #opened(file, error, fd) {
    this.#opening = false;
    this.#writing = false;
    if (error) {
      this.#reopening = false;
      // A constructor that throws has no listeners yet.
      if (this.listenerCount('error') > 0) this.emit('error', error);
      return;
    }
    const old = this.#fd;
    const reopened = this.#reopening;
    this.#fd = fd;
    this.#file = file;
    if (reopened) {
      this.#reopening = false;
      if (old !== -1) this.#fs.close(old, (closeError) => closeError && this.emit('error', closeError));
    }
    const ready = () => {
      if (this.#destroyed) return;
      this.emit('ready');
      if (!this.#writing && (this.#length > this.#minLength || this.#flushPending)) this.#writeNext();
      else if (reopened && !this.#writing) this.emit('drain');
    };
    if (this.#sync) process.nextTick(ready);
    else ready();
    if (this.#destroyed) this.#close();
  }

  reopen(file) {
    this.#checkAlive();
    if (this.#opening) {
      this.once('ready', () => this.reopen(file));
      return;
    }
    if (this.#ending) return;
    if (!this.#file) {
      throw new ERR_OPERATION_FAILED('Unable to reopen a file descriptor, you must pass a file to SonicBoom');
    }
    this.#reopening = true;
    if (file) this.#file = file;
    if (this.#writing) this.once('drain', () => this.#openFile(file || this.#file));
    else this.#openFile(file || this.#file);
  }

  // --- writing ---

  #checkAlive() {
    if (this.#destroyed) throw new ERR_INVALID_STATE('Utf8Stream is destroyed');
  }

  /** @returns {boolean} false when the program should wait for 'drain' */
  write(data) {
    this.#checkAlive();
    if (this.#contentMode === 'buffer') {
      if (!Buffer.isBuffer(data)) throw new ERR_INVALID_ARG_TYPE('data', 'Buffer', data);
    } else {
      validateString(data, 'data');
    }
    const length = this.#length + data.length;
    if (this.#maxLength > 0 && length > this.#maxLength) {
      this.emit('drop', data);
      return this.#length < kHighWaterMark;
    }
    this.#enqueue(data);
    this.#length = length;
    if (!this.#writing && this.#length >= this.#minLength && this.#fd !== -1) this.#writeNext();
    return this.#length < kHighWaterMark;
  }

  #enqueue(data) {
    const last = this.#batches.at(-1);
    if (last === undefined || last.length + data.length > this.#maxWrite) this.#batches.push(data);
    else if (this.#contentMode === 'utf8') this.#batches[this.#batches.length - 1] = last + data;
    else this.#batches[this.#batches.length - 1] = Buffer.concat([last, data]);
  }

  #writeNext() {
    this.#writing = true;
    this.#current ||= this.#batches.shift() ?? '';
    if (this.#sync) {
      let written;
      let error = null;
      try {
        written = this.#writeOnceSync(this.#current);
      } catch (writeError) {
        error = writeError;
      }
      this.#written(error, written);
      return;
    }
    const done = (error, written) => this.#written(error, written);
    if (this.#contentMode === 'utf8') this.#fs.write(this.#fd, this.#current, 'utf8', done);
    else this.#fs.write(this.#fd, this.#current, done);
  }

  #writeOnceSync(data) {
    if (this.#contentMode === 'utf8') return this.#fs.writeSync(this.#fd, data, 'utf8');
    return this.#fs.writeSync(this.#fd, data);
  }

  /** What is left of a batch of which `written` bytes are out. */
  #rest(data, written = Buffer.byteLength(data)) {
    const count = typeof data === 'string' ? charactersIn(data, written) : written;
    this.#length = Math.max(this.#length - count, 0);
    return typeof data === 'string' ? data.slice(count) : data.subarray(count);
  }

  #written(error, written) {
    if (error) {
      this.#failed(error);
      return;
    }
    this.emit('write', written);
    this.#current = this.#rest(this.#current, written);
    if (this.#current.length > 0) {
      if (!this.#sync) {
        this.#writeNext();
        return;
      }
      // In a row, without a trip through the loop: that is what synchronous means.
      try {
        while (this.#current.length > 0) {
          this.#current = this.#rest(this.#current, this.#writeOnceSync(this.#current));
        }
      } catch (writeError) {
        this.#failed(writeError);
        return;
      }
    }
    this.#current = undefined;
    if (this.#fsync) this.#fs.fsyncSync(this.#fd);
    this.#afterBatch();
  }

  #afterBatch() {
    const waiting = this.#length;
    if (this.#reopening) {
      this.#writing = false;
      this.emit('drain');
    } else if (waiting > this.#minLength) {
      this.#writeNext();
    } else if (this.#ending) {
      if (waiting > 0) {
        this.#writeNext();
      } else {
        this.#writing = false;
        this.#close();
      }
    } else {
      this.#writing = false;
      this.#drain();
    }
  }

  #drain() {
    if (!this.#sync) {
      this.emit('drain');
    } else if (!this.#asyncDrainScheduled) {
      this.#asyncDrainScheduled = true;
      process.nextTick(() => {
        this.#asyncDrainScheduled = false;
        this.emit('drain');
      });
    }
  }

  #failed(error) {
    const remaining = this.#length - this.#current.length;
    if (!isBusy(error) || !this.#retryEAGAIN(error, this.#current.length, remaining)) {
      this.#writing = false;
      this.emit('error', error);
      return;
    }
    if (this.#sync) {
      internalBinding('fs').sleep(kBusyRetryDelay);
      this.#written(null, 0);
      return;
    }
    const { setTimeout } = require('timers');
    setTimeout(() => this.#writeNext(), kBusyRetryDelay);
  }

  // --- flushing and the end ---

  flush(callback = () => {}) {
    validateFunction(callback, 'cb');
    if (this.#destroyed) {
      callback(new ERR_INVALID_STATE('Utf8Stream is destroyed'));
      return;
    }
    if (this.#minLength <= 0) {
      callback(null);
      return;
    }
    this.#whenFlushed(callback);
    if (this.#writing) return;
    if (this.#batches.length === 0) this.#batches.push('');
    this.#writeNext();
  }

  #whenFlushed(callback) {
    this.#flushPending = true;
    const onDrain = () => {
      this.#flushPending = false;
      this.off('error', onError);
      if (this.#destroyed || this.#fd === -1 || this.#fsync) callback(null);
      else this.#fs.fsync(this.#fd, (error) => callback(error?.code === 'EBADF' ? null : error));
    };
    const onError = (error) => {
      this.#flushPending = false;
      this.off('drain', onDrain);
      callback(error);
    };
    this.once('drain', onDrain);
    this.once('error', onError);
  }

  flushSync() {
    this.#checkAlive();
    if (this.#fd < 0) throw new ERR_INVALID_STATE('Invalid file descriptor');
    if (!this.#writing && this.#current) {
      this.#batches.unshift(this.#current);
      this.#current = undefined;
    }
    while (this.#batches.length > 0) {
      const data = this.#batches[0];
      try {
        const rest = this.#rest(data, this.#writeOnceSync(data));
        if (rest.length > 0) this.#batches[0] = rest;
        else this.#batches.shift();
      } catch (error) {
        if (!isBusy(error) ||
            !this.#retryEAGAIN(error, data.length, this.#length - data.length)) {
          throw error;
        }
        internalBinding('fs').sleep(kBusyRetryDelay);
      }
    }
    try {
      this.#fs.fsyncSync(this.#fd);
    } catch {
      // Pipes and terminals have nothing to sync.
    }
  }

  end() {
    this.#checkAlive();
    if (this.#opening) {
      this.once('ready', () => this.end());
      return;
    }
    if (this.#ending) return;
    this.#ending = true;
    if (this.#writing) return;
    if (this.#length > 0 && this.#fd !== -1) this.#writeNext();
    else this.#close();
  }

  destroy() {
    if (this.#destroyed) return;
    this.#close();
  }

  [Symbol.dispose]() {
    this.destroy();
  }

  #close() {
    if (this.#closing) return;
    if (this.#fd === -1) {
      this.#destroyed = true;
      this.once('ready', () => this.#close());
      if (!this.#opening) this.emit('close');
      return;
    }
    if (this.#timer !== undefined) {
      const { clearInterval } = require('timers');
      clearInterval(this.#timer);
    }
    this.#closing = true;
    this.#destroyed = true;
    this.#batches = [];
    const closed = (error) => {
      if (error) {
        this.emit('error', error);
        return;
      }
      if (this.#ending && !this.#writing) this.emit('finish');
      this.emit('close');
    };
    const close = () => {
      // The standard streams are not ours to close.
      if (this.#fd !== 1 && this.#fd !== 2) this.#fs.close(this.#fd, closed);
      else process.nextTick(closed);
    };
    // With the fsync option every write has been synced already.
    if (this.#fsync) close();
    else this.#fs.fsync(this.#fd, close);
  }
}

/** How many UTF-16 units of `text` are whole in its first `bytes` bytes of UTF-8. */
function charactersIn(text, bytes) {
  if (Buffer.byteLength(text) === text.length) return bytes;
  let units = 0;
  for (const character of text) {
    bytes -= Buffer.byteLength(character);
    if (bytes < 0) break;
    units += character.length;
  }
  return units;
}

function validateOptions(options) {
  for (const name of ['append', 'fsync', 'mkdir', 'sync']) validateBoolean(options[name], `options.${name}`);
  for (const name of ['maxLength', 'maxWrite', 'minLength', 'periodicFlush']) {
    validateUint32(options[name], `options.${name}`);
  }
  const { contentMode, fs, maxWrite, minLength, retryEAGAIN } = options;
  validateOneOf(contentMode, 'options.contentMode', ['buffer', 'utf8']);
  if (fs !== undefined) {
    validateObject(fs, 'options.fs');
    for (const [name, f] of Object.entries(pickFunctions(fs))) {
      if (f !== undefined) validateFunction(f, `options.fs.${name}`);
    }
  }
  if (minLength >= maxWrite) {
    throw new ERR_INVALID_ARG_VALUE.RangeError('minLength', minLength, `should be smaller than maxWrite (${maxWrite})`);
  }
  validateFunction(retryEAGAIN, 'options.retryEAGAIN');
}

function pickFunctions(fs) {
  const { close, fsync, fsyncSync, mkdir, mkdirSync, open, openSync, write, writeSync } = fs;
  return { close, fsync, fsyncSync, mkdir, mkdirSync, open, openSync, write, writeSync };
}

module.exports = { Utf8Stream };
