'use strict';

// Run with assert; checks what throws() and rejects() caught against what the caller expects of it.

const { AssertionError, isError } = require('internal/assert/assertion_error');
const { codes } = require('internal/errors');
const { isDeepStrictEqual } = require('internal/util/comparisons');
const { inspect } = require('internal/util/inspect');
const { isPromise, isRegExp } = require('internal/util/types');

/** Stands for: the function did not throw, the promise was not rejected. */
const kNoException = {};

function fail(options) {
  if (isError(options.message)) throw options.message;
  throw new AssertionError(options);
}

/** The properties of an error that are compared, as an object of their own for the message. */
class Comparison {
  constructor(object, keys, actual) {
    for (const key of keys) {
      if (!(key in object)) continue;
      const matches = actual !== undefined && typeof actual[key] === 'string' &&
        isRegExp(object[key]) && RegExp.prototype.exec.call(object[key], actual[key]) !== null;
      this[key] = matches ? actual[key] : object[key];
    }
  }
}

function checkKey(actual, expected, key, message, keys, method) {
  if (key in actual && isDeepStrictEqual(actual[key], expected[key])) return;
  if (message) fail({ actual, expected, message, operator: method.name, stackStartFn: method });
  const error = new AssertionError({
    actual: new Comparison(actual, keys),
    expected: new Comparison(expected, keys, actual),
    operator: 'deepStrictEqual',
    stackStartFn: method,
  });
  error.actual = actual;
  error.expected = expected;
  error.operator = method.name;
  throw error;
}

/** A validation object: each of its properties has to be in the error. */
function checkObject(actual, expected, message, method) {
  if (typeof actual !== 'object' || actual === null) {
    const error = new AssertionError({
      actual, expected, message, operator: 'deepStrictEqual', stackStartFn: method,
    });
    error.operator = method.name;
    throw error;
  }
  const keys = Object.keys(expected);
  if (isError(expected)) {
    keys.push('name', 'message');
  } else if (keys.length === 0) {
    throw new codes.ERR_INVALID_ARG_VALUE('error', expected, 'may not be an empty object');
  }
  for (const key of keys) {
    if (typeof actual[key] === 'string' && isRegExp(expected[key]) &&
        RegExp.prototype.exec.call(expected[key], actual[key]) !== null) {
      continue;
    }
    checkKey(actual, expected, key, message, keys, method);
  }
}

function describeMismatch(actual, expected) {
  const text = String(actual);
  return `The input did not match the regular expression ${inspect(expected)}. ` +
    `Input:\n\n${inspect(text)}\n`;
}

function describeWrongClass(actual, expected) {
  const start = `The error is expected to be an instance of "${expected.name}". Received `;
  if (!isError(actual)) return `${start}"${inspect(actual, { depth: -1 })}"`;
  const name = actual.constructor?.name || actual.name;
  const received = name === expected.name ?
    'an error with identical name but a different prototype.' : `"${name}"`;
  return `${start}${received}\n\nError message:\n\n${actual.message}`;
}

function describeRefusal(actual, expected, result) {
  const name = expected.name ? `"${expected.name}" ` : '';
  return `The ${name}validation function is expected to return "true". ` +
    `Received ${inspect(result)}${isError(actual) ? `\n\nCaught error:\n\n${actual}` : ''}`;
}

/** What is wrong about `actual`, undefined if nothing is: for classes, regular expressions and functions. */
function findFault(actual, expected) {
  if (isRegExp(expected)) {
    return RegExp.prototype.exec.call(expected, String(actual)) === null ?
      describeMismatch(actual, expected) : undefined;
  }
  if (expected.prototype !== undefined && actual instanceof expected) return undefined;
  if (Object.prototype.isPrototypeOf.call(Error, expected)) {
    return describeWrongClass(actual, expected);
  }
  const result = Reflect.apply(expected, {}, [actual]);
  return result === true ? undefined : describeRefusal(actual, expected, result);
}

function checkExpected(actual, expected, message, method) {
  if (typeof expected !== 'function' && !isRegExp(expected)) {
    checkObject(actual, expected, message, method);
    return;
  }
  const fault = findFault(actual, expected);
  if (fault === undefined) return;
  if (isError(message)) throw message;
  const error = new AssertionError({
    actual, expected, message: message || fault, operator: method.name, stackStartFn: method,
  });
  error.generatedMessage = !message;
  throw error;
}

/** An error given as a string is the message; it must not be meant as the expected error's. */
function checkAmbiguity(actual, message) {
  const isObject = typeof actual === 'object' && actual !== null;
  if (isObject && actual.message === message) {
    throw new codes.ERR_AMBIGUOUS_ARGUMENT(
      'error/message', `The error message "${actual.message}" is identical to the message.`);
  }
  if (!isObject && actual === message) {
    throw new codes.ERR_AMBIGUOUS_ARGUMENT(
      'error/message', `The error "${actual}" is identical to the message.`);
  }
}

/** The check of throws() and rejects(). */
function expectError(method, actual, args) {
  let [error, message] = args;
  if (typeof error === 'string') {
    if (args.length > 1) {
      throw new codes.ERR_INVALID_ARG_TYPE(
        'error', ['Object', 'Error', 'Function', 'RegExp'], error);
    }
    checkAmbiguity(actual, error);
    message = error;
    error = undefined;
  } else if (error !== null && error !== undefined &&
      typeof error !== 'object' && typeof error !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE(
      'error', ['Object', 'Error', 'Function', 'RegExp'], error);
  }
  if (actual === kNoException) {
    const name = error?.name ? ` (${error.name})` : '';
    const kind = method.name === 'rejects' ? 'rejection' : 'exception';
    fail({
      actual: undefined,
      expected: error,
      operator: method.name,
      message: `Missing expected ${kind}${name}${message ? `: ${message}` : '.'}`,
      stackStartFn: method,
    });
  }
  if (error) checkExpected(actual, error, message, method);
}

function isUnwanted(actual, expected) {
  if (typeof expected === 'function') {
    if (expected.prototype !== undefined && actual instanceof expected) return true;
    if (Object.prototype.isPrototypeOf.call(Error, expected)) return false;
    return Reflect.apply(expected, {}, [actual]) === true;
  }
  if (isRegExp(expected)) return RegExp.prototype.exec.call(expected, String(actual)) !== null;
  throw new codes.ERR_INVALID_ARG_TYPE('expected', ['Function', 'RegExp'], expected);
}

/** The check of doesNotThrow() and doesNotReject(). */
function expectNoError(method, actual, [error, message]) {
  if (actual === kNoException) return;
  if (typeof error === 'string') {
    message = error;
    error = undefined;
  }
  if (error && !isUnwanted(actual, error)) throw actual;
  const kind = method.name === 'doesNotReject' ? 'rejection' : 'exception';
  fail({
    actual,
    expected: error,
    operator: method.name,
    message: `Got unwanted ${kind}${message ? `: ${message}` : '.'}\n` +
      `Actual message: "${actual?.message}"`,
    stackStartFn: method,
  });
}

/** What `fn` throws. */
function catchFrom(fn) {
  if (typeof fn !== 'function') throw new codes.ERR_INVALID_ARG_TYPE('fn', 'Function', fn);
  try {
    fn();
  } catch (error) {
    return error;
  }
  return kNoException;
}

function isThenable(value) {
  return isPromise(value) || (value !== null && typeof value === 'object' &&
    typeof value.then === 'function' && typeof value.catch === 'function');
}

/** What the promise, or the one that the function returns, is rejected with. */
async function catchFromPromise(promiseFn) {
  let promise = promiseFn;
  if (typeof promiseFn === 'function') {
    promise = promiseFn();
    if (!isThenable(promise)) {
      throw new codes.ERR_INVALID_RETURN_VALUE('instance of Promise', 'promiseFn', promise);
    }
  } else if (!isThenable(promiseFn)) {
    throw new codes.ERR_INVALID_ARG_TYPE('promiseFn', ['Function', 'Promise'], promiseFn);
  }
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return kNoException;
}

module.exports = { catchFrom, catchFromPromise, expectError, expectNoError, fail };
