'use strict';
// Between writers of `stream/iter` and stream.Writable, both ways.
// Evaluated with `stream/iter`.

const {
  AbortError,
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_STATE, ERR_STREAM_WRITE_AFTER_END },
} = require('internal/errors');
const { validateObject, validateOneOf } = require('internal/validators');
const { eos } = require('internal/stream/end_of_stream');
const { kPolicies, operationSignal } = require('internal/stream/iter/arguments');
const { writableBatch, writableChunk, byteLength } = require('internal/stream/iter/bytes');
const { DrainWaiters } = require('internal/stream/iter/pending');
const { drainableProtocol } = require('internal/stream/iter/protocols');
const { isThenable } = require('internal/stream/iter/from');

const kDefaultHighWaterMark = 16384;

// From a Writable

class WritableAdapter {
  #stream;
  #policy;
  #drains = new DrainWaiters();
  #total = 0;
  #ending;

  constructor(stream, policy) {
    this.#stream = stream;
    this.#policy = policy;
    stream.on('drain', () => this.#drains.resolveAll(true));
    // Anything that ends it while somebody waits for room.
    eos(stream, { readable: false }, (error) => {
      if (error && stream.errored) this.#drains.rejectAll(error);
      else this.#drains.resolveAll(false);
    });
  }

  get #isOver() {
    const stream = this.#stream;
    return stream.destroyed === true || stream.writableEnded === true || stream.writableFinished === true ||
      stream.writable === false;
  }

  get #isFull() {
    const stream = this.#stream;
    return stream.writableNeedDrain === true ||
      (stream.writableLength ?? 0) >= (stream.writableHighWaterMark ?? kDefaultHighWaterMark);
  }

  get canWrite() {
    return this.#isOver ? null : !this.#isFull;
  }

  write(makeBatch) {
    if (this.#isOver) return Promise.reject(new ERR_STREAM_WRITE_AFTER_END());
    const batch = makeBatch();
    const full = this.#isFull;
    if (full && this.#policy === 'strict') {
      return Promise.reject(new ERR_INVALID_STATE.RangeError(
        'Backpressure violation: buffer is full. Await each write() call to respect backpressure.'));
    }
    this.#total += byteLength(batch);
    if (full && this.#policy === 'drop-newest') return Promise.resolve();
    if (this.#writeAll(batch) || this.#policy !== 'unbounded') return Promise.resolve();
    return this.#drained();
  }

  #writeAll(batch) {
    const stream = this.#stream;
    if (batch.length === 1) return stream.write(batch[0]);
    let hasRoom = true;
    stream.cork?.();
    for (const chunk of batch) hasRoom = stream.write(chunk);
    stream.uncork?.();
    return hasRoom;
  }

  async #drained() {
    if (await this.#drains.wait() || !this.#stream.destroyed) return;
    throw this.#stream.errored ?? new AbortError();
  }

  end() {
    if (this.#ending === undefined) {
      const stream = this.#stream;
      if (this.#isOver && !stream.writableEnded) return Promise.resolve(this.#total);
      this.#ending = new Promise((resolve, reject) => {
        eos(stream, { readable: false }, (error) => (error ? reject(error) : resolve(this.#total)));
      });
      if (!stream.writableEnded) stream.end();
    }
    return this.#ending;
  }

  fail(reason) {
    this.#stream.destroy(reason);
    if (reason !== undefined) this.#drains.rejectAll(reason);
  }

  dispose() {
    this.#drains.rejectAll(new AbortError());
    this.#stream.destroy();
  }

  drainable() {
    if (this.canWrite === null) return null;
    return this.canWrite ? Promise.resolve(true) : this.#drains.wait();
  }
}

function makeWriter(stream, policy) {
  const adapter = new WritableAdapter(stream, policy);
  return {
    __proto__: null,
    get canWrite() { return adapter.canWrite; },
    // Whether a classic stream takes a chunk is known later.
    writeSync(chunk) { return false; },
    writevSync(chunks) { return false; },
    write(chunk, options) {
      operationSignal(options);
      try {
        return adapter.write(() => [writableChunk(chunk)]);
      } catch (error) {
        return Promise.reject(error);
      }
    },
    writev(chunks, options) {
      operationSignal(options);
      if (!Array.isArray(chunks)) throw new ERR_INVALID_ARG_TYPE('chunks', 'Array', chunks);
      return adapter.write(() => writableBatch(chunks));
    },
    endSync() { return -1; },
    end(options) {
      operationSignal(options);
      return adapter.end();
    },
    fail(reason) { adapter.fail(reason); },
    async [Symbol.asyncDispose]() { adapter.dispose(); },
    [Symbol.dispose]() { adapter.dispose(); },
    [drainableProtocol]() { return adapter.drainable(); },
  };
}

// Stream to policy to writer.
const writers = new WeakMap();

function fromWritable(writable, options = {}) {
  if (typeof writable?.write !== 'function' || typeof writable.on !== 'function') {
    throw new ERR_INVALID_ARG_TYPE('writable', 'Writable', writable);
  }
  validateObject(options, 'options');
  const { backpressure = 'strict' } = options;
  validateOneOf(backpressure, 'options.backpressure', kPolicies);
  if (backpressure === 'drop-oldest') {
    throw new ERR_INVALID_ARG_VALUE('options.backpressure', backpressure,
                                    'drop-oldest is not supported for classic stream.Writable');
  }
  if (writable.writableObjectMode) {
    throw new ERR_INVALID_STATE('Cannot create a stream/iter Writer from an object-mode Writable');
  }
  const ofStream = writers.getOrInsertComputed(writable, () => new Map());
  return ofStream.getOrInsertComputed(backpressure, () => makeWriter(writable, backpressure));
}

// To a Writable

/** Calls back when the writer has done it: later, even when it was done at once. */
function settle(operation, callback) {
  try {
    const result = operation();
    if (isThenable(result)) result.then(() => callback(), callback);
    else Promise.resolve().then(() => callback());
  } catch (error) {
    callback(error);
  }
}

function toWritable(writer) {
  if (typeof writer?.write !== 'function') throw new ERR_INVALID_ARG_TYPE('writer', 'Writer', writer);
  const { Writable } = require('stream');
  const methods = {
    // The writer has a limit of its own.
    highWaterMark: Number.MAX_SAFE_INTEGER,
    write(chunk, encoding, callback) {
      settle(() => (writer.writeSync?.(chunk) ? undefined : writer.write(chunk)), callback);
    },
    final(callback) {
      settle(() => (writer.endSync?.() >= 0 ? undefined : writer.end?.()), callback);
    },
    destroy(error, callback) {
      if (error) writer.fail?.(error);
      // The writer and the callbacks have heard of it: there is no 'error' event on top.
      callback();
    },
  };
  if (typeof writer.writev === 'function') {
    methods.writev = (entries, callback) => {
      const chunks = entries.map(({ chunk }) => chunk);
      settle(() => (writer.writevSync?.(chunks) ? undefined : writer.writev(chunks)), callback);
    };
  }
  return new Writable(methods);
}

module.exports = { fromWritable, toWritable };
