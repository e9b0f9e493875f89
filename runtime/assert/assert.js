'use strict';

// Run on first use; makes the public module assert.

const { AssertionError } = require('internal/assert/assertion_error');
const { innerOk, kOptions, methods } = require('internal/assert/methods');
const { codes } = require('internal/errors');
const { deprecate } = require('internal/util');
const { validateOneOf } = require('internal/validators');

/** assert() itself and assert.ok() are one function but for their names. */
function ok(...args) {
  innerOk(ok, args);
}

const assert = ok;

/** Names of loose assertions to the strict ones that strict mode has in their place. */
const strictCounterparts = {
  equal: 'strictEqual',
  deepEqual: 'deepStrictEqual',
  notEqual: 'notStrictEqual',
  notDeepEqual: 'notDeepStrictEqual',
};

/**
 * A set of assertions with settings of its own.
 * @param {{ diff?: 'simple' | 'full', strict?: boolean, skipPrototype?: boolean }} [options]
 */
function Assert(options) {
  if (!new.target) throw new codes.ERR_CONSTRUCT_CALL_REQUIRED('Assert');
  const settings = { strict: true, diff: 'simple', skipPrototype: false, ...options };
  if (settings.diff !== undefined) validateOneOf(settings.diff, 'options.diff', ['simple', 'full']);
  this.AssertionError = AssertionError;
  Object.defineProperty(this, kOptions, { __proto__: null, value: settings });
  if (!settings.strict) return;
  for (const [loose, strict] of Object.entries(strictCounterparts)) this[loose] = this[strict];
}

for (const [name, method] of Object.entries(methods)) {
  Object.defineProperty(Assert.prototype, name, {
    __proto__: null, value: method, writable: true, enumerable: true, configurable: true,
  });
}

const order = [
  'fail', 'equal', 'notEqual', 'deepEqual', 'notDeepEqual', 'deepStrictEqual',
  'notDeepStrictEqual', 'strictEqual', 'notStrictEqual', 'partialDeepStrictEqual', 'match',
  'doesNotMatch', 'throws', 'rejects', 'doesNotThrow', 'doesNotReject', 'ifError',
];

assert.AssertionError = AssertionError;

let CallTracker;
Object.defineProperty(assert, 'CallTracker', {
  __proto__: null,
  get() {
    return CallTracker ??= deprecate(
      require('internal/assert/calltracker'), 'assert.CallTracker is deprecated.', 'DEP0173');
  },
  set(value) { CallTracker = value; },
  enumerable: true,
  configurable: true,
});

assert.ok = ok;
for (const name of order) assert[name] = methods[name];

function strict(...args) {
  innerOk(strict, args);
}

assert.strict = Object.assign(strict, assert);
for (const [loose, counterpart] of Object.entries(strictCounterparts)) {
  assert.strict[loose] = assert[counterpart];
}
assert.strict.strict = assert.strict;
assert.Assert = Assert;
assert.strict.Assert = Assert;

module.exports = assert;
