'use strict';

// The timers module, https://nodejs.org/api/timers.html; the mechanism is in internal/timers.

const { Immediate, Timeout, byNumber, clearImmediate, insert, unenroll } = require('internal/timers');

const customPromisify = Symbol.for('nodejs.util.promisify.custom');

function checkCallback(callback) {
  if (typeof callback !== 'function') require('internal/validators').validateFunction(callback, 'callback');
}

function start(callback, after, args, isRepeat) {
  checkCallback(callback);
  const timeout = new Timeout(callback, after, args.length === 0 ? undefined : args, isRepeat, true);
  insert(timeout, timeout._idleTimeout);
  return timeout;
}

function setTimeout(callback, after, ...args) {
  return start(callback, after, args, false);
}

function setInterval(callback, repeat, ...args) {
  return start(callback, repeat, args, true);
}

function clearTimeout(timer) {
  if (timer?._onTimeout) {
    timer._onTimeout = null;
    unenroll(timer);
  } else if (typeof timer === 'number' || typeof timer === 'string') {
    const found = byNumber[timer];
    if (found !== undefined) {
      found._onTimeout = null;
      unenroll(found);
    }
  }
}

function clearInterval(timer) {
  clearTimeout(timer);
}

function setImmediate(callback, ...args) {
  checkCallback(callback);
  return new Immediate(callback, args.length === 0 ? undefined : args);
}

for (const fn of [setTimeout, setImmediate]) {
  Object.defineProperty(fn, customPromisify, {
    __proto__: null,
    enumerable: true,
    get: () => require('timers/promises')[fn.name],
  });
}

module.exports = {
  setTimeout,
  clearTimeout,
  setImmediate,
  clearImmediate,
  setInterval,
  clearInterval,
};

Object.defineProperty(module.exports, 'promises', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get: () => require('timers/promises'),
});
