'use strict';
// mock.timers: timers and Date that stand still until a test moves them. Loaded on first use.

const { codes, AbortError } = require('internal/errors');
const { validateAbortSignal, validateNumber, validateObject, validateStringArray } = require('internal/validators');
const { kEmptyObject } = require('internal/util');
const { makeMockDate } = require('internal/test_runner/mock/mock_date');
const timers = require('timers');
const timersPromises = require('timers/promises');

const { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_STATE } = codes;

const supportedApis = ['setTimeout', 'setInterval', 'setImmediate', 'Date', 'scheduler.wait', 'AbortSignal.timeout'];
// Before every timer of the same moment.
const kImmediateDelay = -1;

/** A timer of the mocked clock. */
class Timeout {
  #clock;

  constructor(clock, init) {
    this.#clock = clock;
    Object.assign(this, init);
  }

  hasRef() {
    return this.isRef ?? true;
  }

  ref() {
    this.isRef = true;
    return this;
  }

  unref() {
    this.isRef = false;
    return this;
  }

  refresh() {
    this.#clock.reschedule(this);
    return this;
  }

  close() {
    this.#clock.remove(this);
    return this;
  }

  [Symbol.toPrimitive]() {
    return this.id;
  }

  [Symbol.dispose]() {
    this.#clock.remove(this);
  }
}

/** The timers that wait, in the order in which they are due. */
class Clock {
  now = 0;
  #queue = [];
  #lastId = 0;

  add(callback, delay, args, interval) {
    const timer = new Timeout(this, {
      id: ++this.#lastId, callback, runAt: this.now + delay, interval, args, delay, removed: false,
    });
    this.#insert(timer);
    return timer;
  }

  #insert(timer) {
    let index = this.#queue.length;
    while (index > 0 && this.#queue[index - 1].runAt > timer.runAt) index--;
    this.#queue.splice(index, 0, timer);
  }

  remove(timer) {
    if (typeof timer !== 'object' || timer === null) timer = this.#queue.find(({ id }) => id === Number(timer));
    if (timer === undefined) return;
    timer.removed = true;
    const index = this.#queue.indexOf(timer);
    if (index !== -1) this.#queue.splice(index, 1);
  }

  reschedule(timer) {
    this.remove(timer);
    timer.removed = false;
    timer.runAt = this.now + timer.delay;
    this.#insert(timer);
  }

  /** Moves the time on and calls what becomes due. */
  advance(milliseconds) {
    const end = this.now + milliseconds;
    for (let next = this.#queue[0]; next !== undefined && next.runAt <= end; next = this.#queue[0]) {
      this.now = Math.max(this.now, next.runAt);
      this.#queue.shift();
      next.removed = next.interval === undefined;
      Reflect.apply(next.callback, undefined, next.args);
      if (next.interval !== undefined && !next.removed) {
        next.runAt += next.interval;
        this.#insert(next);
      }
    }
    this.now = end;
  }

  get last() {
    return this.#queue.at(-1);
  }
}

function delayOf(delay) {
  const { TIMEOUT_MAX } = require('internal/timers');
  delay = Number(delay);
  return delay >= 1 && delay <= TIMEOUT_MAX ? Math.trunc(delay) : 1;
}

class MockTimers {
  #enabled = false;
  #clock = new Clock();
  #restore = [];

  #requireEnabled() {
    if (!this.#enabled) {
      throw new ERR_INVALID_STATE('You should enable MockTimers first by calling the .enable function');
    }
  }

  #replace(object, name, value) {
    const descriptor = Object.getOwnPropertyDescriptor(object, name);
    Object.defineProperty(object, name, {
      __proto__: null, configurable: true, enumerable: descriptor?.enumerable ?? false, writable: true, value,
    });
    this.#restore.push(() => {
      if (descriptor === undefined) delete object[name];
      else Object.defineProperty(object, name, descriptor);
    });
  }

  #replaceEverywhere(name, value) {
    this.#replace(globalThis, name, value);
    this.#replace(timers, name, value);
  }

  // ---- The mocks.

  #mockTimeout() {
    const set = (callback, delay, ...args) => this.#clock.add(callback, delayOf(delay), args);
    this.#replaceEverywhere('setTimeout', set);
    this.#replaceEverywhere('clearTimeout', (timer) => this.#clear(timer));
    this.#replace(timersPromises, 'setTimeout', (delay, value, options) => this.#later(delayOf(delay), value, options));
  }

  #mockInterval() {
    const set = (callback, delay, ...args) => this.#clock.add(callback, delayOf(delay), args, delayOf(delay));
    this.#replaceEverywhere('setInterval', set);
    this.#replaceEverywhere('clearInterval', (timer) => this.#clear(timer));
    const self = this;
    this.#replace(timersPromises, 'setInterval', (delay, value, options) => self.#everyInterval(delay, value, options));
  }

  #mockImmediate() {
    this.#replaceEverywhere('setImmediate', (callback, ...args) => this.#clock.add(callback, kImmediateDelay, args));
    this.#replaceEverywhere('clearImmediate', (timer) => this.#clear(timer));
    this.#replace(timersPromises, 'setImmediate', (value, options) => this.#later(kImmediateDelay, value, options));
  }

  #mockDate() {
    this.#replace(globalThis, 'Date', makeMockDate(Date, () => this.#clock.now));
  }

  #mockSchedulerWait() {
    this.#replace(timersPromises.scheduler, 'wait', (delay, options) => this.#later(delayOf(delay), undefined, options));
  }

  #mockAbortSignalTimeout() {
    const { AbortController, AbortSignal } = require('internal/abort_controller');
    const { DOMException } = require('internal/dom_exception');
    this.#replace(AbortSignal, 'timeout', (delay) => {
      const controller = new AbortController();
      const abort = () => controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
      this.#clock.add(abort, delayOf(delay), []);
      return controller.signal;
    });
  }

  #clear(timer) {
    if (timer !== undefined && timer !== null) this.#clock.remove(timer);
  }

  /** A promise for a moment of the mocked clock. */
  #later(delay, value, options = kEmptyObject) {
    const { promise, resolve, reject } = Promise.withResolvers();
    let signal;
    try {
      ({ signal } = options);
      validateAbortSignal(signal, 'options.signal');
    } catch (error) {
      reject(error);
      return promise;
    }
    if (signal?.aborted) {
      reject(new AbortError(undefined, { cause: signal.reason }));
      return promise;
    }
    const timer = this.#clock.add(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve(value);
    }, delay, []);
    const onAbort = () => {
      this.#clock.remove(timer);
      reject(new AbortError(undefined, { cause: signal.reason }));
    };
    signal?.addEventListener('abort', onAbort, { __proto__: null, once: true });
    return promise;
  }

  async* #everyInterval(delay, value, options = kEmptyObject) {
    const { signal } = options;
    validateAbortSignal(signal, 'options.signal');
    if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
    const interval = delayOf(delay);
    let due = 0;
    let wake;
    const timer = this.#clock.add(() => {
      due++;
      wake?.();
    }, interval, [], interval);
    const onAbort = () => {
      this.#clock.remove(timer);
      wake?.();
    };
    signal?.addEventListener('abort', onAbort, { __proto__: null, once: true });
    try {
      while (true) {
        if (due === 0 && !signal?.aborted) await new Promise((resolve) => { wake = resolve; });
        for (; due > 0; due--) yield value;
        if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
      }
    } finally {
      this.#clock.remove(timer);
      signal?.removeEventListener('abort', onAbort);
    }
  }

  // ---- What tests call.

  enable(options = { __proto__: null, apis: supportedApis, now: 0 }) {
    if (this.#enabled || globalThis.Date.isMock) throw new ERR_INVALID_STATE('MockTimers is already enabled!');
    validateObject(options, 'options');
    const { apis = supportedApis, now = 0 } = options;
    const start = checkedNow(now);
    validateStringArray(apis, 'options.apis');
    for (const api of apis) {
      if (!supportedApis.includes(api)) {
        throw new ERR_INVALID_ARG_VALUE('options.apis', api, `option ${api} is not supported`);
      }
    }
    this.#enabled = true;
    this.#clock = new Clock();
    this.#clock.now = start;
    const mocks = {
      'setTimeout': () => this.#mockTimeout(),
      'setInterval': () => this.#mockInterval(),
      'setImmediate': () => this.#mockImmediate(),
      'Date': () => this.#mockDate(),
      'scheduler.wait': () => this.#mockSchedulerWait(),
      'AbortSignal.timeout': () => this.#mockAbortSignalTimeout(),
    };
    for (const api of new Set(apis)) mocks[api]();
  }

  setTime(milliseconds = 0) {
    validateNumber(milliseconds, 'time');
    if (milliseconds < 0) throw new ERR_INVALID_ARG_VALUE('time', milliseconds, 'must be a positive integer');
    this.#requireEnabled();
    this.#clock.now = milliseconds;
  }

  tick(milliseconds = 1) {
    this.#requireEnabled();
    if (milliseconds < 0) throw new ERR_INVALID_ARG_VALUE('time', milliseconds, 'must be a positive integer');
    this.#clock.advance(milliseconds);
  }

  runAll() {
    this.#requireEnabled();
    const { last } = this.#clock;
    if (last !== undefined) this.#clock.advance(Math.max(last.runAt - this.#clock.now, 0));
  }

  reset() {
    if (!this.#enabled) return;
    this.#enabled = false;
    for (const restore of this.#restore.splice(0).reverse()) restore();
    this.#clock = new Clock();
  }

  [Symbol.dispose]() {
    this.reset();
  }
}

function checkedNow(now) {
  const { isDate } = require('internal/util/types');
  const time = isDate(now) ? now.getTime() : now;
  if (typeof time !== 'number') throw new ERR_INVALID_ARG_TYPE('options.now', ['number', 'Date'], now);
  if (Number.isNaN(time) || time < 0) throw new ERR_INVALID_ARG_VALUE('options.now', now, 'must be a positive integer');
  return time;
}

module.exports = { MockTimers };
