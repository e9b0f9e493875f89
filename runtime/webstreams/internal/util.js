'use strict';

// What the three kinds of web streams share: queues with sizes, the algorithms of strategies, promises.

const { Fifo } = require('internal/events/fifo');
const {
  codes: { ERR_INVALID_ARG_VALUE, ERR_INVALID_STATE, ERR_INVALID_THIS },
} = require('internal/errors');
const { validateFunction } = require('internal/validators');

// Where a stream, reader, writer or controller keeps what it knows. Its presence is the brand.
const kState = Symbol('kState');
const kType = Symbol('kType');
const kInspect = Symbol.for('nodejs.util.inspect.custom');

function nop() {}

/** promise.then(onFulfilled, onRejected), whatever a program has made of Promise.prototype. */
const react = Function.prototype.call.bind(Promise.prototype.then);

/** An unhandled rejection of this promise is nobody's fault. */
function markHandled(promise) {
  react(promise, undefined, nop);
  return promise;
}

function isBrand(value, type) {
  return value !== null && typeof value === 'object' && value[kType] === type && value[kState] !== undefined;
}

function checkThis(value, type) {
  if (!isBrand(value, type)) throw new ERR_INVALID_THIS(type);
  return value[kState];
}

function invalidState(message) {
  return new ERR_INVALID_STATE.TypeError(message);
}

function inspectAs(self, name, depth, options, fields) {
  if (depth < 0) return self;
  const { inspect } = require('internal/util/inspect');
  const inner = { ...options, depth: options.depth == null ? null : options.depth - 1 };
  return `${name} ${inspect(fields, inner)}`;
}

// ---- Strategies ----

function highWaterMarkOf(strategy, fallback) {
  const value = strategy.highWaterMark;
  if (value === undefined) return fallback;
  const number = +value;
  if (typeof number !== 'number' || Number.isNaN(number) || number < 0) {
    throw new ERR_INVALID_ARG_VALUE.RangeError('strategy.highWaterMark', value);
  }
  return number;
}

function countOne() {
  return 1;
}

function sizeAlgorithmOf(strategy) {
  const { size } = strategy;
  if (size === undefined) return countOne;
  validateFunction(size, 'strategy.size');
  return size;
}

// ---- Underlying sources, sinks and transformers ----

/** A new promise, also where `value` is one: it settles some microtasks later, and programs can tell. */
function promiseOf(value) {
  return new Promise((resolve) => resolve(value));
}

// Called for every chunk: a promise that they return is taken as it is. The others, which happen once, get the new
// promise of the standard, because they race with each other.
const kHotMethods = new Set(['pull', 'write', 'transform']);

/** object[name] as a function that returns a promise, or `fallback` where it is not there. */
function methodOf(object, name, label, fallback) {
  const method = object[name];
  if (method === undefined) return fallback;
  validateFunction(method, `${label}.${name}`);
  const isHot = kHotMethods.has(name);
  return (...args) => {
    try {
      const result = Reflect.apply(method, object, args);
      return isHot && result instanceof Promise ? result : promiseOf(result);
    } catch (error) {
      return Promise.reject(error);
    }
  };
}

async function resolveUndefined() {}

// ---- Queues ----

class SizedQueue {
  #items = new Fifo();
  size = 0;

  get length() {
    return this.#items.size;
  }

  push(value, size) {
    if (typeof size !== 'number' || Number.isNaN(size) || size < 0 || size === Infinity) {
      throw new ERR_INVALID_ARG_VALUE.RangeError('size', size);
    }
    this.#items.push({ value, size });
    this.size += size;
  }

  shift() {
    const { value, size } = this.#items.shift();
    // Rounding must not make it negative.
    this.size = Math.max(0, this.size - size);
    return value;
  }

  peek() {
    return this.#items.peek()?.value;
  }

  clear() {
    this.#items.clear();
    this.size = 0;
  }
}

/** What readable and writable streams know about themselves alike. */
class StreamState {
  state;
  storedError = undefined;
  // Settled with the stream, whoever uses it: for stream.finished().
  #closedPromise = undefined;

  constructor(stream, state) {
    this.stream = stream;
    this.state = state;
  }

  get closedPromise() {
    if (this.#closedPromise === undefined) {
      this.#closedPromise = Promise.withResolvers();
      markHandled(this.#closedPromise.promise);
      this.settleClosed();
    }
    return this.#closedPromise;
  }

  /** To be called when the state has become 'closed' or 'errored'. */
  settleClosed() {
    if (this.state === 'closed') this.#closedPromise?.resolve();
    if (this.state === 'errored') this.#closedPromise?.reject(this.storedError);
  }
}

function defineEnumerable(prototype, names, tag) {
  for (const name of names) Object.defineProperty(prototype, name, { __proto__: null, enumerable: true });
  if (tag !== undefined) {
    Object.defineProperty(prototype, Symbol.toStringTag, { __proto__: null, configurable: true, value: tag });
  }
}

module.exports = {
  SizedQueue,
  StreamState,
  checkThis,
  defineEnumerable,
  highWaterMarkOf,
  inspectAs,
  invalidState,
  isBrand,
  kInspect,
  kState,
  kType,
  markHandled,
  methodOf,
  nop,
  promiseOf,
  react,
  resolveUndefined,
  sizeAlgorithmOf,
};
