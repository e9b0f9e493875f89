'use strict';
// node:test. Loaded on first require.

const harness = require('internal/test_runner/harness');

const test = harness.definer(harness.Test);
const suite = harness.definer(harness.Suite);

function run(options) {
  return require('internal/test_runner/runner').run(options);
}

module.exports = test;
Object.assign(module.exports, {
  after: harness.hookFunction('after'),
  afterEach: harness.hookFunction('afterEach'),
  before: harness.hookFunction('before'),
  beforeEach: harness.hookFunction('beforeEach'),
  describe: suite,
  getTestContext: harness.getTestContext,
  it: test,
  run,
  suite,
  test,
});

/** Made on first use. */
function lazy(name, make) {
  let value;
  Object.defineProperty(module.exports, name, {
    __proto__: null, configurable: true, enumerable: true, get() { return value ??= make(); },
  });
}

lazy('mock', () => {
  const { MockTracker } = require('internal/test_runner/mock/mock');
  return new MockTracker();
});

lazy('snapshot', () => require('internal/test_runner/snapshot').settings);

lazy('assert', () => require('internal/test_runner/assert').assertions);
