'use strict';
// share(): one source, any number of consumers, each of which makes it go on when it needs more.
// Evaluated with the first file of `stream/iter` that is asked for.

const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_RETURN_VALUE, ERR_OPERATION_FAILED, ERR_OUT_OF_RANGE }, isErrorLike,
} = require('internal/errors');
const { abandon, whenAborted } = require('internal/stream/iter/abort');
const { bufferOptions, isObject, transformsAndOptions } = require('internal/stream/iter/arguments');
const { Consumer, consumerSource, done } = require('internal/stream/iter/consumer');
const { from, hasProtocol, isAsyncIterable, isSyncIterable } = require('internal/stream/iter/from');
const { shareProtocol } = require('internal/stream/iter/protocols');
const { pipeline } = require('internal/stream/iter/pull');
const { SharedBuffer } = require('internal/stream/iter/shared_buffer');

const kDefaultBudget = 65536;

/** A source's failure as consumers see it. */
function asError(error) {
  return isErrorLike(error) ? error : new ERR_OPERATION_FAILED(String(error));
}

function overflow(buffer, budget, note = '') {
  return new ERR_OUT_OF_RANGE('buffered bytes', `< ${budget}${note}`, buffer.bytes);
}

class Share {
  #source;
  #iterator;
  #buffer;
  #options;
  // The one read of the source that is under way; all who need more wait for it.
  #pulling;
  #over = false;
  // { error } when it ended with one.
  #failure;
  // Consumers that wait for a slower one.
  #roomWaiters = [];
  #unfollow;

  constructor(source, options) {
    this.#source = source;
    this.#options = options;
    this.#buffer = new SharedBuffer(options.budget);
    this.#unfollow = whenAborted(options.signal, (reason) => this.cancel(reason));
  }

  get consumerCount() {
    return this.#buffer.readerCount;
  }

  pull(...args) {
    const { transforms, options: { signal } } = transformsAndOptions(args);
    const consumer = new Consumer();
    if (signal?.aborted) {
      consumer.close({ error: signal.reason });
    } else if (this.#failure) {
      consumer.close(this.#failure);
    } else {
      this.#buffer.addReader(consumer);
      consumer.unfollow = whenAborted(signal, (error) => this.#remove(consumer, { error }));
    }
    const source = consumerSource(() => this.#next(consumer), () => this.#remove(consumer));
    return transforms.length > 0 ? pipeline(source, transforms, signal) : source;
  }

  cancel(reason) {
    if (this.#over) return;
    this.#finish(reason === undefined ? undefined : { error: reason });
    if (this.#iterator !== undefined) abandon(this.#iterator);
  }

  [Symbol.dispose]() {
    this.cancel();
  }

  #next(consumer) {
    return new Promise((resolve, reject) => {
      consumer.reads.push({ resolve, reject });
      // Reads of one consumer are served in turn.
      if (consumer.reads.length === 1) this.#serve(consumer);
    });
  }

  async #serve(consumer) {
    while (consumer.reads.length > 0) {
      try {
        const result = await this.#read(consumer);
        consumer.reads.shift()?.resolve(result);
      } catch (error) {
        consumer.reads.shift()?.reject(error);
      }
    }
  }

  async #read(consumer) {
    while (this.#buffer.has(consumer)) {
      if (this.#buffer.hasNext(consumer)) {
        const { batch, freed } = this.#buffer.next(consumer);
        if (freed) this.#wakeWaiters();
        return { __proto__: null, done: false, value: batch };
      }
      if (this.#over) this.#remove(consumer);
      else await (this.#pulling ??= this.#pullOnce().finally(() => { this.#pulling = undefined; }));
    }
    if (consumer.stopped) throw consumer.stopped.error;
    return done();
  }

  async #pullOnce() {
    if (!this.#buffer.hasRoom && !await this.#makeRoom()) return;
    const batch = await this.#readSource();
    if (batch !== undefined) this.#buffer.push(batch);
  }

  /** @returns {Promise<boolean>} whether to read the source now */
  async #makeRoom() {
    const { backpressure, budget } = this.#options;
    switch (backpressure) {
      case 'strict': throw overflow(this.#buffer, budget);
      case 'drop-oldest':
        this.#buffer.dropOldest();
        return true;
      case 'drop-newest':
        await this.#readSource();
        break;
      default:
    }
    // The one who asks waits for those behind it.
    if (!this.#over && !this.#buffer.hasRoom) await new Promise((resolve) => this.#roomWaiters.push(resolve));
    return false;
  }

  async #readSource() {
    try {
      this.#iterator ??= this.#source[Symbol.asyncIterator]();
      const { done: ended, value } = await this.#iterator.next();
      if (this.#over) return undefined;
      if (!ended) return value;
      this.#over = true;
      this.#unfollow?.();
    } catch (error) {
      if (!this.#over) this.#finish({ error: asError(error) });
    }
    return undefined;
  }

  #wakeWaiters() {
    for (const resolve of this.#roomWaiters.splice(0)) resolve();
  }

  #finish(failure) {
    this.#over = true;
    this.#failure = failure;
    this.#unfollow?.();
    for (const consumer of this.#buffer.removeAllReaders()) consumer.close(failure);
    this.#buffer.clear();
    this.#wakeWaiters();
  }

  #remove(consumer, failure) {
    if (!this.#buffer.has(consumer)) return;
    this.#buffer.removeReader(consumer);
    consumer.close(failure);
    this.#wakeWaiters();
  }
}

function share(source, options = {}) {
  const stream = from(source);
  return new Share(stream, bufferOptions(options, kDefaultBudget));
}

/** Share.from() and SyncShare.fromSync(): a shareable by its protocol; undefined when it has none. */
function fromProtocol(input, symbol, options) {
  if (!hasProtocol(input, symbol)) return undefined;
  const custom = input[symbol](options);
  if (!isObject(custom)) {
    throw new ERR_INVALID_RETURN_VALUE('an object', `[Symbol.for('${symbol.description}')]`, custom);
  }
  return custom;
}

const ShareNamespace = {
  __proto__: null,
  from(input, options) {
    const custom = fromProtocol(input, shareProtocol, options);
    if (custom !== undefined) return custom;
    if (isAsyncIterable(input) || isSyncIterable(input)) return share(input, options);
    throw new ERR_INVALID_ARG_TYPE('input', ['Shareable', 'AsyncIterable', 'Iterable'], input);
  },
};

module.exports = { Share: ShareNamespace, asError, fromProtocol, overflow, share };
