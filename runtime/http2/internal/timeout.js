'use strict';
// setTimeout() of sessions and streams: 'timeout' after a while without activity.
// Run once per realm by internal/http2/session.

const { codes } = require('internal/errors');
const { validateFunction, validateNumber } = require('internal/validators');
const { kTimeout } = require('internal/timers');

const kTimeoutMax = 2 ** 31 - 1;

function checkedDelay(msecs) {
  validateNumber(msecs, 'msecs');
  if (msecs < 0 || !Number.isFinite(msecs)) {
    throw new codes.ERR_OUT_OF_RANGE('msecs', 'a non-negative finite number', msecs);
  }
  if (msecs <= kTimeoutMax) return msecs;
  process.emitWarning(`${msecs} does not fit into a 32-bit signed integer.` +
                      `\nTimer duration was truncated to ${kTimeoutMax}.`, 'TimeoutOverflowWarning');
  return kTimeoutMax;
}

function clearIdleTimeout(owner) {
  if (!owner[kTimeout]) return;
  require('timers').clearTimeout(owner[kTimeout]);
  owner[kTimeout] = null;
}

/** The method of sessions and streams. */
function setIdleTimeout(msecs, callback) {
  if (this.destroyed) return this;
  this.timeout = msecs;
  const delay = checkedDelay(msecs);
  if (callback !== undefined) validateFunction(callback, 'callback');
  clearIdleTimeout(this);
  if (delay === 0) {
    if (callback !== undefined) this.removeListener('timeout', callback);
    return this;
  }
  this[kTimeout] = require('timers').setTimeout(onTimeout, delay, this).unref();
  if (callback !== undefined) this.once('timeout', callback);
  return this;
}

function onTimeout(owner) {
  owner._onTimeout();
}

function refreshTimeout(owner) {
  if (owner[kTimeout]) owner[kTimeout].refresh();
}

module.exports = { clearIdleTimeout, kTimeout, refreshTimeout, setIdleTimeout };
