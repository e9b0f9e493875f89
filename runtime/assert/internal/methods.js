'use strict';

// Run with assert; makes the assertions. They read the settings of the Assert instance they are called on; called as
// functions of the module, they use the defaults.

const { AssertionError, isError } = require('internal/assert/assertion_error');
const {
  catchFrom,
  catchFromPromise,
  expectError,
  expectNoError,
  fail,
} = require('internal/assert/expected_error');
const { codes, isErrorStackTraceLimitWritable } = require('internal/errors');
const {
  isDeepEqual,
  isDeepStrictEqual,
  isPartialStrictEqual,
} = require('internal/util/comparisons');
const { inspect } = require('internal/util/inspect');
const { isRegExp } = require('internal/util/types');

const kOptions = Symbol('options');

/** Fails unless `passed`. */
function check(self, method, passed, args, operator = method.name) {
  if (args.length < 2) throw new codes.ERR_MISSING_ARGS('actual', 'expected');
  if (passed()) return;
  fail({
    actual: args[0], expected: args[1], message: args[2], operator, stackStartFn: method, diff: self?.[kOptions]?.diff,
  });
}

/** An object whose stack is the caller of `method`, even if the program wants no stacks. */
function captureCaller(method) {
  const probe = {};
  const limit = Error.stackTraceLimit;
  const isWritable = isErrorStackTraceLimitWritable();
  if (isWritable) Error.stackTraceLimit = 1;
  Error.captureStackTrace(probe, method);
  if (isWritable) Error.stackTraceLimit = limit;
  return probe;
}

/** The message of ok() is the expression that was false. */
function describeFalsy(method, value, argumentCount) {
  if (argumentCount === 0) return 'No value argument passed to `assert.ok()`';
  const { getCallSource } = require('internal/assert/call_source');
  const source = getCallSource(captureCaller(method));
  if (source === undefined) return `${inspect(value)} == true`;
  return `The expression evaluated to a falsy value:\n\n  ${source}\n`;
}

/** ok(), also as assert() itself: `method` is where the stack starts. */
function innerOk(method, args, diff = undefined) {
  const value = args[0];
  const message = args[1];
  if (value) return;
  if (isError(message)) throw message;
  const isGenerated = args.length === 0 || message === undefined || message === null;
  const error = new AssertionError({
    actual: value,
    expected: true,
    message: isGenerated ? describeFalsy(method, value, args.length) : message,
    operator: '==',
    stackStartFn: method,
    diff,
  });
  error.generatedMessage = isGenerated;
  throw error;
}

function describeMatch(string, regexp, isMatch) {
  if (typeof string !== 'string') {
    return 'The "string" argument must be of type string. Received type ' +
      `${typeof string} (${inspect(string)})`;
  }
  const start = isMatch ? 'The input did not match the regular expression ' :
    'The input was expected to not match the regular expression ';
  return `${start}${inspect(regexp)}. Input:\n\n${inspect(string)}\n`;
}

function innerMatch(method, isMatch, string, regexp, message) {
  if (!isRegExp(regexp)) throw new codes.ERR_INVALID_ARG_TYPE('regexp', 'RegExp', regexp);
  if (typeof string === 'string' &&
      (RegExp.prototype.exec.call(regexp, string) !== null) === isMatch) {
    return;
  }
  if (isError(message)) throw message;
  const error = new AssertionError({
    actual: string,
    expected: regexp,
    message: message || describeMatch(string, regexp, isMatch),
    operator: method.name,
    stackStartFn: method,
  });
  error.generatedMessage = !message;
  throw error;
}

/** Appends the frames of `inner` that `outer` has not. */
function addFrames(outer, inner) {
  if (typeof inner.stack !== 'string') return;
  const start = inner.stack.indexOf('\n    at');
  if (start === -1) return;
  const innerFrames = inner.stack.slice(start + 1).split('\n');
  let outerLines = `${outer.stack}`.split('\n');
  for (const frame of innerFrames) {
    const position = outerLines.indexOf(frame);
    if (position !== -1) {
      outerLines = outerLines.slice(0, position);
      break;
    }
  }
  outer.stack = `${outerLines.join('\n')}\n${innerFrames.join('\n')}`;
}

function equalLoosely(actual, expected) {
  // eslint-disable-next-line eqeqeq
  return actual == expected || (Number.isNaN(actual) && Number.isNaN(expected));
}

let warned = false;

/** Once fail() took what had been compared. */
function warnAboutComparingFail() {
  if (warned) return;
  warned = true;
  process.emitWarning(
    'assert.fail() with more than one argument is deprecated. ' +
    'Please use assert.strictEqual() instead or only pass a message.',
    'DeprecationWarning', 'DEP0094');
}

const methods = {
  fail(...args) {
    let message = args[0];
    const options = {
      operator: 'fail', stackStartFn: args[4] ?? methods.fail, diff: this?.[kOptions]?.diff,
    };
    if (args.length > 1) {
      warnAboutComparingFail();
      message = args[2];
      options.actual = args[0];
      options.expected = args[1];
      options.operator = args.length === 2 ? '!=' : args[3] ?? 'fail';
    }
    if (isError(message)) throw message;
    const isGenerated = message === undefined || message === null;
    if (!isGenerated) options.message = message;
    else if (args.length < 2) options.message = 'Failed';
    const error = new AssertionError(options);
    error.generatedMessage = isGenerated;
    throw error;
  },

  ok(...args) {
    innerOk(methods.ok, args, this?.[kOptions]?.diff);
  },

  equal(...args) {
    check(this, methods.equal, () => equalLoosely(args[0], args[1]), args, '==');
  },

  notEqual(...args) {
    check(this, methods.notEqual, () => !equalLoosely(args[0], args[1]), args, '!=');
  },

  deepEqual(...args) {
    check(this, methods.deepEqual, () => isDeepEqual(args[0], args[1]), args);
  },

  notDeepEqual(...args) {
    check(this, methods.notDeepEqual, () => !isDeepEqual(args[0], args[1]), args);
  },

  deepStrictEqual(...args) {
    const skip = this?.[kOptions]?.skipPrototype;
    check(this, methods.deepStrictEqual, () => isDeepStrictEqual(args[0], args[1], skip), args);
  },

  notDeepStrictEqual(...args) {
    const skip = this?.[kOptions]?.skipPrototype;
    check(this, methods.notDeepStrictEqual, () => !isDeepStrictEqual(args[0], args[1], skip), args);
  },

  strictEqual(...args) {
    check(this, methods.strictEqual, () => Object.is(args[0], args[1]), args);
  },

  notStrictEqual(...args) {
    check(this, methods.notStrictEqual, () => !Object.is(args[0], args[1]), args);
  },

  partialDeepStrictEqual(...args) {
    check(this, methods.partialDeepStrictEqual, () => isPartialStrictEqual(args[0], args[1]), args);
  },

  throws(fn, ...args) {
    expectError(methods.throws, catchFrom(fn), args);
  },

  async rejects(promiseFn, ...args) {
    expectError(methods.rejects, await catchFromPromise(promiseFn), args);
  },

  doesNotThrow(fn, ...args) {
    expectNoError(methods.doesNotThrow, catchFrom(fn), args);
  },

  async doesNotReject(promiseFn, ...args) {
    expectNoError(methods.doesNotReject, await catchFromPromise(promiseFn), args);
  },

  ifError(value) {
    if (value === null || value === undefined) return;
    let message = 'ifError got unwanted exception: ';
    if (typeof value === 'object' && typeof value.message === 'string') {
      message += value.message.length === 0 && value.constructor ?
        value.constructor.name : value.message;
    } else {
      message += inspect(value);
    }
    const error = new AssertionError({
      actual: value, expected: null, operator: 'ifError', message,
      stackStartFn: methods.ifError, diff: this?.[kOptions]?.diff,
    });
    addFrames(error, value);
    throw error;
  },

  match(string, regexp, message) {
    innerMatch(methods.match, true, string, regexp, message);
  },

  doesNotMatch(string, regexp, message) {
    innerMatch(methods.doesNotMatch, false, string, regexp, message);
  },
};

// They count their arguments, and still say how many they take.
for (const [name, length] of [
  ['fail', 5], ...['equal', 'notEqual', 'deepEqual', 'notDeepEqual', 'deepStrictEqual', 'notDeepStrictEqual', 'strictEqual',
                   'notStrictEqual', 'partialDeepStrictEqual'].map((each) => [each, 3]),
]) Object.defineProperty(methods[name], 'length', { __proto__: null, value: length, configurable: true });

module.exports = { innerOk, kOptions, methods };
