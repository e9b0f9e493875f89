'use strict';

// timers/promises.

const { AbortError, codes: { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_THIS } } = require('internal/errors');
const { validateAbortSignal, validateBoolean, validateNumber, validateObject } = require('internal/validators');
const { kResistStopPropagation } = require('internal/events/symbols');
const timers = require('timers');

const kScheduler = Symbol('kScheduler');

function checkOptions(options) {
  validateObject(options, 'options');
  const { signal, ref = true } = options;
  if (signal !== undefined) validateAbortSignal(signal, 'options.signal');
  validateBoolean(ref, 'options.ref');
  return { signal, ref };
}

// A promise that `start(resolve)`, which returns a timer, settles; an abort cancels the timer.
function promiseOf(start, cancel, { signal, ref }) {
  if (signal?.aborted) return Promise.reject(new AbortError(undefined, { cause: signal.reason }));
  const { promise, resolve, reject } = Promise.withResolvers();
  const timer = start(resolve);
  if (!ref) timer.unref();
  if (signal === undefined) return promise;

  const onAbort = () => {
    cancel(timer);
    reject(new AbortError(undefined, { cause: signal.reason }));
  };
  signal.addEventListener('abort', onAbort, { __proto__: null, [kResistStopPropagation]: true });
  return promise.finally(() => signal.removeEventListener('abort', onAbort));
}

/**
 * @template T
 * @param {number} [after] milliseconds
 * @param {T} [value]
 * @param {{ref?: boolean, signal?: AbortSignal}} [options]
 * @returns {Promise<T>}
 */
function setTimeout(after, value, options = {}) {
  try {
    if (after !== undefined) validateNumber(after, 'delay');
    return promiseOf((resolve) => timers.setTimeout(resolve, after, value), timers.clearTimeout, checkOptions(options));
  } catch (error) {
    return Promise.reject(error);
  }
}

/**
 * @template T
 * @param {T} [value]
 * @param {{ref?: boolean, signal?: AbortSignal}} [options]
 * @returns {Promise<T>}
 */
function setImmediate(value, options = {}) {
  try {
    return promiseOf((resolve) => timers.setImmediate(resolve, value), timers.clearImmediate, checkOptions(options));
  } catch (error) {
    return Promise.reject(error);
  }
}

/**
 * Yields `value` at each interval, once for each that has passed.
 * @template T
 * @param {number} [after] milliseconds
 * @param {T} [value]
 * @param {{ref?: boolean, signal?: AbortSignal}} [options]
 * @returns {AsyncGenerator<T>}
 */
async function* setInterval(after, value, options = {}) {
  const { signal, ref } = checkOptions(options);
  if (after !== undefined) validateNumber(after, 'delay');
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });

  let passed = 0;
  let wake;
  const onAbort = () => {
    timers.clearInterval(interval);
    wake?.();
  };
  const interval = timers.setInterval(() => {
    passed++;
    wake?.();
  }, after);
  if (!ref) interval.unref();
  signal?.addEventListener('abort', onAbort, { __proto__: null, once: true, [kResistStopPropagation]: true });

  try {
    while (true) {
      if (passed === 0 && !signal?.aborted) {
        await new Promise((resolve) => {
          wake = resolve;
        });
        wake = undefined;
      }
      for (; passed > 0; passed--) yield value;
      if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
    }
  } finally {
    timers.clearInterval(interval);
    signal?.removeEventListener('abort', onAbort);
  }
}

class Scheduler {
  constructor() {
    throw new ERR_ILLEGAL_CONSTRUCTOR();
  }

  /** A turn of the event loop. */
  yield() {
    if (!this[kScheduler]) throw new ERR_INVALID_THIS('Scheduler');
    return setImmediate();
  }

  /**
   * @param {number} delay milliseconds
   * @param {{signal?: AbortSignal}} [options]
   */
  wait(delay, options) {
    if (!this[kScheduler]) throw new ERR_INVALID_THIS('Scheduler');
    return setTimeout(delay, undefined, options);
  }
}

const scheduler = Object.create(Scheduler.prototype);
scheduler[kScheduler] = true;

module.exports = { setTimeout, setImmediate, setInterval, scheduler };
