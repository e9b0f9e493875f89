'use strict';

// The operators of Readable: each takes a stream as `this` and is an async generator or an async function. Loaded on
// first use.

const {
  AbortError,
  codes: { ERR_INVALID_ARG_TYPE, ERR_MISSING_ARGS, ERR_OUT_OF_RANGE },
} = require('internal/errors');
const { validateAbortSignal, validateInteger, validateObject } = require('internal/validators');
const { AbortController, AbortSignal } = require('internal/abort_controller');
const { addAbortListener } = require('internal/events/abort_listener');
const { Fifo } = require('internal/events/fifo');

// What a mapper returns for "nothing".
const kNothing = Symbol('kNothing');
const kEnd = Symbol('kEnd');

function checkFunction(fn, name = 'fn') {
  if (typeof fn !== 'function') throw new ERR_INVALID_ARG_TYPE(name, ['Function'], fn);
}

function checkOptions(options) {
  if (options != null) validateObject(options, 'options');
  if (options?.signal != null) validateAbortSignal(options.signal, 'options.signal');
}

function throwIfAborted(signal) {
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
}

// Runs the mapper on up to `concurrency` values at a time and hands the results out in order, at most `highWaterMark`
// of them ahead of the consumer.
class Mapper {
  results = new Fifo();
  running = 0;
  done = false;
  wakeConsumer = undefined;
  wakeProducer = undefined;

  constructor(fn, concurrency, highWaterMark, signal) {
    this.fn = fn;
    this.concurrency = concurrency;
    this.highWaterMark = highWaterMark;
    this.signal = signal;
  }

  isFull() {
    return this.results.size >= this.highWaterMark || this.running >= this.concurrency;
  }

  settled() {
    this.running -= 1;
    this.resumeProducer();
  }

  resumeProducer() {
    if (this.wakeProducer !== undefined && !this.done && !this.isFull()) this.wake('wakeProducer');
  }

  wake(which) {
    const resolve = this[which];
    this[which] = undefined;
    resolve?.();
  }

  push(result) {
    this.running += 1;
    result.then(() => this.settled(), () => {
      this.done = true;
      this.settled();
    });
    this.results.push(result);
    this.wake('wakeConsumer');
  }

  async produce(stream) {
    const { fn, signal } = this;
    const options = { signal };
    try {
      for await (const value of stream) {
        if (this.done) return;
        if (signal.aborted) throw new AbortError();
        let result;
        try {
          result = fn(value, options);
          if (result === kNothing) continue;
          result = Promise.resolve(result);
        } catch (err) {
          result = Promise.reject(err);
        }
        this.push(result);
        if (!this.done && this.isFull()) {
          await new Promise((resolve) => {
            this.wakeProducer = resolve;
          });
        }
      }
      this.results.push(kEnd);
    } catch (err) {
      this.push(Promise.reject(err));
    } finally {
      this.done = true;
      this.wake('wakeConsumer');
    }
  }

  async *consume() {
    try {
      while (true) {
        while (this.results.size > 0) {
          const value = await this.results.peek();
          if (value === kEnd) return;
          if (this.signal.aborted) throw new AbortError();
          if (value !== kNothing) yield value;
          this.results.shift();
          this.resumeProducer();
        }
        await new Promise((resolve) => {
          this.wakeConsumer = resolve;
        });
      }
    } finally {
      this.done = true;
      this.wake('wakeProducer');
    }
  }
}

function map(fn, options) {
  checkFunction(fn);
  checkOptions(options);
  let concurrency = 1;
  if (options?.concurrency != null) concurrency = Math.floor(options.concurrency);
  let highWaterMark = concurrency - 1;
  if (options?.highWaterMark != null) highWaterMark = Math.floor(options.highWaterMark);
  validateInteger(concurrency, 'options.concurrency', 1);
  validateInteger(highWaterMark, 'options.highWaterMark', 0);
  highWaterMark += concurrency;

  const stream = this;
  return (async function* map() {
    const signal = AbortSignal.any([options?.signal].filter(Boolean));
    const mapper = new Mapper(fn, concurrency, highWaterMark, signal);
    mapper.produce(stream);
    yield* mapper.consume();
  })();
}

function filter(fn, options) {
  checkFunction(fn);
  return map.call(this, async (value, mapOptions) => (await fn(value, mapOptions) ? value : kNothing), options);
}

function flatMap(fn, options) {
  const values = map.call(this, fn, options);
  return (async function* flatMap() {
    for await (const value of values) yield* value;
  })();
}

function toCount(number) {
  // Loose, as the numbers of Array's methods are.
  number = Number(number);
  if (Number.isNaN(number)) return 0;
  if (number < 0) throw new ERR_OUT_OF_RANGE('number', '>= 0', number);
  return number;
}

function drop(number, options) {
  checkOptions(options);
  number = toCount(number);
  const stream = this;
  return (async function* drop() {
    throwIfAborted(options?.signal);
    for await (const value of stream) {
      throwIfAborted(options?.signal);
      if (number-- <= 0) yield value;
    }
  })();
}

function take(number, options) {
  checkOptions(options);
  number = toCount(number);
  const stream = this;
  return (async function* take() {
    throwIfAborted(options?.signal);
    for await (const value of stream) {
      throwIfAborted(options?.signal);
      if (number-- > 0) yield value;
      // Do not wait for a value that nobody wants.
      if (number <= 0) return;
    }
  })();
}

async function forEach(fn, options) {
  checkFunction(fn);
  const each = async (value, mapOptions) => {
    await fn(value, mapOptions);
    return kNothing;
  };
  // eslint-disable-next-line no-unused-vars
  for await (const _ of map.call(this, each, options));
}

async function toArray(options) {
  checkOptions(options);
  const result = [];
  for await (const value of this) {
    throwIfAborted(options?.signal);
    result.push(value);
  }
  return result;
}

async function find(fn, options) {
  for await (const value of filter.call(this, fn, options)) return value;
  return undefined;
}

async function some(fn, options = undefined) {
  for await (const _ of filter.call(this, fn, options)) return true;
  return false;
}

async function every(fn, options = undefined) {
  checkFunction(fn);
  return !(await some.call(this, async (...args) => !(await fn(...args)), options));
}

async function reduce(reducer, initialValue, options) {
  checkFunction(reducer, 'reducer');
  checkOptions(options);
  let hasValue = arguments.length > 1;
  let value = initialValue;
  if (options?.signal?.aborted) {
    const error = new AbortError(undefined, { cause: options.signal.reason });
    this.once('error', () => {});  // It has been thrown already.
    await require('internal/stream/end_of_stream').finished(this.destroy(error));
    throw error;
  }
  const controller = new AbortController();
  const { signal } = controller;
  if (options?.signal) addAbortListener(options.signal, () => controller.abort());

  let sawValue = false;
  try {
    for await (const next of this) {
      sawValue = true;
      if (options?.signal?.aborted) throw new AbortError();
      if (hasValue) {
        value = await reducer(value, next, { signal });
      } else {
        value = next;
        hasValue = true;
      }
    }
    if (!sawValue && !hasValue) {
      const error = new ERR_MISSING_ARGS('reduce');
      error.message = 'Reduce of an empty stream requires an initial value';
      throw error;
    }
  } finally {
    controller.abort();
  }
  return value;
}

module.exports = { drop, every, filter, find, flatMap, forEach, map, reduce, some, take, toArray };
