'use strict';
// shareSync(): share() for sync sources. Nobody can wait here for a slower consumer.
// Evaluated with the first file of `stream/iter` that is asked for.

const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { bufferOptions, kMinBudget, validateTransforms } = require('internal/stream/iter/arguments');
const { done } = require('internal/stream/iter/consumer');
const { fromSync, isSyncIterable } = require('internal/stream/iter/from');
const { markValidated, shareSyncProtocol } = require('internal/stream/iter/protocols');
const { pipelineSync } = require('internal/stream/iter/pull');
const { asError, fromProtocol, overflow } = require('internal/stream/iter/share');
const { SharedBuffer } = require('internal/stream/iter/shared_buffer');

class SyncShare {
  #source;
  #iterator;
  #buffer;
  #options;
  #over = false;
  // { error } when it ended with one.
  #failure;

  constructor(source, options) {
    this.#source = source;
    this.#options = options;
    this.#buffer = new SharedBuffer(options.budget);
  }

  get consumerCount() {
    return this.#buffer.readerCount;
  }

  pull(...transforms) {
    validateTransforms(transforms);
    const consumer = { cursor: 0 };
    if (!this.#failure) this.#buffer.addReader(consumer);
    const leave = () => {
      this.#buffer.removeReader(consumer);
      return done();
    };
    const source = markValidated({
      __proto__: null,
      [Symbol.iterator]: () => ({ __proto__: null, next: () => this.#next(consumer), return: leave, throw: leave }),
    });
    return transforms.length > 0 ? pipelineSync(source, transforms) : source;
  }

  cancel(reason) {
    if (this.#over) return;
    this.#finish(reason === undefined ? undefined : { error: reason });
    this.#iterator?.return?.();
  }

  [Symbol.dispose]() {
    this.cancel();
  }

  #next(consumer) {
    if (this.#buffer.has(consumer) && !this.#buffer.hasNext(consumer) && !this.#over) {
      // Nobody can wait for the slower ones: 'drop-newest' drops the one who asks.
      if (this.#buffer.hasRoom || this.#makeRoom()) this.#readSource();
      else this.#buffer.removeReader(consumer);
    }
    if (this.#failure) throw this.#failure.error;
    if (!this.#buffer.has(consumer)) return done();
    if (this.#buffer.hasNext(consumer)) {
      return { __proto__: null, done: false, value: this.#buffer.next(consumer).batch };
    }
    this.#buffer.removeReader(consumer);
    return done();
  }

  /** @returns {boolean} whether there is room now */
  #makeRoom() {
    const { backpressure, budget } = this.#options;
    switch (backpressure) {
      case 'drop-newest': return false;
      case 'drop-oldest':
        this.#buffer.dropOldest();
        return true;
      case 'strict': throw overflow(this.#buffer, budget);
      default: throw overflow(this.#buffer, budget, ' (unbounded not available in sync context)');
    }
  }

  #readSource() {
    try {
      this.#iterator ??= this.#source[Symbol.iterator]();
      const { done: ended, value } = this.#iterator.next();
      if (ended) this.#over = true;
      else this.#buffer.push(value);
    } catch (error) {
      this.#finish({ error: asError(error) });
    }
  }

  #finish(failure) {
    this.#over = true;
    this.#failure = failure;
    this.#buffer.removeAllReaders();
    this.#buffer.clear();
  }
}

function shareSync(source, options = {}) {
  const stream = fromSync(source);
  return new SyncShare(stream, bufferOptions(options, kMinBudget, { withSignal: false }));
}

const SyncShareNamespace = {
  __proto__: null,
  fromSync(input, options) {
    const custom = fromProtocol(input, shareSyncProtocol, options);
    if (custom !== undefined) return custom;
    if (isSyncIterable(input)) return shareSync(input, options);
    throw new ERR_INVALID_ARG_TYPE('input', ['SyncShareable', 'Iterable'], input);
  },
};

module.exports = { SyncShare: SyncShareNamespace, shareSync };
