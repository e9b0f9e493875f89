'use strict';
// Mock functions, methods and properties: MockTracker and the contexts it hands out. Loaded on first use of `mock`.

const { codes } = require('internal/errors');
const { validateBoolean, validateFunction, validateInteger, validateObject } = require('internal/validators');
const { getOptionValue } = require('internal/options');
const { kEmptyObject } = require('internal/util');
const { MockPropertyContext } = require('internal/test_runner/mock/property');

const { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE } = codes;

class MockFunctionContext {
  #calls = [];
  #mocks = new Map();
  #original;
  #implementation;
  #restore;
  #times;

  /** @param {{ descriptor?: PropertyDescriptor, object: any, methodName: PropertyKey } | undefined} restore */
  constructor(original, implementation, restore, times) {
    this.#original = original;
    this.#implementation = implementation;
    this.#restore = restore;
    this.#times = times;
  }

  get calls() {
    return [...this.#calls];
  }

  callCount() {
    return this.#calls.length;
  }

  mockImplementation(implementation) {
    validateFunction(implementation, 'implementation');
    this.#implementation = implementation;
  }

  mockImplementationOnce(implementation, onCall) {
    validateFunction(implementation, 'implementation');
    const next = this.#calls.length;
    const call = onCall ?? next;
    validateInteger(call, 'onCall', next);
    this.#mocks.set(call, implementation);
  }

  restore() {
    this.#implementation = this.#original;
    this.#mocks.clear();
    if (this.#restore === undefined) return;
    const { object, methodName, descriptor } = this.#restore;
    if (descriptor === undefined) delete object[methodName];
    else Object.defineProperty(object, methodName, descriptor);
  }

  resetCalls() {
    this.#calls = [];
  }

  /** What this call does; records it with record(). */
  static implementationFor(context) {
    const number = context.#calls.length;
    if (number === context.#times) context.restore();
    const once = context.#mocks.get(number);
    context.#mocks.delete(number);
    return once ?? context.#implementation;
  }

  static record(context, call) {
    context.#calls.push(call);
  }
}

const { implementationFor, record } = MockFunctionContext;
delete MockFunctionContext.implementationFor;
delete MockFunctionContext.record;

const newCall = (args, target, receiver, result, error) => ({
  __proto__: null, arguments: args, error, result, stack: new Error(), target, this: receiver,
});

/** Calls what the mock stands for now, and notes it. */
function callMock(context, receiver, args) {
  let result;
  let error;
  const implementation = implementationFor(context);
  try {
    result = Reflect.apply(implementation, receiver, args);
    return result;
  } catch (thrown) {
    error = thrown;
    throw thrown;
  } finally {
    record(context, newCall(args, undefined, receiver, result, error));
  }
}

function constructMock(context, target, args, newTarget) {
  let result;
  let error;
  const implementation = implementationFor(context);
  try {
    result = Reflect.construct(implementation, args, newTarget);
    return result;
  } catch (thrown) {
    error = thrown;
    throw thrown;
  } finally {
    record(context, newCall(args, target, result, result, error));
  }
}

function makeMock(original, implementation, restore, times) {
  const context = new MockFunctionContext(original, implementation, restore, times);
  const mock = new Proxy(original, {
    __proto__: null,
    apply: (target, receiver, args) => callMock(context, receiver, args),
    construct: (target, args, newTarget) => constructMock(context, target, args, newTarget === mock ? original : newTarget),
    get: (target, property, receiver) => (property === 'mock' ? context : Reflect.get(target, property, receiver)),
  });
  return { context, mock };
}

const validateTimes = (value, name) => { if (value !== Infinity) validateInteger(value, name, 1); };

/** Where in the prototype chain a property is. */
function findDescriptor(object, name) {
  for (let one = object; one !== null && one !== undefined; one = Object.getPrototypeOf(one)) {
    const descriptor = Object.getOwnPropertyDescriptor(one, name);
    if (descriptor !== undefined) return descriptor;
  }
  return undefined;
}

class MockTracker {
  #mocks = [];
  #timers;

  get timers() {
    if (this.#timers === undefined) {
      const { MockTimers } = require('internal/test_runner/mock/mock_timers');
      this.#timers = new MockTimers();
    }
    return this.#timers;
  }

  fn(original = function() {}, implementation = original, options = kEmptyObject) {
    if (original !== null && typeof original === 'object') {
      options = original;
      original = function() {};
      implementation = original;
    } else if (implementation !== null && typeof implementation === 'object') {
      options = implementation;
      implementation = original;
    }
    validateFunction(original, 'original');
    validateFunction(implementation, 'implementation');
    validateObject(options, 'options');
    const { times = Infinity } = options;
    validateTimes(times, 'options.times');
    const { context, mock } = makeMock(original, implementation, undefined, times);
    this.#mocks.push(context);
    return mock;
  }

  method(object, methodName, implementation, options = kEmptyObject) {
    if ((object === null || typeof object !== 'object') && typeof object !== 'function') {
      throw new ERR_INVALID_ARG_TYPE('object', ['Object', 'Function'], object);
    }
    if (typeof methodName !== 'string' && typeof methodName !== 'symbol') {
      throw new ERR_INVALID_ARG_TYPE('methodName', ['string', 'symbol'], methodName);
    }
    if (implementation !== null && typeof implementation === 'object') {
      options = implementation;
      implementation = undefined;
    }
    return this.#mockMethod(object, methodName, implementation, checkMethodOptions(options));
  }

  #mockMethod(object, methodName, implementation, { kind, times }) {
    const descriptor = findDescriptor(object, methodName);
    const original = descriptor?.[kind];
    if (typeof original !== 'function') {
      throw new ERR_INVALID_ARG_VALUE('methodName', original, 'must be a method');
    }
    implementation ??= original;
    validateFunction(implementation, 'implementation');
    const ownDescriptor = Object.getOwnPropertyDescriptor(object, methodName);
    // An inherited one is put back as an own property.
    const restore = { descriptor: ownDescriptor ?? descriptor, object, methodName };
    const { context, mock } = makeMock(original, implementation, restore, times);
    Object.defineProperty(object, methodName, { __proto__: null, ...descriptor, [kind]: mock });
    this.#mocks.push(context);
    return mock;
  }

  getter(object, methodName, implementation = object[methodName], options = kEmptyObject) {
    return this.#accessor('getter', object, methodName, implementation, options);
  }

  setter(object, methodName, implementation = object[methodName], options = kEmptyObject) {
    return this.#accessor('setter', object, methodName, implementation, options);
  }

  #accessor(kind, object, methodName, implementation, options) {
    if (implementation !== null && typeof implementation === 'object') {
      options = implementation;
      implementation = undefined;
    }
    if (typeof implementation !== 'function') implementation = undefined;
    validateObject(options, 'options');
    const { [kind]: wanted = true } = options;
    if (wanted === false) throw new ERR_INVALID_ARG_VALUE(`options.${kind}`, wanted, 'cannot be false');
    return this.method(object, methodName, implementation, { ...options, [kind]: wanted });
  }

  property(object, propertyName, value) {
    if ((object === null || typeof object !== 'object') && typeof object !== 'function') {
      throw new ERR_INVALID_ARG_TYPE('object', ['Object', 'Function'], object);
    }
    if (typeof propertyName !== 'string' && typeof propertyName !== 'symbol') {
      throw new ERR_INVALID_ARG_TYPE('propertyName', ['string', 'symbol'], propertyName);
    }
    const context = new MockPropertyContext(object, propertyName, arguments.length > 2 ? { value } : undefined);
    this.#mocks.push(context);
    return new Proxy(object, {
      __proto__: null,
      get: (target, name, receiver) => (name === 'mock' ? context : Reflect.get(target, name, receiver)),
    });
  }

  module(specifier, options = kEmptyObject) {
    const { mockModule } = require('internal/test_runner/mock/module');
    const context = mockModule(specifier, options);
    this.#mocks.push(context);
    return context;
  }

  reset() {
    this.restoreAll();
    this.#timers?.reset();
    this.#mocks = [];
  }

  restoreAll() {
    for (const context of this.#mocks) context.restore();
  }
}

function checkMethodOptions(options) {
  validateObject(options, 'options');
  const { getter = false, setter = false, times = Infinity } = options;
  validateBoolean(getter, 'options.getter');
  validateBoolean(setter, 'options.setter');
  validateTimes(times, 'options.times');
  if (setter && getter) {
    throw new ERR_INVALID_ARG_VALUE('options.setter', setter, "cannot be used with 'options.getter'");
  }
  return { kind: getter ? 'get' : setter ? 'set' : 'value', times };
}

// ---- The trackers of tests.

const trackers = new WeakMap();

function trackerOf(test) {
  let tracker = trackers.get(test);
  if (tracker === undefined) {
    tracker = new MockTracker();
    trackers.set(test, tracker);
  }
  return tracker;
}

/** A test has finished: what it mocked is itself again. */
function resetTracker(test) {
  trackers.get(test)?.reset();
}

// https://nodejs.org/api/test.html#mockmodulespecifier-options: only where it is asked for.
if (!getOptionValue('--experimental-test-module-mocks')) delete MockTracker.prototype.module;

module.exports = { MockTracker, resetTracker, trackerOf };
