'use strict';
// t.assert and test.assert.register(): the functions of node:assert, bound to a test and counted by its plan.
// Loaded on first use.

const { validateFunction, validateString } = require('internal/validators');

// Not assertions.
const excluded = new Set(['AssertionError', 'Assert', 'CallTracker', 'options', 'strict']);

let assertions;

function registered() {
  if (assertions === undefined) {
    assertions = new Map();
    const assert = require('assert');
    for (const name of Object.keys(assert)) {
      if (!excluded.has(name) && typeof assert[name] === 'function') assertions.set(name, assert[name]);
    }
    const manager = require('internal/test_runner/snapshot').processManager();
    assertions.set('snapshot', manager.createAssert());
    assertions.set('fileSnapshot', manager.createFileAssert());
  }
  return assertions;
}

function register(name, fn) {
  validateString(name, 'name');
  validateFunction(fn, 'fn');
  registered().set(name, fn);
}

/** The assertions of one test. */
function assertionsOf(context, test) {
  const bound = { __proto__: null };
  for (const [name, fn] of registered()) {
    // assert.ok() reads the source of its caller, so that this wrapper must be what it looks past.
    const assertion = (...args) => {
      test.plan?.increment();
      if (name === 'ok' && fn === require('assert').ok) {
        require('internal/assert/methods').innerOk(assertion, args);
        return undefined;
      }
      return Reflect.apply(fn, context, args);
    };
    bound[name] = assertion;
  }
  return bound;
}

module.exports = { assertionsOf, assertions: { __proto__: null, register } };
