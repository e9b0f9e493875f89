'use strict';
// t.plan(): how many assertions and subtests a test expects, and the wait for them. Loaded by internal/test_runner/test.

const { codes } = require('internal/errors');
const { validateNumber, validateObject } = require('internal/validators');
const { kEmptyObject } = require('internal/util');
const { clearTimeout, setTimeout } = require('internal/test_runner/call');
const { failureTypes, testFailure } = require('internal/test_runner/utils');

class TestPlan {
  #expected;
  #actual = 0;
  #wait;
  #timer;
  #settled = Promise.withResolvers();

  constructor(count, options = kEmptyObject) {
    validateNumber(count, 'count');
    validateObject(options, 'options');
    const { wait } = options;
    if (wait !== undefined && typeof wait !== 'boolean' && typeof wait !== 'number') {
      throw new codes.ERR_INVALID_ARG_TYPE('options.wait', ['boolean', 'number'], wait);
    }
    if (typeof wait === 'number') validateNumber(wait, 'options.wait', 0, require('internal/timers').TIMEOUT_MAX);
    this.#expected = count;
    this.#wait = wait ?? false;
    this.#settled.promise.catch(() => {});
  }

  increment() {
    this.#actual++;
    if (this.#actual === this.#expected) this.#finish();
  }

  #finish() {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#settled.resolve();
  }

  /** Fails when the count differs, now or (with the option `wait`) later. */
  async check() {
    if (this.#actual === this.#expected) return;
    if (this.#wait === false || this.#actual > this.#expected) {
      throw testFailure(
        `plan expected ${this.#expected} assertions but received ${this.#actual}`, failureTypes.testCode);
    }
    if (typeof this.#wait === 'number') this.#startTimer();
    await this.#settled.promise;
  }

  #startTimer() {
    this.#timer = setTimeout(() => {
      const message = `plan timed out after ${this.#wait}ms with ${this.#actual} assertions ` +
        `when expecting ${this.#expected}`;
      this.#settled.reject(testFailure(message, failureTypes.timeout));
    }, this.#wait);
    this.#timer.unref();
  }
}

module.exports = { TestPlan };
