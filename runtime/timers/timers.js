'use strict';

// The timers module, https://nodejs.org/api/timers.html; the mechanism is in internal/timers.

const {
  Immediate, Timeout, active, activeUnref, byNumber, clearImmediate, insert, unenroll,
} = require('internal/timers');

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

// Deprecated (DEP0095, DEP0096, DEP0126, DEP0127).
const deprecated = (fn, text, code) => {
  let warned = false;
  return function(...args) {
    if (!warned) {
      warned = true;
      process.emitWarning(text, 'DeprecationWarning', code);
    }
    return fn(...args);
  };
};
Object.assign(module.exports, {
  _unrefActive: deprecated(activeUnref, 'timers._unrefActive() is deprecated. Please use timeout.refresh() instead.', 'DEP0127'),
  active: deprecated(active, 'timers.active() is deprecated. Please use timeout.refresh() instead.', 'DEP0126'),
  unenroll: deprecated(unenroll, 'timers.unenroll() is deprecated. Please use clearTimeout instead.', 'DEP0096'),
  enroll: deprecated((item, msecs) => {
    msecs = require('internal/timers').getTimerDuration(msecs, 'msecs');
    if (item.next) unenroll(item);
    item._idleTimeout = msecs;
    item.next = item.previous = null;
    item._destroyed = undefined;
  }, 'timers.enroll() is deprecated. Please use setTimeout instead.', 'DEP0095'),
});
