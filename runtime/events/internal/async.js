'use strict';

// events.once and events.on: events as a promise and as an async iterator. Loaded on first use.

const { AbortError, codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { validateAbortSignal, validateInteger, validateObject } = require('internal/validators');
const { addAbortListener } = require('internal/events/abort_listener');
const { kResistStopPropagation } = require('internal/events/symbols');
const { Fifo } = require('internal/events/fifo');

const kWatermarkData = Symbol.for('nodejs.watermarkData');
// Option of on() for built-ins: yield the first argument of each event instead of an array of all.
const kFirstEventParam = Symbol('kFirstEventParam');
const AsyncIteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf(async function*() {}).prototype);

function listen(emitter, name, listener, once) {
  if (typeof emitter.on === 'function') {
    if (once) emitter.once(name, listener); else emitter.on(name, listener);
  } else if (typeof emitter.addEventListener === 'function') {
    const options = once ? { __proto__: null, once, [kResistStopPropagation]: true } : undefined;
    emitter.addEventListener(name, listener, options);
  } else {
    throw new ERR_INVALID_ARG_TYPE('emitter', 'EventEmitter', emitter);
  }
}

function unlisten(emitter, name, listener) {
  if (typeof emitter.removeListener === 'function') {
    emitter.removeListener(name, listener);
  } else if (typeof emitter.removeEventListener === 'function') {
    emitter.removeEventListener(name, listener);
  } else {
    throw new ERR_INVALID_ARG_TYPE('emitter', 'EventEmitter', emitter);
  }
}

function signalOf(options) {
  validateObject(options, 'options');
  const { signal } = options;
  validateAbortSignal(signal, 'options.signal');
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
  return signal;
}

/**
 * A promise of the arguments of the next `name` event; rejected by an 'error' event before it.
 * @param {EventEmitter | EventTarget} emitter
 * @param {string | symbol} name
 * @param {{signal?: AbortSignal}} [options]
 * @returns {Promise<any[]>}
 */
async function once(emitter, name, options = { __proto__: null }) {
  const signal = signalOf(options);
  return new Promise((resolve, reject) => {
    const hearsErrors = name !== 'error' && typeof emitter.once === 'function';
    // A listener that was called is gone: an emitter that cannot remove listeners will do.
    const onEvent = (...args) => {
      if (typeof emitter.removeListener === 'function') emitter.removeListener('error', onError);
      if (signal != null) unlisten(signal, 'abort', onAbort);
      resolve(args);
    };
    const onError = (error) => {
      emitter.removeListener(name, onEvent);
      if (signal != null) unlisten(signal, 'abort', onAbort);
      reject(error);
    };
    const onAbort = () => {
      unlisten(emitter, name, onEvent);
      unlisten(emitter, 'error', onError);
      reject(new AbortError(undefined, { cause: signal.reason }));
    };
    listen(emitter, name, onEvent, true);
    if (hearsErrors) emitter.once('error', onError);
    if (signal != null) listen(signal, 'abort', onAbort, true);
  });
}

// What on() returns. Either events wait for next() calls or next() calls wait for events, never both.
class EventQueue {
  events = new Fifo();
  waiting = new Fifo();
  error = null;
  finished = false;
  paused = false;
  listening = [];
  abortListener = undefined;

  constructor(emitter, low, high) {
    this.emitter = emitter;
    this.low = low;
    this.high = high;
  }

  listen(name, listener) {
    listen(this.emitter, name, listener, false);
    this.listening.push([name, listener]);
  }

  add(value) {
    if (this.waiting.size > 0) {
      this.waiting.shift().resolve({ value, done: false });
      return;
    }
    this.events.push(value);
    if (!this.paused && this.events.size > this.high) {
      this.paused = true;
      this.emitter.pause();
    }
  }

  fail(error) {
    if (this.waiting.size > 0) this.waiting.shift().reject(error); else this.error = error;
    this.close();
  }

  close() {
    this.abortListener?.[Symbol.dispose]();
    for (const [name, listener] of this.listening) unlisten(this.emitter, name, listener);
    this.listening.length = 0;
    this.finished = true;
    const end = { value: undefined, done: true };
    while (this.waiting.size > 0) this.waiting.shift().resolve(end);
    return Promise.resolve(end);
  }

  next() {
    if (this.events.size > 0) {
      const value = this.events.shift();
      if (this.paused && !this.finished && this.events.size < this.low) {
        this.emitter.resume();
        this.paused = false;
      }
      return Promise.resolve({ value, done: false });
    }
    if (this.error !== null) {
      const { error } = this;
      this.error = null;
      return Promise.reject(error);
    }
    if (this.finished) return this.close();
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }
}

/**
 * An async iterator over the arguments of each `event`.
 * @param {EventEmitter | EventTarget} emitter
 * @param {string | symbol} event
 * @param {{signal?: AbortSignal, close?: string[], highWaterMark?: number, lowWaterMark?: number}} [options]
 */
function on(emitter, event, options = { __proto__: null }) {
  const signal = signalOf(options);
  // The spelling with a small m came first and still works.
  const high = options.highWaterMark ?? options.highWatermark ?? Number.MAX_SAFE_INTEGER;
  validateInteger(high, 'options.highWaterMark', 1);
  const low = options.lowWaterMark ?? options.lowWatermark ?? 1;
  validateInteger(low, 'options.lowWaterMark', 1);

  const queue = new EventQueue(emitter, low, high);
  const iterator = Object.setPrototypeOf({
    next() {
      return queue.next();
    },
    return() {
      return queue.close();
    },
    throw(error) {
      if (!error || !(error instanceof Error)) {
        throw new ERR_INVALID_ARG_TYPE('EventEmitter.AsyncIterator', 'Error', error);
      }
      queue.fail(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    [kWatermarkData]: {
      get size() { return queue.events.size; },
      get low() { return low; },
      get high() { return high; },
      get isPaused() { return queue.paused; },
    },
  }, AsyncIteratorPrototype);

  queue.listen(event, options[kFirstEventParam] ? (value) => queue.add(value) : (...args) => queue.add(args));
  if (event !== 'error' && typeof emitter.on === 'function') queue.listen('error', (error) => queue.fail(error));
  for (const name of options.close ?? []) queue.listen(name, () => queue.close());
  if (signal) {
    queue.abortListener = addAbortListener(signal, () => {
      queue.fail(new AbortError(undefined, { cause: signal.reason }));
    });
  }
  return iterator;
}

module.exports = { kFirstEventParam, on, once };
