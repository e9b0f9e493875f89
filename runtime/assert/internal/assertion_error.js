'use strict';

// Run with assert; makes AssertionError, whose message shows how the values differ.

const { kIsNodeError } = require('internal/errors');
const { describeDifference, describeFailure } = require('internal/assert/message');
const { inspect } = require('internal/util/inspect');
const { isNativeError } = require('internal/util/types');
const { validateObject } = require('internal/validators');

/** Operators whose message shows a difference even under a message of the caller's. */
const diffedOperators = new Set(['deepStrictEqual', 'strictEqual', 'partialDeepStrictEqual']);

const kMaxShownLines = 10;
const kMaxShownLength = 512;

/** Errors of any realm. */
function isError(value) {
  return isNativeError(value) || value instanceof Error;
}

/** An error without the stack, which would differ in every case. */
function copyError(source) {
  const copy = Object.assign({ __proto__: Object.getPrototypeOf(source) }, source);
  Object.defineProperty(copy, 'message', { __proto__: null, value: source.message });
  if (Object.hasOwn(source, 'cause')) {
    const { cause } = source;
    Object.defineProperty(copy, 'cause', {
      __proto__: null, value: isError(cause) ? copyError(cause) : cause,
    });
  }
  return copy;
}

function makeMessage({ message, operator, actual, expected, diff }) {
  const isFull = diff === 'full';
  if (message !== undefined && message !== null) {
    return diffedOperators.has(operator) ?
      describeDifference(actual, expected, operator, `${message}` || undefined, isFull) : String(message);
  }
  if (isError(actual) && isError(expected)) {
    actual = copyError(actual);
    expected = copyError(expected);
  }
  if (diffedOperators.has(operator)) {
    return describeDifference(actual, expected, operator, undefined, isFull);
  }
  return describeFailure(actual, expected, operator, isFull);
}

function shorten(value) {
  if (typeof value !== 'string') return value;
  const lines = value.split('\n', kMaxShownLines + 1);
  if (lines.length > kMaxShownLines) {
    return `${lines.slice(0, kMaxShownLines).join('\n')}\n...`;
  }
  // As in Node it is the start that is left out.
  return value.length > kMaxShownLength ? `${value.slice(kMaxShownLength)}...` : value;
}

class AssertionError extends Error {
  /**
   * @param {{ message?: any, operator?: string, actual?: any, expected?: any, stackStartFn?: Function,
   *           diff?: 'simple' | 'full', details?: object[] }} options
   */
  constructor(options) {
    validateObject(options, 'options');
    const { message, operator, stackStartFn, details, stackStartFunction, diff = 'simple' } = options;
    const { actual, expected } = options;
    super(makeMessage({ message, operator, actual, expected, diff }));
    this.generatedMessage = !message;
    Object.defineProperty(this, 'name', {
      __proto__: null, value: 'AssertionError', writable: true, configurable: true,
    });
    this.code = 'ERR_ASSERTION';
    if (details) {
      this.actual = undefined;
      this.expected = undefined;
      this.operator = undefined;
      details.forEach((detail, i) => {
        this[`message ${i}`] = detail.message;
        this[`actual ${i}`] = detail.actual;
        this[`expected ${i}`] = detail.expected;
        this[`operator ${i}`] = detail.operator;
        this[`stack trace ${i}`] = detail.stack;
      });
    } else {
      this.actual = actual;
      this.expected = expected;
      this.operator = operator;
    }
    this.diff = diff;
    Error.captureStackTrace(this, stackStartFn || stackStartFunction || new.target);
  }

  toString() {
    return `${this.name} [${this.code}]: ${this.message}`;
  }

  get [kIsNodeError]() {
    return true;
  }

  [inspect.custom](depth, options) {
    // Long strings are in the message already.
    const { actual, expected } = this;
    this.actual = shorten(actual);
    this.expected = shorten(expected);
    const text = inspect(this, { ...options, customInspect: false, depth: 0 });
    this.actual = actual;
    this.expected = expected;
    return text;
  }
}


module.exports = { AssertionError, isError };
