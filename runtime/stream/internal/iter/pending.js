'use strict';
// What a producer waits for: writes that found no room, and drains that were asked for. push() and broadcast() have
// one of each. Evaluated with the first file of `stream/iter` that is asked for.

const { codes: { ERR_INVALID_STATE } } = require('internal/errors');
const { whenAborted } = require('internal/stream/iter/abort');

const kMaxStrict = 1;

/** Writes that wait for room, first come, first served. */
class PendingWrites {
  #queue = [];
  #strict;
  #onRemoved;

  /**
   * @param {string} policy
   * @param {() => void} [onRemoved] called when a signal took one away
   */
  constructor(policy, onRemoved = () => {}) {
    this.#strict = policy === 'strict';
    this.#onRemoved = onRemoved;
  }

  get length() {
    return this.#queue.length;
  }

  /** @returns {Promise<void>} of the write being accepted */
  add(batch, signal) {
    if (this.#strict && this.#queue.length >= kMaxStrict) {
      return Promise.reject(new ERR_INVALID_STATE.RangeError(
        'Backpressure violation: too many pending writes. Await each write() call to respect backpressure.'));
    }
    const { promise, resolve, reject } = Promise.withResolvers();
    const write = { batch, resolve, reject };
    write.unfollow = whenAborted(signal, (reason) => {
      this.#queue.splice(this.#queue.indexOf(write), 1);
      reject(reason);
      this.#onRemoved();
    });
    this.#queue.push(write);
    return promise;
  }

  /** Gives the oldest writes to `accept(batch)` as long as `hasRoom()`. */
  promote(hasRoom, accept) {
    while (this.#queue.length > 0 && hasRoom()) {
      const { batch, resolve, unfollow } = this.#queue.shift();
      unfollow();
      accept(batch);
      resolve();
    }
  }

  rejectAll(error) {
    for (const { reject, unfollow } of this.#queue.splice(0)) {
      unfollow();
      reject(error);
    }
  }
}

/** Those who wait for room without a write. */
class DrainWaiters {
  #waiters = [];

  wait() {
    return new Promise((resolve, reject) => this.#waiters.push({ resolve, reject }));
  }

  /** @param {boolean} writable whether there is room, or no longer anybody to make room */
  resolveAll(writable) {
    for (const { resolve } of this.#waiters.splice(0)) resolve(writable);
  }

  rejectAll(error) {
    for (const { reject } of this.#waiters.splice(0)) reject(error);
  }
}

/** The promise of end(), which a caller may stop to wait for without taking the end back. */
class Ending {
  #resolvers;

  wait(signal) {
    this.#resolvers ??= Promise.withResolvers();
    const ended = this.#resolvers.promise;
    if (signal === undefined) return ended;
    const { promise, resolve, reject } = Promise.withResolvers();
    const unfollow = whenAborted(signal, reject);
    ended.then(resolve, reject).finally(unfollow);
    return promise;
  }

  resolve(total) {
    this.#resolvers?.resolve(total);
  }

  reject(error) {
    this.#resolvers?.reject(error);
  }
}

module.exports = { DrainWaiters, Ending, PendingWrites };
