'use strict';

// stream.Writable. Part of the start-up snapshot.
//
// One _write at a time; what is written meanwhile waits in state.buffered and goes out in one _writev where the stream
// has that. A _write that calls back at once has its callback and 'drain' delayed to the next tick, many in one.

const EventEmitter = require('events');
const { Buffer } = require('buffer');
const {
  AbortError,
  codes: {
    ERR_INVALID_ARG_TYPE,
    ERR_METHOD_NOT_IMPLEMENTED,
    ERR_MULTIPLE_CALLBACK,
    ERR_STREAM_ALREADY_FINISHED,
    ERR_STREAM_CANNOT_PIPE,
    ERR_STREAM_DESTROYED,
    ERR_STREAM_NULL_VALUES,
    ERR_STREAM_WRITE_AFTER_END,
    ERR_UNKNOWN_ENCODING,
  },
} = require('internal/errors');
const { Stream } = require('internal/stream/legacy');
const { construct, destroy, errorOrDestroy, undestroy } = require('internal/stream/destroy');
const { defineWritableProperties } = require('internal/stream/writable_properties');
const {
  kAutoDestroy,
  kBits,
  kCloseEmitted,
  kConstructed,
  kDestroyed,
  kErrorEmitted,
  kErrored,
  kErroredValue,
  kObjectMode,
  kSync,
} = require('internal/stream/state');
const {
  WritableState,
  kAfterWrite,
  kAfterWriteValue,
  kAllBuffers,
  kAllNoop,
  kBufferProcessing,
  kBuffered,
  kBufferedValue,
  kDecodeStrings,
  kEnded,
  kEnding,
  kFinalCalled,
  kFinished,
  kNeedDrain,
  kOnFinished,
  kOnFinishedValue,
  kPrefinished,
  kWriteCallback,
  kWriteCallbackValue,
  kWriting,
  nop,
} = require('internal/stream/writable_state');

function Writable(options) {
  if (!(this instanceof Writable)) return new Writable(options);
  this._events ??= {
    close: undefined,
    error: undefined,
    prefinish: undefined,
    finish: undefined,
    drain: undefined,
  };
  this._writableState = new WritableState(options, false, (error) => onWritten(this, error));
  if (options) {
    takeWritableOptions(this, options);
    if (typeof options.destroy === 'function') this._destroy = options.destroy;
    if (typeof options.construct === 'function') this._construct = options.construct;
    if (options.signal) require('internal/stream/add_abort_signal').addAbortSignal(options.signal, this);
  }
  Stream.call(this, options);
  if (this._construct !== undefined) construct(this, () => startWriting(this));
}
Object.setPrototypeOf(Writable.prototype, Stream.prototype);
Object.setPrototypeOf(Writable, Stream);
Writable.WritableState = WritableState;

/** The methods of the writable side from the options of a constructor. Duplex uses it too. */
function takeWritableOptions(stream, options) {
  if (typeof options.write === 'function') stream._write = options.write;
  if (typeof options.writev === 'function') stream._writev = options.writev;
  if (typeof options.final === 'function') stream._final = options.final;
}

/** After a construction: writes what came too early. */
function startWriting(stream) {
  const state = stream._writableState;
  if ((state[kBits] & kWriting) === 0) clearBuffer(stream, state);
  if ((state[kBits] & kEnding) !== 0) finishMaybe(stream, state);
}

// A Duplex inherits from Readable; it is a Writable all the same.
Object.defineProperty(Writable, Symbol.hasInstance, {
  __proto__: null,
  value(object) {
    if (Function.prototype[Symbol.hasInstance].call(this, object)) return true;
    if (this !== Writable) return false;
    return Boolean(object && object._writableState instanceof WritableState);
  },
});

// Otherwise it would be Stream's, which reads.
Writable.prototype.pipe = function() {
  errorOrDestroy(this, new ERR_STREAM_CANNOT_PIPE());
};

// ---- write ----

Writable.prototype.write = function(chunk, encoding, cb) {
  if (typeof encoding === 'function') {
    cb = encoding;
    encoding = null;
  }
  return writeChunk(this, chunk, encoding, cb) === true;
};

function checkedEncoding(state, encoding, isText) {
  if (!encoding) return state.defaultEncoding;
  if ((isText || encoding !== 'buffer') && !Buffer.isEncoding(encoding)) throw new ERR_UNKNOWN_ENCODING(encoding);
  return encoding;
}

// To a Buffer, and its encoding; strings stay strings where the stream wants them. In object mode nothing is looked at.
function toBytes(state, chunk, encoding) {
  encoding = checkedEncoding(state, encoding, typeof chunk === 'string');
  if (typeof chunk === 'string') {
    if ((state[kBits] & kDecodeStrings) === 0) return { chunk, encoding };
    return { chunk: Buffer.from(chunk, encoding), encoding: 'buffer' };
  }
  if (chunk instanceof Buffer) return { chunk, encoding: 'buffer' };
  if (!ArrayBuffer.isView(chunk)) {
    throw new ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'TypedArray', 'DataView'], chunk);
  }
  return { chunk: Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength), encoding: 'buffer' };
}

// True: there is room for more. False: wait for 'drain'. An error: it was not written.
function writeChunk(stream, chunk, encoding, cb) {
  if (typeof cb !== 'function') cb = nop;
  if (chunk === null) throw new ERR_STREAM_NULL_VALUES();
  const state = stream._writableState;

  if ((state[kBits] & kObjectMode) === 0) {
    if (chunk instanceof Buffer && !encoding) {
      encoding = 'buffer';
    } else {
      ({ chunk, encoding } = toBytes(state, chunk, encoding));
    }
  }
  let error;
  if ((state[kBits] & kEnding) !== 0) {
    error = new ERR_STREAM_WRITE_AFTER_END();
  } else if ((state[kBits] & kDestroyed) !== 0) {
    error = new ERR_STREAM_DESTROYED('write');
  }
  if (error !== undefined) {
    process.nextTick(cb, error);
    errorOrDestroy(stream, error, true);
    return error;
  }
  state.pendingcb++;
  return writeOrBuffer(stream, state, chunk, encoding, cb);
}

function writeOrBuffer(stream, state, chunk, encoding, callback) {
  const length = (state[kBits] & kObjectMode) !== 0 ? 1 : chunk.length;
  state.length += length;
  if ((state[kBits] & (kWriting | kErrored)) !== 0 || state.corked || (state[kBits] & kConstructed) === 0) {
    bufferChunk(state, chunk, encoding, callback);
  } else {
    startWrite(state, length, callback);
    stream._write(chunk, encoding, state.onwrite);
    state[kBits] &= ~kSync;
  }
  // Asked only now: a sink that has taken the chunk already is not full, and owes no 'drain'.
  const hasRoom = state.length < state.highWaterMark || state.length === 0;
  if (!hasRoom) state[kBits] |= kNeedDrain;
  // A stream that is of no use any more does not ask for more data.
  return hasRoom && (state[kBits] & (kDestroyed | kErrored)) === 0;
}

function bufferChunk(state, chunk, encoding, callback) {
  if ((state[kBits] & kBuffered) === 0) {
    state[kBits] |= kBuffered;
    state[kBufferedValue] = [];
  }
  state[kBufferedValue].push({ chunk, encoding, callback });
  if (encoding !== 'buffer') state[kBits] &= ~kAllBuffers;
  if (callback !== nop) state[kBits] &= ~kAllNoop;
}

function startWrite(state, length, callback) {
  state.writelen = length;
  if (callback !== nop) {
    state[kWriteCallbackValue] = callback;
  } else if (state[kWriteCallbackValue] !== undefined) {
    state[kWriteCallbackValue] = nop;
  }
  state[kBits] |= kWriting | kSync | kWriteCallback;
}

function writeBuffered(stream, state, writev, length, chunk, encoding, callback) {
  startWrite(state, length, callback);
  if ((state[kBits] & kDestroyed) !== 0) {
    state.onwrite(new ERR_STREAM_DESTROYED('write'));
  } else if (writev) {
    stream._writev(chunk, state.onwrite);
  } else {
    stream._write(chunk, encoding, state.onwrite);
  }
  state[kBits] &= ~kSync;
}

Writable.prototype._write = function(chunk, encoding, cb) {
  if (!this._writev) throw new ERR_METHOD_NOT_IMPLEMENTED('_write()');
  this._writev([{ chunk, encoding }], cb);
};

Writable.prototype._writev = null;

// ---- After a _write ----

/** The callback that _write gets. */
function onWritten(stream, error) {
  const state = stream._writableState;
  if ((state[kBits] & kWriteCallback) === 0) {
    errorOrDestroy(stream, new ERR_MULTIPLE_CALLBACK());
    return;
  }
  const sync = (state[kBits] & kSync) !== 0;
  const callback = state[kWriteCallbackValue] ?? nop;
  if (callback !== nop) state[kWriteCallbackValue] = nop;
  state[kBits] &= ~(kWriting | kWriteCallback);
  state.length -= state.writelen;
  state.writelen = 0;

  if (error) {
    onWriteError(stream, state, error, callback, sync);
    return;
  }
  if ((state[kBits] & kBuffered) !== 0 && state[kBufferedValue].length > state.bufferedIndex) {
    clearBuffer(stream, state);
  }
  if (sync) afterWriteLater(stream, state, callback); else afterWrite(stream, state, 1, callback);
}

function onWriteError(stream, state, error, callback, sync) {
  error.stack;  // Formatted now; see destroy.js.
  if ((state[kBits] & kErrored) === 0) {
    state[kErroredValue] = error;
    state[kBits] |= kErrored;
  }
  const readable = stream._readableState;
  if (readable && !readable.errored) readable.errored = error;
  if (sync) process.nextTick(reportWriteError, stream, state, error, callback);
  else reportWriteError(stream, state, error, callback);
}

function reportWriteError(stream, state, error, callback) {
  --state.pendingcb;
  callback(error);
  errorBuffer(state);
  errorOrDestroy(stream, error);
}

// Many writes with the same callback, mostly none, share one tick.
function afterWriteLater(stream, state, callback) {
  const pending = (state[kBits] & kAfterWrite) !== 0 ? state[kAfterWriteValue] : undefined;
  if (pending !== undefined && pending.callback === callback) {
    pending.count++;
    return;
  }
  const needsTick = callback !== nop || (state[kBits] & (kDestroyed | kEnding)) !== 0 ||
    ((state[kBits] & kNeedDrain) !== 0 && state.length === 0);
  if (!needsTick) {
    // Nobody would notice the tick.
    state.pendingcb--;
    return;
  }
  const info = { count: 1, callback, stream, state };
  state[kAfterWriteValue] = info;
  state[kBits] |= kAfterWrite;
  process.nextTick(afterWriteTick, info);
}

function afterWriteTick({ stream, state, count, callback }) {
  state[kBits] &= ~kAfterWrite;
  state[kAfterWriteValue] = undefined;
  afterWrite(stream, state, count, callback);
}

function afterWrite(stream, state, count, callback) {
  if ((state[kBits] & (kEnding | kDestroyed | kNeedDrain)) === kNeedDrain && state.length === 0 &&
      !stream.destroyed) {
    state[kBits] &= ~kNeedDrain;
    stream.emit('drain');
  }
  while (count-- > 0) {
    state.pendingcb--;
    callback(null);
  }
  if ((state[kBits] & kDestroyed) !== 0) errorBuffer(state);
  if ((state[kBits] & kEnding) !== 0) finishMaybe(stream, state);
}

// ---- The buffer ----

function resetBuffer(state) {
  state[kBufferedValue] = null;
  state.bufferedIndex = 0;
  state[kBits] = (state[kBits] | kAllBuffers | kAllNoop) & ~kBuffered;
}

// Tells everyone who waits that it will never be written.
function errorBuffer(state) {
  if ((state[kBits] & kWriting) !== 0) return;
  if ((state[kBits] & kBuffered) !== 0) {
    const buffered = state[kBufferedValue];
    for (let i = state.bufferedIndex; i < buffered.length; ++i) {
      const { chunk, callback } = buffered[i];
      state.length -= (state[kBits] & kObjectMode) !== 0 ? 1 : chunk.length;
      callback(state.errored ?? new ERR_STREAM_DESTROYED('write'));
    }
  }
  callOnFinished(state, state.errored ?? new ERR_STREAM_DESTROYED('end'));
  resetBuffer(state);
}

function clearBuffer(stream, state) {
  if (state.corked || (state[kBits] & (kDestroyed | kBufferProcessing)) !== 0 ||
      (state[kBits] & (kBuffered | kConstructed)) !== (kBuffered | kConstructed)) {
    return;
  }
  const buffered = state[kBufferedValue];
  const first = state.bufferedIndex;
  const count = buffered.length - first;
  if (count === 0) return;

  state[kBits] |= kBufferProcessing;
  if (count > 1 && stream._writev) {
    writeAll(stream, state, buffered, first);
  } else {
    writeOneByOne(stream, state, buffered, first);
  }
  state[kBits] &= ~kBufferProcessing;
}

function writeAll(stream, state, buffered, first) {
  state.pendingcb -= buffered.length - first - 1;  // One callback for all.
  const callback = (state[kBits] & kAllNoop) !== 0 ? nop : (error) => {
    for (let i = first; i < buffered.length; ++i) buffered[i].callback(error);
  };
  const chunks = (state[kBits] & kAllNoop) !== 0 && first === 0 ? buffered : buffered.slice(first);
  chunks.allBuffers = (state[kBits] & kAllBuffers) !== 0;
  writeBuffered(stream, state, true, state.length, chunks, '', callback);
  resetBuffer(state);
}

function writeOneByOne(stream, state, buffered, next) {
  do {
    const { chunk, encoding, callback } = buffered[next];
    buffered[next++] = null;
    const length = (state[kBits] & kObjectMode) !== 0 ? 1 : chunk.length;
    writeBuffered(stream, state, false, length, chunk, encoding, callback);
  } while (next < buffered.length && (state[kBits] & kWriting) === 0);

  if (next === buffered.length) {
    resetBuffer(state);
  } else if (next > 256) {
    buffered.splice(0, next);
    state.bufferedIndex = 0;
  } else {
    state.bufferedIndex = next;
  }
}

Writable.prototype.cork = function() {
  this._writableState.corked++;
};

Writable.prototype.uncork = function() {
  const state = this._writableState;
  if (state.corked) {
    state.corked--;
    if ((state[kBits] & kWriting) === 0) clearBuffer(this, state);
  }
};

Writable.prototype.setDefaultEncoding = function setDefaultEncoding(encoding) {
  if (typeof encoding === 'string') encoding = encoding.toLowerCase();
  if (!Buffer.isEncoding(encoding)) throw new ERR_UNKNOWN_ENCODING(encoding);
  this._writableState.defaultEncoding = encoding;
  return this;
};

// ---- end ----

Writable.prototype.end = function(chunk, encoding, cb) {
  const state = this._writableState;
  if (typeof chunk === 'function') {
    cb = chunk;
    chunk = null;
    encoding = null;
  } else if (typeof encoding === 'function') {
    cb = encoding;
    encoding = null;
  }

  let error;
  if (chunk !== null && chunk !== undefined) {
    const result = writeChunk(this, chunk, encoding);
    if (result instanceof Error) error = result;
  }
  if (state.corked) {
    state.corked = 1;
    this.uncork();
  }

  if (error === undefined) {
    if ((state[kBits] & (kErrored | kEnding)) === 0) {
      state[kBits] |= kEnding;
      finishMaybe(this, state, true);
      state[kBits] |= kEnded;
    } else if ((state[kBits] & kFinished) !== 0) {
      error = new ERR_STREAM_ALREADY_FINISHED('end');
    } else if ((state[kBits] & kDestroyed) !== 0) {
      error = new ERR_STREAM_DESTROYED('end');
    }
  }
  if (typeof cb === 'function') onceEnded(state, error, cb);
  return this;
};

function onceEnded(state, error, cb) {
  if (error !== undefined) {
    process.nextTick(cb, error);
  } else if ((state[kBits] & kErrored) !== 0) {
    process.nextTick(cb, state[kErroredValue]);
  } else if ((state[kBits] & kFinished) !== 0) {
    process.nextTick(cb, null);
  } else {
    state[kBits] |= kOnFinished;
    (state[kOnFinishedValue] ??= []).push(cb);
  }
}

function callOnFinished(state, error) {
  if ((state[kBits] & kOnFinished) === 0) return;
  const callbacks = state[kOnFinishedValue];
  state[kOnFinishedValue] = undefined;
  state[kBits] &= ~kOnFinished;
  for (const callback of callbacks) callback(error);
}

function needsFinish(state) {
  const kMustNot = kDestroyed | kBuffered | kErrored | kFinished | kWriting | kErrorEmitted | kCloseEmitted;
  return (state[kBits] & (kEnding | kConstructed)) === (kEnding | kConstructed) &&
    (state[kBits] & kMustNot) === 0 && state.length === 0;
}

function finishMaybe(stream, state, sync) {
  if (!needsFinish(state)) return;
  const told = (state[kBits] & kPrefinished) !== 0;
  prefinish(stream, state);
  if (state.pendingcb !== 0) return;
  // 'finish' never comes in the same breath as 'prefinish'.
  if (sync || !told) {
    state.pendingcb++;
    process.nextTick(finishLater, stream, state);
  } else if (needsFinish(state)) {
    state.pendingcb++;
    finish(stream, state);
  }
}

function finishLater(stream, state) {
  if (needsFinish(state)) finish(stream, state); else state.pendingcb--;
}

function prefinish(stream, state) {
  if ((state[kBits] & (kPrefinished | kFinalCalled)) !== 0) return;
  if (typeof stream._final === 'function' && (state[kBits] & kDestroyed) === 0) {
    state[kBits] |= kFinalCalled;
    callFinal(stream, state);
  } else {
    state[kBits] |= kPrefinished;
    stream.emit('prefinish');
  }
}

function callFinal(stream, state) {
  let called = false;
  const onFinal = (error) => {
    if (called) {
      errorOrDestroy(stream, error ?? new ERR_MULTIPLE_CALLBACK());
      return;
    }
    called = true;
    state.pendingcb--;
    if (error) {
      callOnFinished(state, error);
      errorOrDestroy(stream, error, (state[kBits] & kSync) !== 0);
    } else if (needsFinish(state)) {
      state[kBits] |= kPrefinished;
      stream.emit('prefinish');
      // 'finish' never comes while the program is inside end().
      state.pendingcb++;
      process.nextTick(finish, stream, state);
    }
  };
  state[kBits] |= kSync;
  state.pendingcb++;
  try {
    stream._final(onFinal);
  } catch (error) {
    onFinal(error);
  }
  state[kBits] &= ~kSync;
}

function finish(stream, state) {
  state.pendingcb--;
  state[kBits] |= kFinished;
  callOnFinished(state, null);
  stream.emit('finish');

  if ((state[kBits] & kAutoDestroy) !== 0) {
    // A duplex is done when its other side is.
    const readable = stream._readableState;
    if (!readable || (readable.autoDestroy && (readable.endEmitted || readable.readable === false))) stream.destroy();
  }
}

// ---- Destroying ----

Writable.prototype.destroy = function(err, cb) {
  const state = this._writableState;
  if ((state[kBits] & kDestroyed) === 0 && (state[kBits] & (kBuffered | kOnFinished)) !== 0) {
    process.nextTick(errorBuffer, state);
  }
  destroy.call(this, err, cb);
  return this;
};

Writable.prototype._undestroy = undestroy;
Writable.prototype._destroy = function(err, cb) {
  cb(err);
};

Writable.prototype[EventEmitter.captureRejectionSymbol] = function(err) {
  this.destroy(err);
};

Writable.prototype[Symbol.asyncDispose] = function() {
  let error = null;
  if (!this.destroyed) {
    error = this.writableFinished ? null : new AbortError();
    this.destroy(error);
  }
  const { eos } = require('internal/stream/end_of_stream');
  return new Promise((resolve, reject) => {
    eos(this, (err) => (err && err.name !== 'AbortError' ? reject(err) : resolve(null)));
  });
};

defineWritableProperties(Writable.prototype);

Writable.fromWeb = function(writableStream, options) {
  return require('internal/webstreams/adapters').newStreamWritableFromWritableStream(writableStream, options);
};

Writable.toWeb = function(streamWritable) {
  return require('internal/webstreams/adapters').newWritableStreamFromStreamWritable(streamWritable);
};

module.exports = { Writable, onWritten, startWriting, takeWritableOptions };
