'use strict';
// node:test/reporters. Loaded on first require.

const { defineProperties } = Object;

/** Callable with and without `new`. */
function lazyReporter(id) {
  let Reporter;
  return function(...args) {
    Reporter ??= require(id);
    return Reflect.construct(Reporter, args);
  };
}

const getter = (id) => ({ __proto__: null, configurable: true, enumerable: true, get: () => require(id) });

function named(name, fn) {
  const value = Object.defineProperty(fn, 'name', { __proto__: null, value: name, configurable: true });
  return { __proto__: null, configurable: true, enumerable: true, value };
}

defineProperties(module.exports, {
  __proto__: null,
  dot: getter('internal/test_runner/reporter/dot'),
  junit: getter('internal/test_runner/reporter/junit'),
  spec: named('spec', lazyReporter('internal/test_runner/reporter/spec')),
  tap: getter('internal/test_runner/reporter/tap'),
  lcov: named('lcov', lazyReporter('internal/test_runner/reporter/lcov')),
});
