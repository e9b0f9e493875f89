'use strict';

// How a stream comes into being and how it dies: _construct and _destroy with their callbacks, and 'error' and 'close'
// in that order, once each, on a later tick. Mixed into Readable and Writable; a duplex has both states and one life.

const { aggregateTwoErrors, AbortError, codes: { ERR_MULTIPLE_CALLBACK } } = require('internal/errors');
const { isDestroyed, isFinished, isRequest, isServerRequest, kIsDestroyed } = require('internal/stream/utils');
const {
  kAutoDestroy,
  kBits,
  kCloseEmitted,
  kClosed,
  kConstructed,
  kDestroyed,
  kEmitClose,
  kErrorEmitted,
  kErrored,
  kErroredValue,
} = require('internal/stream/state');

const kDestroy = Symbol('kDestroy');
const kConstruct = Symbol('kConstruct');

// States of old stream libraries are plain objects without bits: hence the detour over the names for them.
const kNames = new Map([
  [kDestroyed, 'destroyed'], [kClosed, 'closed'], [kCloseEmitted, 'closeEmitted'], [kErrorEmitted, 'errorEmitted'],
  [kConstructed, 'constructed'], [kEmitClose, 'emitClose'], [kAutoDestroy, 'autoDestroy'],
]);

function has(state, mask) {
  if (!state) return false;
  const bits = state[kBits];
  return bits === undefined ? Boolean(state[kNames.get(mask)]) : (bits & mask) !== 0;
}

function mark(state, mask) {
  if (!state) return;
  if (state[kBits] === undefined) state[kNames.get(mask)] = true; else state[kBits] |= mask;
}

function either(stream, mask) {
  return has(stream._writableState, mask) || has(stream._readableState, mask);
}

function markBoth(stream, mask) {
  mark(stream._writableState, mask);
  mark(stream._readableState, mask);
}

function rememberError(state, error) {
  if (!state) return;
  if (state[kBits] === undefined) {
    state.errored ||= error;
  } else if ((state[kBits] & kErrored) === 0) {
    state[kErroredValue] = error;
    state[kBits] |= kErrored;
  }
}

function rememberErrorOnBoth(stream, error) {
  if (!error) return;
  error.stack;  // Formatted now, while the frames' context is alive, and not kept as frames.
  rememberError(stream._writableState, error);
  rememberError(stream._readableState, error);
}

/**
 * Readable.prototype.destroy and Writable.prototype.destroy.
 * @param {Error} [err]
 * @param {(err?: Error) => void} [cb] internal: called when _destroy has finished
 */
function destroy(err, cb) {
  const state = this._writableState || this._readableState;
  if (either(this, kDestroyed)) {
    if (typeof cb === 'function') cb();
    return this;
  }
  rememberErrorOnBoth(this, err);
  markBoth(this, kDestroyed);

  if (has(state, kConstructed)) {
    callDestroy(this, err, cb);
  } else {
    // What is half built cannot be torn down; the end of the construction comes back to it.
    this.once(kDestroy, (error) => callDestroy(this, aggregateTwoErrors(error, err), cb));
  }
  return this;
}

function callDestroy(stream, error, cb) {
  let called = false;
  const onDestroy = (err) => {
    if (called) return;
    called = true;
    rememberErrorOnBoth(stream, err);
    markBoth(stream, kClosed);
    if (typeof cb === 'function') cb(err);
    if (err) process.nextTick(emitErrorAndClose, stream, err); else process.nextTick(emitClose, stream);
  };
  try {
    stream._destroy(error || null, onDestroy);
  } catch (err) {
    onDestroy(err);
  }
}

function emitErrorAndClose(stream, error) {
  emitError(stream, error);
  emitClose(stream);
}

function emitClose(stream) {
  markBoth(stream, kCloseEmitted);
  if (either(stream, kEmitClose)) stream.emit('close');
}

function emitError(stream, error) {
  if (either(stream, kErrorEmitted)) return;
  markBoth(stream, kErrorEmitted);
  stream.emit('error', error);
}

/** Readable.prototype._undestroy: net.Socket uses its stream again for another connection. */
function undestroy() {
  const readable = this._readableState;
  const writable = this._writableState;
  if (readable) {
    Object.assign(readable, {
      constructed: true,
      closed: false,
      closeEmitted: false,
      destroyed: false,
      errored: null,
      errorEmitted: false,
      reading: false,
      ended: readable.readable === false,
      endEmitted: readable.readable === false,
    });
  }
  if (writable) {
    Object.assign(writable, {
      constructed: true,
      destroyed: false,
      closed: false,
      closeEmitted: false,
      errored: null,
      errorEmitted: false,
      finalCalled: false,
      prefinished: false,
      ended: writable.writable === false,
      ending: writable.writable === false,
      finished: writable.writable === false,
    });
  }
}

/**
 * Reports an error the way the stream was made for: by destroying it, or, without autoDestroy, by 'error' alone.
 * @param {boolean} [sync] true: the caller is inside a method of the user, 'error' must wait for the next tick
 */
function errorOrDestroy(stream, error, sync) {
  if (either(stream, kDestroyed)) return stream;
  if (either(stream, kAutoDestroy)) {
    stream.destroy(error);
  } else if (error) {
    rememberErrorOnBoth(stream, error);
    if (sync) process.nextTick(emitError, stream, error); else emitError(stream, error);
  }
  return undefined;
}

/** Calls _construct, where there is one, on the next tick; then `callback`, unless that failed. */
function construct(stream, callback) {
  if (typeof stream._construct !== 'function') return;
  for (const state of [stream._readableState, stream._writableState]) {
    if (state) state.constructed = false;
  }
  stream.once(kConstruct, callback);
  // Both sides of a duplex wait for the one construction.
  if (stream.listenerCount(kConstruct) === 1) process.nextTick(callConstruct, stream);
}

function callConstruct(stream) {
  let called = false;
  const onConstruct = (err) => {
    if (called) {
      errorOrDestroy(stream, err ?? new ERR_MULTIPLE_CALLBACK());
      return;
    }
    called = true;
    markBoth(stream, kConstructed);
    if (either(stream, kDestroyed)) {
      stream.emit(kDestroy, err);
    } else if (err) {
      errorOrDestroy(stream, err, true);
    } else {
      stream.emit(kConstruct);
    }
  };
  try {
    stream._construct((err) => process.nextTick(onConstruct, err));
  } catch (err) {
    process.nextTick(onConstruct, err);
  }
}

function emitLegacyClose(stream) {
  stream.emit('close');
}

function emitLegacyErrorAndClose(stream, error) {
  stream.emit('error', error);
  process.nextTick(emitLegacyClose, stream);
}

/** stream.destroy(stream, err): destroys whatever kind of stream it is, in the way that kind knows. */
function destroyer(stream, err) {
  if (!stream || isDestroyed(stream)) return;
  if (!err && !isFinished(stream)) err = new AbortError();

  if (isServerRequest(stream)) {
    stream.socket = null;
    stream.destroy(err);
  } else if (isRequest(stream)) {
    stream.abort();
  } else if (isRequest(stream.req)) {
    stream.req.abort();
  } else if (typeof stream.destroy === 'function') {
    stream.destroy(err);
  } else if (typeof stream.close === 'function') {
    stream.close();
  } else if (err) {
    process.nextTick(emitLegacyErrorAndClose, stream, err);
  } else {
    process.nextTick(emitLegacyClose, stream);
  }
  if (!stream.destroyed) stream[kIsDestroyed] = true;
}

module.exports = { construct, destroy, destroyer, errorOrDestroy, undestroy };
