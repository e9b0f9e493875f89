'use strict';
// Calling what a user wrote as a test, suite or hook, and stopping to wait for it. Loaded by internal/test_runner/test.

const { AsyncLocalStorage } = require('async_hooks');
// Taken before a test can put its mocks in their place.
const { clearTimeout, setTimeout } = require('timers');
const { isPromise } = require('util/types');
const { failureTypes, testFailure } = require('internal/test_runner/utils');

// Which test or hook the running code belongs to: parents of new tests and culprits of uncaught errors are found by it.
const currentScope = new AsyncLocalStorage();

/**
 * What a test waits for besides its function: a time-out, or that somebody stops it. Timers do not hold the process.
 */
class Stopper {
  #deferred = Promise.withResolvers();
  #timer;
  #signal;
  #onAbort;

  constructor() {
    this.promise = this.#deferred.promise;
    this.promise.catch(() => {});
  }

  stop(error) {
    this.#deferred.reject(error);
  }

  startTimer(milliseconds) {
    if (milliseconds === Infinity) return;
    this.#timer = setTimeout(() => {
      this.stop(testFailure(`test timed out after ${milliseconds}ms`, failureTypes.timeout));
    }, milliseconds);
    this.#timer.unref();
  }

  watch(signal, onAbort) {
    if (signal === undefined) return;
    this.#signal = signal;
    this.#onAbort = onAbort;
    signal.addEventListener('abort', onAbort, { __proto__: null, once: true });
  }

  dispose() {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#signal?.removeEventListener('abort', this.#onAbort);
    this.#timer = undefined;
  }
}

/**
 * One call of a test or hook function, in the style that its number of parameters says: synchronous or promise, or with a
 * callback. The caller makes the call itself, so that stacks are short.
 */
class TestCall {
  #callback;

  constructor(fn, args) {
    this.args = args;
    if (fn.length === args.length + 1) this.#addCallback();
  }

  #addCallback() {
    this.#callback = Promise.withResolvers();
    let called = false;
    this.args.push((error) => {
      if (called) throw testFailure('callback invoked multiple times', failureTypes.multipleCallbacks);
      called = true;
      if (error) this.#callback.reject(error);
      else this.#callback.resolve();
    });
  }

  /** Settles when what the function started has, or when `stopped` rejects. */
  async settle(result, stopped) {
    if (this.#callback === undefined) {
      await Promise.race([result, stopped]);
      return;
    }
    if (isPromise(result)) {
      await Promise.race([result.catch(() => {}), stopped]);
      throw testFailure('passed a callback but also returned a Promise', failureTypes.callbackAndPromise);
    }
    await Promise.race([this.#callback.promise, stopped]);
  }
}

module.exports = { Stopper, TestCall, clearTimeout, currentScope, setTimeout };
