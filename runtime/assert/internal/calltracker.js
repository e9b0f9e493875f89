'use strict';

// Run on first use of assert.CallTracker, which is deprecated; counts the calls of functions and reports those that were
// called more or less often than expected.

const { AssertionError } = require('internal/assert/assertion_error');
const { codes } = require('internal/errors');
const { validateUint32 } = require('internal/validators');

function noop() {}

class CallTrackerContext {
  #expected;
  #calls = [];
  #name;
  #stackTrace;

  constructor({ expected, stackTrace, name }) {
    this.#expected = expected;
    this.#stackTrace = stackTrace;
    this.#name = name;
  }

  track(thisArg, args) {
    this.#calls.push(Object.freeze({ thisArg, arguments: Object.freeze(args.slice()) }));
  }

  get delta() {
    return this.#calls.length - this.#expected;
  }

  reset() {
    this.#calls = [];
  }

  getCalls() {
    return Object.freeze([...this.#calls]);
  }

  report() {
    if (this.delta === 0) return undefined;
    const message = `Expected the ${this.#name} function to be executed ${this.#expected} time(s) ` +
      `but was executed ${this.#calls.length} time(s).`;
    return {
      message,
      actual: this.#calls.length,
      expected: this.#expected,
      operator: this.#name,
      stack: this.#stackTrace,
    };
  }
}

class CallTracker {
  #checks = new Set();
  #trackedFunctions = new WeakMap();

  #getTracked(tracked) {
    const context = this.#trackedFunctions.get(tracked);
    if (context === undefined) {
      throw new codes.ERR_INVALID_ARG_VALUE('tracked', tracked, 'is not a tracked function');
    }
    return context;
  }

  reset(tracked) {
    if (tracked === undefined) {
      for (const check of this.#checks) check.reset();
    } else {
      this.#getTracked(tracked).reset();
    }
  }

  getCalls(tracked) {
    return this.#getTracked(tracked).getCalls();
  }

  /** A function that calls `fn` and has to be called `expected` times. */
  calls(fn, expected = 1) {
    if (process._exiting) throw new codes.ERR_UNAVAILABLE_DURING_EXIT();
    if (typeof fn === 'number') {
      expected = fn;
      fn = noop;
    } else if (fn === undefined) {
      fn = noop;
    }
    validateUint32(expected, 'expected', true);
    const context = new CallTrackerContext({
      expected,
      stackTrace: new Error(),
      name: fn.name || 'calls',
    });
    const tracked = new Proxy(fn, {
      __proto__: null,
      apply(target, thisArg, args) {
        context.track(thisArg, args);
        return Reflect.apply(target, thisArg, args);
      },
    });
    this.#checks.add(context);
    this.#trackedFunctions.set(tracked, context);
    return tracked;
  }

  report() {
    return [...this.#checks].map((check) => check.report()).filter((each) => each !== undefined);
  }

  verify() {
    const details = this.report();
    if (details.length === 0) return;
    const message = details.length === 1 ? details[0].message :
      'Functions were not called the expected number of times';
    throw new AssertionError({ message, details });
  }
}

module.exports = CallTracker;
