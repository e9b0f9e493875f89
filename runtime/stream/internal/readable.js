'use strict';

// stream.Readable. Part of the start-up snapshot.
//
// Two ways to consume it: pull (listen to 'readable', call read()) and flow (listen to 'data', or pipe). Chunks wait in
// state.buffer up to highWaterMark; a chunk that arrives in flowing mode with nothing queued is emitted at once.

const EventEmitter = require('events');
const { Buffer } = require('buffer');
const {
  AbortError,
  codes: {
    ERR_INVALID_ARG_TYPE,
    ERR_METHOD_NOT_IMPLEMENTED,
    ERR_OUT_OF_RANGE,
    ERR_STREAM_ITER_MISSING_FLAG,
    ERR_STREAM_PUSH_AFTER_EOF,
    ERR_STREAM_UNSHIFT_AFTER_END_EVENT,
  },
} = require('internal/errors');
const { validateObject } = require('internal/validators');
const { Stream } = require('internal/stream/legacy');
const { installPipe } = require('internal/stream/pipe');
const { defineReadableProperties } = require('internal/stream/readable_properties');
const { construct, destroy, errorOrDestroy, undestroy } = require('internal/stream/destroy');
const {
  kAutoDestroy,
  kBits,
  kCloseEmitted,
  kConstructed,
  kDestroyed,
  kErrorEmitted,
  kErrored,
  kObjectMode,
  kSync,
} = require('internal/stream/state');
const {
  ReadableState,
  kDataEmitted,
  kDataListening,
  kDecoder,
  kEmittedReadable,
  kEndEmitted,
  kEnded,
  kFlowing,
  kHasFlowing,
  kHasPaused,
  kMultiAwaitDrain,
  kNeedReadable,
  kPaused,
  kReadableListening,
  kReading,
  kReadingMore,
  kResumeScheduled,
} = require('internal/stream/readable_state');

function Readable(options) {
  if (!(this instanceof Readable)) return new Readable(options);
  // The events that nearly every stream gets listeners for, laid out so that all streams have one shape.
  this._events ??= {
    close: undefined,
    error: undefined,
    data: undefined,
    end: undefined,
    readable: undefined,
  };
  this._readableState = new ReadableState(options, false);
  if (options) takeReadableOptions(this, options);
  Stream.call(this, options);
  if (this._construct !== undefined) construct(this, () => startReading(this));
}
Object.setPrototypeOf(Readable.prototype, Stream.prototype);
Object.setPrototypeOf(Readable, Stream);
Readable.ReadableState = ReadableState;

/** Methods and the signal from the options of a constructor. Duplex uses it too. */
function takeReadableOptions(stream, options) {
  if (typeof options.read === 'function') stream._read = options.read;
  if (typeof options.destroy === 'function') stream._destroy = options.destroy;
  if (typeof options.construct === 'function') stream._construct = options.construct;
  if (options.signal) require('internal/stream/add_abort_signal').addAbortSignal(options.signal, stream);
}

/** After a construction: serves the read() calls that came too early. */
function startReading(stream) {
  if ((stream._readableState[kBits] & kNeedReadable) !== 0) maybeReadMore(stream, stream._readableState);
}

Readable.prototype.destroy = destroy;
Readable.prototype._undestroy = undestroy;
Readable.prototype._destroy = function(err, cb) {
  cb(err);
};

Readable.prototype[EventEmitter.captureRejectionSymbol] = function(err) {
  this.destroy(err);
};

Readable.prototype[Symbol.asyncDispose] = function() {
  let error = null;
  if (!this.destroyed) {
    error = this.readableEnded ? null : new AbortError();
    this.destroy(error);
  }
  const { eos } = require('internal/stream/end_of_stream');
  return new Promise((resolve, reject) => {
    eos(this, (err) => (err && err !== error ? reject(err) : resolve(null)));
  });
};

// ---- In: push, unshift ----

Readable.prototype.push = function(chunk, encoding) {
  return (this._readableState[kBits] & kObjectMode) === 0 ?
    addBytes(this, this._readableState, chunk, encoding, false) :
    addObject(this, this._readableState, chunk, encoding, false);
};

Readable.prototype.unshift = function(chunk, encoding) {
  return (this._readableState[kBits] & kObjectMode) === 0 ?
    addBytes(this, this._readableState, chunk, encoding, true) :
    addObject(this, this._readableState, chunk, encoding, true);
};

function addBytes(stream, state, chunk, encoding, toFront) {
  if (chunk === null) {
    state[kBits] &= ~kReading;
    onEndOfSource(stream, state);
    return false;
  }
  if (typeof chunk === 'string') {
    encoding ||= state.defaultEncoding;
    if (state.encoding !== encoding) {
      // To bytes now. What is put back in front must match the strings already there.
      chunk = Buffer.from(chunk, encoding);
      if (toFront && state.encoding) chunk = chunk.toString(state.encoding); else encoding = '';
    }
  } else if (chunk instanceof Buffer) {
    encoding = '';
  } else if (ArrayBuffer.isView(chunk)) {
    chunk = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    encoding = '';
  } else if (chunk !== undefined) {
    errorOrDestroy(stream, new ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'TypedArray', 'DataView'], chunk));
    return false;
  }
  if (!chunk || chunk.length <= 0) {
    if (!toFront) {
      // "Nothing now": the source is free to be asked again.
      state[kBits] &= ~kReading;
      maybeReadMore(stream, state);
    }
    return wantsMore(state);
  }
  return toFront ? putBack(stream, state, chunk) : append(stream, state, chunk, encoding);
}

function addObject(stream, state, chunk, encoding, toFront) {
  if (chunk === null) {
    state[kBits] &= ~kReading;
    onEndOfSource(stream, state);
    return false;
  }
  return toFront ? putBack(stream, state, chunk) : append(stream, state, chunk, encoding);
}

function putBack(stream, state, chunk) {
  if ((state[kBits] & kEndEmitted) !== 0) {
    errorOrDestroy(stream, new ERR_STREAM_UNSHIFT_AFTER_END_EVENT());
    return false;
  }
  if ((state[kBits] & (kDestroyed | kErrored)) !== 0) return false;
  addChunk(stream, state, chunk, true);
  return wantsMore(state);
}

function append(stream, state, chunk, encoding) {
  if ((state[kBits] & kEnded) !== 0) {
    errorOrDestroy(stream, new ERR_STREAM_PUSH_AFTER_EOF());
    return false;
  }
  if ((state[kBits] & (kDestroyed | kErrored)) !== 0) return false;
  state[kBits] &= ~kReading;
  if ((state[kBits] & kDecoder) !== 0 && !encoding) {
    chunk = state.decoder.write(chunk);
    if (chunk.length === 0) {
      // Less than a character.
      maybeReadMore(stream, state);
      return wantsMore(state);
    }
  }
  addChunk(stream, state, chunk, false);
  return wantsMore(state);
}

function wantsMore(state) {
  return (state[kBits] & kEnded) === 0 && (state.length < state.highWaterMark || state.length === 0);
}

function addChunk(stream, state, chunk, toFront) {
  if ((state[kBits] & (kFlowing | kSync | kDataListening)) === (kFlowing | kDataListening) && state.length === 0) {
    clearAwaitDrain(state);
    state[kBits] |= kDataEmitted;
    stream.emit('data', chunk);
  } else {
    state.length += (state[kBits] & kObjectMode) !== 0 ? 1 : chunk.length;
    if (!toFront) {
      state.buffer.push(chunk);
    } else if (state.bufferIndex > 0) {
      state.buffer[--state.bufferIndex] = chunk;
    } else {
      state.buffer.unshift(chunk);
    }
    if ((state[kBits] & kNeedReadable) !== 0) emitReadable(stream);
  }
  maybeReadMore(stream, state);
}

function clearAwaitDrain(state) {
  if ((state[kBits] & kMultiAwaitDrain) !== 0) state.awaitDrainWriters.clear(); else state.awaitDrainWriters = null;
}

function onEndOfSource(stream, state) {
  if ((state[kBits] & kEnded) !== 0) return;
  if ((state[kBits] & kDecoder) !== 0) {
    const rest = state.decoder.end();
    if (rest?.length) {
      state.buffer.push(rest);
      state.length += (state[kBits] & kObjectMode) !== 0 ? 1 : rest.length;
    }
  }
  state[kBits] |= kEnded;
  if ((state[kBits] & kSync) !== 0) {
    // Inside _read: let it finish.
    emitReadable(stream);
  } else {
    // Nobody will ask again, so tell at once.
    state[kBits] = (state[kBits] & ~kNeedReadable) | kEmittedReadable;
    emitReadableNow(stream);
  }
}

// ---- Out: read ----

const kMaxHighWaterMark = 0x40000000;

// read(n) with a large n means that the caller works in units of n.
function raiseHighWaterMark(n) {
  if (n > kMaxHighWaterMark) throw new ERR_OUT_OF_RANGE('size', '<= 1GiB', n);
  let size = 1;
  while (size < n) size *= 2;
  return size;
}

function howMuchToRead(n, state) {
  if (n <= 0 || (state.length === 0 && (state[kBits] & kEnded) !== 0)) return 0;
  if ((state[kBits] & kObjectMode) !== 0) return 1;
  if (Number.isNaN(n)) {
    // Flowing: chunk by chunk. Pulled: everything there is.
    if ((state[kBits] & kFlowing) !== 0 && state.length !== 0) return state.buffer[state.bufferIndex].length;
    return state.length;
  }
  if (n <= state.length) return n;
  return (state[kBits] & kEnded) !== 0 ? state.length : 0;
}

Readable.prototype.read = function(n) {
  if (n === undefined) n = NaN; else if (!Number.isInteger(n)) n = Number.parseInt(n, 10);
  const state = this._readableState;
  const asked = n;

  if (n > state.highWaterMark) state.highWaterMark = raiseHighWaterMark(n);
  if (n !== 0) state[kBits] &= ~kEmittedReadable;

  // read(0) means "see to it that there is something": when there is, say so instead of reading more.
  if (n === 0 && (state[kBits] & kNeedReadable) !== 0 &&
      ((state.highWaterMark !== 0 ? state.length >= state.highWaterMark : state.length > 0) ||
       (state[kBits] & kEnded) !== 0)) {
    if (state.length === 0 && (state[kBits] & kEnded) !== 0) endReadable(this); else emitReadable(this);
    return null;
  }

  n = howMuchToRead(n, state);
  if (n === 0 && (state[kBits] & kEnded) !== 0) {
    if (state.length === 0) endReadable(this);
    return null;
  }
  if (callRead(this, state, n) && (state[kBits] & kReading) === 0) n = howMuchToRead(asked, state);

  const result = n > 0 ? takeFromBuffer(n, state) : null;
  if (result === null) {
    if (state.length <= state.highWaterMark) state[kBits] |= kNeedReadable;
    n = 0;
  } else {
    state.length -= n;
    clearAwaitDrain(state);
  }
  if (state.length === 0) {
    if ((state[kBits] & kEnded) === 0) {
      state[kBits] |= kNeedReadable;
    } else if (asked !== n) {
      endReadable(this);
    }
  }
  if (result !== null && (state[kBits] & (kErrorEmitted | kCloseEmitted)) === 0) {
    state[kBits] |= kDataEmitted;
    this.emit('data', result);
  }
  return result;
};

// Calls _read when taking n would leave less than highWaterMark. True: it was called.
function callRead(stream, state, n) {
  const wanted = (state[kBits] & kNeedReadable) !== 0 || state.length === 0 || state.length - n < state.highWaterMark;
  const kCannot = kEnded | kReading | kDestroyed | kErrored;
  if (!wanted || (state[kBits] & kCannot) !== 0 || (state[kBits] & kConstructed) === 0) return false;

  state[kBits] |= kReading | kSync;
  if (state.length === 0) state[kBits] |= kNeedReadable;
  try {
    stream._read(state.highWaterMark);
  } catch (err) {
    errorOrDestroy(stream, err);
  }
  state[kBits] &= ~kSync;
  return true;
}

Readable.prototype._read = function(n) {
  throw new ERR_METHOD_NOT_IMPLEMENTED('_read()');
};

/** Takes n bytes (characters, one object) off the queue; with n 0 or as much as there is, all of it. */
function takeFromBuffer(n, state) {
  if (state.length === 0) return null;
  const { buffer } = state;
  const head = state.bufferIndex;
  let result;
  let next = head;

  if ((state[kBits] & kObjectMode) !== 0) {
    result = buffer[next++];
  } else if (!n || n >= state.length) {
    result = joinChunks(state, buffer, head);
    next = buffer.length;
  } else if (n < buffer[head].length) {
    result = buffer[head].slice(0, n);
    buffer[head] = buffer[head].slice(n);
  } else if (n === buffer[head].length) {
    result = buffer[next++];
  } else {
    ({ result, next } = takeAcross(n, state, buffer, head));
  }
  releaseTaken(state, buffer, head, next);
  return result;
}

function joinChunks(state, buffer, head) {
  if ((state[kBits] & kDecoder) !== 0) {
    let text = '';
    for (let i = head; i < buffer.length; ++i) text += buffer[i];
    return text;
  }
  if (buffer.length === head) return Buffer.alloc(0);
  if (buffer.length - head === 1) return buffer[head];
  return Buffer.concat(head === 0 ? buffer : buffer.slice(head), state.length);
}

function takeAcross(n, state, buffer, head) {
  const isText = (state[kBits] & kDecoder) !== 0;
  const parts = [];
  let missing = n;
  let next = head;
  while (missing > 0) {
    const chunk = buffer[next];
    if (chunk.length <= missing) {
      parts.push(chunk);
      missing -= chunk.length;
      ++next;
    } else {
      parts.push(chunk.slice(0, missing));
      buffer[next] = chunk.slice(missing);
      missing = 0;
    }
  }
  return { result: isText ? parts.join('') : Buffer.concat(parts, n), next };
}

function releaseTaken(state, buffer, head, next) {
  if (next === buffer.length) {
    buffer.length = 0;
    state.bufferIndex = 0;
  } else if (next > 1024) {
    buffer.splice(0, next);
    state.bufferIndex = 0;
  } else {
    for (let i = head; i < next; ++i) buffer[i] = null;
    state.bufferIndex = next;
  }
}

Readable._fromList = takeFromBuffer;

// ---- Telling about it ----

function emitReadable(stream) {
  const state = stream._readableState;
  state[kBits] &= ~kNeedReadable;
  if ((state[kBits] & kEmittedReadable) === 0) {
    state[kBits] |= kEmittedReadable;
    process.nextTick(emitReadableNow, stream);
  }
}

function emitReadableNow(stream) {
  const state = stream._readableState;
  if ((state[kBits] & (kDestroyed | kErrored)) === 0 && (state.length > 0 || (state[kBits] & kEnded) !== 0)) {
    stream.emit('readable');
    state[kBits] &= ~kEmittedReadable;
  }
  // Another 'readable' is due when the listener has left room and more may come.
  if ((state[kBits] & (kFlowing | kEnded)) === 0 && state.length <= state.highWaterMark) {
    state[kBits] |= kNeedReadable;
  } else {
    state[kBits] &= ~kNeedReadable;
  }
  flow(stream);
}

// Fills the queue up to highWaterMark, on a later tick, so that a consumer that reads slowly finds it full.
function maybeReadMore(stream, state) {
  if ((state[kBits] & (kReadingMore | kConstructed)) === kConstructed) {
    state[kBits] |= kReadingMore;
    process.nextTick(readMore, stream, state);
  }
}

function readMore(stream, state) {
  while ((state[kBits] & (kReading | kEnded)) === 0 &&
         (state.length < state.highWaterMark || ((state[kBits] & kFlowing) !== 0 && state.length === 0))) {
    const before = state.length;
    stream.read(0);
    if (before === state.length) break;  // No data now.
  }
  state[kBits] &= ~kReadingMore;
}

function endReadable(stream) {
  const state = stream._readableState;
  if ((state[kBits] & kEndEmitted) === 0) {
    state[kBits] |= kEnded;
    process.nextTick(emitEnd, state, stream);
  }
}

function emitEnd(state, stream) {
  // Something may have been put back in front meanwhile.
  if ((state[kBits] & (kErrored | kCloseEmitted | kEndEmitted)) !== 0 || state.length !== 0) return;
  state[kBits] |= kEndEmitted;
  stream.emit('end');

  if (stream.writable && stream.allowHalfOpen === false) {
    process.nextTick(endWritable, stream);
  } else if ((state[kBits] & kAutoDestroy) !== 0) {
    // A duplex is done when its other side is.
    const writable = stream._writableState;
    if (!writable || (writable.autoDestroy && (writable.finished || writable.writable === false))) stream.destroy();
  }
}

function endWritable(stream) {
  if (stream.writable && !stream.writableEnded && !stream.destroyed) stream.end();
}

// ---- Flowing ----

function flow(stream) {
  const state = stream._readableState;
  while ((state[kBits] & kFlowing) !== 0 && stream.read() !== null);
}

Readable.prototype.isPaused = function() {
  const state = this._readableState;
  return state.paused === true || state.flowing === false;
};

Readable.prototype.resume = function() {
  const state = this._readableState;
  if ((state[kBits] & kFlowing) === 0) {
    // With a 'readable' listener the program pulls, and data flows only when that listener is gone.
    state.flowing = (state[kBits] & kReadableListening) === 0;
    if ((state[kBits] & kResumeScheduled) === 0) {
      state[kBits] |= kResumeScheduled;
      process.nextTick(resumeNow, this, state);
    }
  }
  state.paused = false;
  return this;
};

function resumeNow(stream, state) {
  if ((state[kBits] & kReading) === 0) stream.read(0);
  state[kBits] &= ~kResumeScheduled;
  stream.emit('resume');
  flow(stream);
  if ((state[kBits] & (kFlowing | kReading)) === kFlowing) stream.read(0);
}

Readable.prototype.pause = function() {
  const state = this._readableState;
  if (state.flowing !== false) {
    state.flowing = false;
    this.emit('pause');
  }
  state.paused = true;
  return this;
};

Readable.prototype.on = function(event, fn) {
  const result = Stream.prototype.on.call(this, event, fn);
  const state = this._readableState;
  if (event === 'data') {
    state[kBits] |= kDataListening;
    if (this.listenerCount('readable') > 0) state[kBits] |= kReadableListening;
    else state[kBits] &= ~kReadableListening;
    if (state.flowing !== false) this.resume();
  } else if (event === 'readable' && (state[kBits] & (kEndEmitted | kReadableListening)) === 0) {
    state[kBits] |= kReadableListening | kNeedReadable | kHasFlowing;
    state[kBits] &= ~(kFlowing | kEmittedReadable);
    if (state.length > 0) {
      emitReadable(this);
    } else if ((state[kBits] & kReading) === 0) {
      process.nextTick(readNothing, this);
    }
  }
  return result;
};
Readable.prototype.addListener = Readable.prototype.on;

function readNothing(stream) {
  stream.read(0);
}

Readable.prototype.removeListener = function(event, fn) {
  const result = Stream.prototype.removeListener.call(this, event, fn);
  afterRemoval(this, event);
  return result;
};
Readable.prototype.off = Readable.prototype.removeListener;

Readable.prototype.removeAllListeners = function(event) {
  const result = Reflect.apply(Stream.prototype.removeAllListeners, this, arguments);
  // That nobody listens to 'data' any more is not noticed here, in Node neither: the stream flows on.
  if (event === undefined || event === 'readable') afterRemoval(this, 'readable');
  return result;
};

function afterRemoval(stream, event) {
  if (event === 'readable') {
    // On the next tick, because a listener is often replaced by another at once.
    process.nextTick(updateReadableListening, stream);
  } else if (event === 'data' && stream.listenerCount('data') === 0) {
    stream._readableState[kBits] &= ~kDataListening;
  }
}

function updateReadableListening(stream) {
  const state = stream._readableState;
  if (stream.listenerCount('readable') > 0) state[kBits] |= kReadableListening;
  else state[kBits] &= ~kReadableListening;

  if ((state[kBits] & (kResumeScheduled | kHasPaused | kPaused)) === (kResumeScheduled | kHasPaused)) {
    // resume() was called while the listener was there and had no effect then.
    state[kBits] |= kHasFlowing | kFlowing;
  } else if ((state[kBits] & kDataListening) !== 0) {
    stream.resume();
  } else if ((state[kBits] & kReadableListening) === 0) {
    state[kBits] &= ~(kHasFlowing | kFlowing);
  }
}

Readable.prototype.setEncoding = function(enc) {
  const state = this._readableState;
  state.useDecoder(enc);
  // What is queued already becomes text too.
  let content = '';
  for (let i = state.bufferIndex; i < state.buffer.length; ++i) content += state.decoder.write(state.buffer[i]);
  if ((state[kBits] & kEnded) !== 0) content += state.decoder.end();
  state.buffer.length = 0;
  state.bufferIndex = 0;
  if (content !== '') state.buffer.push(content);
  state.length = content.length;
  return this;
};

defineReadableProperties(Readable.prototype);
installPipe(Readable.prototype);

// ---- Async iteration, and to and from other kinds of streams: all loaded on first use ----

Readable.prototype[Symbol.asyncIterator] = function() {
  return require('internal/stream/iterator').createAsyncIterator(this);
};

// The protocol by which `stream/iter` takes a source.
Readable.prototype[Symbol.for('Stream.toAsyncStreamable')] = function() {
  if (!require('internal/options').getOptionValue('--experimental-stream-iter')) {
    throw new ERR_STREAM_ITER_MISSING_FLAG();
  }
  return require('internal/stream/iter/classic_source').readableSource(this);
};

Readable.prototype.iterator = function(options) {
  if (options !== undefined) validateObject(options, 'options');
  return require('internal/stream/iterator').createAsyncIterator(this, options);
};

Readable.prototype.wrap = function(stream) {
  return require('internal/stream/wrap').wrap(this, stream);
};

Readable.from = function(iterable, opts) {
  return require('internal/stream/from').from(Readable, iterable, opts);
};

Readable.fromWeb = function(readableStream, options) {
  return require('internal/webstreams/adapters').newStreamReadableFromReadableStream(readableStream, options);
};

Readable.toWeb = function(streamReadable, options) {
  return require('internal/webstreams/adapters').newReadableStreamFromStreamReadable(streamReadable, options);
};

Readable.wrap = function(source, options) {
  return new Readable({
    objectMode: source.readableObjectMode ?? source.objectMode ?? true,
    ...options,
    destroy(err, callback) {
      require('internal/stream/destroy').destroyer(source, err);
      callback(err);
    },
  }).wrap(source);
};

module.exports = { Readable, startReading, takeReadableOptions };
