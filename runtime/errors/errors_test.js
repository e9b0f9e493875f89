'use strict';

// Errors as programs see them: class, code, message, where the stack starts. Runs under Node, too.

const assert = require('assert');
const fs = require('fs');
const path = require('path');
const util = require('util');

function thrownBy(fn) {
  try {
    fn();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

function messageFor(value) {
  return thrownBy(() => path.join(value)).message;
}

// Class, name, code and the first line of the stack.
const error = thrownBy(function caller() { path.join(1); });
assert.ok(error instanceof TypeError);
assert.strictEqual(error.name, 'TypeError');
assert.strictEqual(error.code, 'ERR_INVALID_ARG_TYPE');
assert.deepStrictEqual(Object.keys(error), ['code']);
assert.strictEqual(error.constructor, TypeError);
assert.strictEqual(
  String(error),
  'TypeError [ERR_INVALID_ARG_TYPE]: The "path" argument must be of type string. Received type number (1)');
assert.ok(error.stack.startsWith(`${error}\n    at `));

// The check's own frame is not shown, the function whose argument was wrong is.
assert.match(error.stack.split('\n')[1], /^ {4}at Object\.join|^ {4}at join/);
assert.doesNotMatch(error.stack, /validate/);
assert.match(error.stack, /at caller /);

// What was received.
assert.match(messageFor(undefined), /Received undefined$/);
assert.match(messageFor(null), /Received null$/);
assert.match(messageFor(-0), /Received type number \(-0\)$/);
assert.match(messageFor(1n), /Received type bigint \(1n\)$/);
assert.match(messageFor(Symbol('s')), /Received type symbol \(Symbol\(s\)\)$/);
assert.match(messageFor(() => {}), /Received function $/);
assert.match(messageFor(function named() {}), /Received function named$/);
assert.match(messageFor({}), /Received an instance of Object$/);
assert.match(messageFor([]), /Received an instance of Array$/);
assert.match(messageFor(Object.create(null)), /Received \[Object: null prototype\] {}$/);

// Several types; numbers out of range get separators.
assert.throws(() => fs.readFileSync({}), {
  message: 'The "path" argument must be of type string or an instance of Buffer or URL. Received an instance of Object',
});
assert.throws(() => Buffer.alloc(2 ** 60), {
  name: 'RangeError',
  code: 'ERR_OUT_OF_RANGE',
  message: /^The value of "size" is out of range\. It must be .*Received 1_152_921_504_606_847_000$/,
});

// Failed system calls.
const missing = thrownBy(() => fs.readFileSync('/does/not/exist'));
assert.deepStrictEqual({ ...missing }, {
  errno: -2, code: 'ENOENT', syscall: 'open', path: '/does/not/exist',
});
assert.strictEqual(missing.message, "ENOENT: no such file or directory, open '/does/not/exist'");
assert.strictEqual(util.getSystemErrorName(-2), 'ENOENT');
assert.strictEqual(util.getSystemErrorMessage(-2), 'no such file or directory');
assert.strictEqual(util.getSystemErrorMap().get(-2)[0], 'ENOENT');

// Programs may take over the stack.
const { prepareStackTrace } = Error;
assert.strictEqual(typeof prepareStackTrace, 'function');
Error.prepareStackTrace = (e, frames) => `${e.message} ${frames.length > 0} ${typeof frames[0].getLineNumber()}`;
assert.strictEqual(new Error('mine').stack, 'mine true number');
Error.prepareStackTrace = prepareStackTrace;
assert.match(new Error('default').stack, /^Error: default\n {4}at /);
