'use strict';
// ZlibBase, the Transform behind every class of `zlib`: it moves chunks through a native stream.
// Run once per realm by internal/zlib/streams.

const binding = internalBinding('zlib');
const {
  codes: {
    ERR_BUFFER_TOO_LARGE, ERR_OUT_OF_RANGE, ERR_TRAILING_JUNK_AFTER_STREAM_END, ERR_ZLIB_INITIALIZATION_FAILED,
  },
} = require('internal/errors');
const { Transform } = require('stream');
const { eos } = require('internal/stream/end_of_stream');
const { Buffer, kMaxLength } = require('buffer');
const { getByteLength: byteLengthOfTyped } = require('internal/buffer');
const { stableInput } = require('internal/zlib/input');
const { validateBoolean, validateFiniteNumber, validateRange } = require('internal/zlib/options');

const { constants } = binding;
const {
  Z_BLOCK, Z_DEFAULT_CHUNK, Z_FINISH, Z_FULL_FLUSH, Z_MIN_CHUNK, Z_NO_FLUSH,
  Z_PARTIAL_FLUSH, Z_SYNC_FLUSH,
} = constants;

const kFlushFlag = Symbol('kFlushFlag');
const kError = Symbol('kError');

// The true length of a view.
function getByteLength(view) {
  return view instanceof DataView ? view.byteLength : byteLengthOfTyped(view);
}

// An error of the native side, as an Error.
function zlibError([message, errno, code]) {
  return Object.assign(new Error(message), { errno, code });
}

// Empty chunks that carry a flush kind through the stream's queue, one per kind.
const flushChunks = new Map();

function flushChunk(kind) {
  let chunk = flushChunks.get(kind);
  if (chunk === undefined) {
    chunk = Buffer.alloc(0);
    chunk[kFlushFlag] = kind;
    flushChunks.set(kind, chunk);
  }
  return chunk;
}

// zlib's kinds of flush from the weakest; its numbers are in no useful order.
const kFlushStrength = [Z_NO_FLUSH, Z_BLOCK, Z_PARTIAL_FLUSH, Z_SYNC_FLUSH, Z_FULL_FLUSH, Z_FINISH];

function strongerFlush(a, b) {
  return kFlushStrength.indexOf(a) > kFlushStrength.indexOf(b) ? a : b;
}

function ZlibBase(options, mode, handle, { flush, finishFlush, fullFlush, lastFlush, isZlib }) {
  let chunkSize = Z_DEFAULT_CHUNK;
  let maxOutputLength = kMaxLength;
  let rejectGarbageAfterEnd = false;
  if (options) {
    chunkSize = options.chunkSize;
    if (!validateFiniteNumber(chunkSize, 'options.chunkSize')) {
      chunkSize = Z_DEFAULT_CHUNK;
    } else if (chunkSize < Z_MIN_CHUNK) {
      validateRange(chunkSize, 'options.chunkSize', Z_MIN_CHUNK, Infinity);
    }
    flush = validateRange(options.flush, 'options.flush', Z_NO_FLUSH, lastFlush, flush);
    finishFlush = validateRange(options.finishFlush, 'options.finishFlush', Z_NO_FLUSH, lastFlush, finishFlush);
    maxOutputLength = validateRange(options.maxOutputLength, 'options.maxOutputLength', 1, kMaxLength, kMaxLength);
    rejectGarbageAfterEnd = validateBoolean(options.rejectGarbageAfterEnd, 'options.rejectGarbageAfterEnd', false);
    if (options.encoding || options.objectMode || options.writableObjectMode) {
      options = { ...options, encoding: null, objectMode: false, writableObjectMode: false };
    }
  }
  Reflect.apply(Transform, this, [{ autoDestroy: true, ...options }]);
  this.bytesWritten = 0;
  this._handle = handle;
  this._outBuffer = Buffer.allocUnsafe(chunkSize);
  this._outOffset = 0;
  this._chunkSize = chunkSize;
  this._defaultFlushFlag = flush;
  this._finishFlushFlag = finishFlush;
  this._defaultFullFlushFlag = fullFlush;
  this._isZlib = isZlib;
  this._lastFlush = lastFlush;
  this._info = options?.info;
  this._maxOutputLength = maxOutputLength;
  this._rejectGarbageAfterEnd = rejectGarbageAfterEnd;
  this._mode = mode;
  this[kError] = null;
}
Object.setPrototypeOf(ZlibBase.prototype, Transform.prototype);
Object.setPrototypeOf(ZlibBase, Transform);

// Whether there is nothing to write to any more.
Object.defineProperty(ZlibBase.prototype, '_closed', {
  configurable: true,
  enumerable: true,
  get() { return !this._handle; },
});

ZlibBase.prototype.reset = function() {
  if (!this._handle) throw new (require('assert').AssertionError)({ message: 'zlib binding closed' });
  this._handle.reset();
  const { error } = this._handle;
  if (error !== undefined) fail(this, zlibError(error));
};

ZlibBase.prototype._flush = function(callback) {
  this._transform(Buffer.alloc(0), '', callback);
};

ZlibBase.prototype._final = function(callback) {
  callback();
};

// flush([kind][, callback])
ZlibBase.prototype.flush = function(kind, callback) {
  if (typeof kind === 'function') {
    callback = kind;
    kind = undefined;
  }
  kind = validateRange(kind, 'kind', Z_NO_FLUSH, this._lastFlush, this._defaultFullFlushFlag);
  if (this.writableFinished) {
    if (callback) process.nextTick(callback);
  } else if (this.writableEnded) {
    if (callback) this.once('end', callback);
  } else {
    this.write(flushChunk(kind), '', callback);
  }
};

ZlibBase.prototype.close = function(callback) {
  if (callback) eos(this, {}, callback);
  this.destroy();
};

ZlibBase.prototype._destroy = function(error, callback) {
  closeHandle(this);
  callback(error);
};

function closeHandle(stream) {
  stream._handle?.close();
  stream._handle = null;
}

function fail(stream, error) {
  closeHandle(stream);
  stream[kError] = error;
  stream.destroy(error);
}

ZlibBase.prototype._transform = function(chunk, encoding, callback) {
  let flushFlag = this._defaultFlushFlag;
  // The last chunk is the one the writable side has nothing behind, but perhaps flushes, which then have nothing to do.
  if (typeof chunk[kFlushFlag] === 'number') {
    flushFlag = chunk[kFlushFlag];
  } else if (this.writableEnded && this.writableLength === chunk.byteLength) {
    flushFlag = this._isZlib ? strongerFlush(flushFlag, this._finishFlushFlag) :
      Math.max(flushFlag, this._finishFlushFlag);
  }
  processChunk(this, chunk, flushFlag, callback);
};

// Older programs call it: with a callback as _transform does, else at once with the output as the result.
ZlibBase.prototype._processChunk = function(chunk, flushFlag, callback) {
  if (typeof callback === 'function') processChunk(this, chunk, flushFlag, callback);
  else return processChunkSync(this, chunk, flushFlag);
  return undefined;
};

// Starts anew when the output buffer is full; what was cut from it belongs to the reader.
function nextOutput(stream, room) {
  if (room === 0 || stream._outOffset >= stream._chunkSize) {
    stream._outOffset = 0;
    stream._outBuffer = Buffer.allocUnsafe(stream._chunkSize);
  }
}

// Takes what the native side has written into the output buffer.
function takeOutput(stream, roomBefore, room) {
  const produced = roomBefore - room;
  if (produced <= 0) return null;
  const out = stream._outBuffer.slice(stream._outOffset, stream._outOffset + produced);
  stream._outOffset += produced;
  return out;
}

// The native side relies on these; programs can get at them.
function checkBounds(stream, chunk) {
  if (chunk.byteLength > getByteLength(chunk)) {
    throw new ERR_OUT_OF_RANGE('chunk.byteLength', `<= ${getByteLength(chunk)}`, chunk.byteLength);
  }
  if (!(stream._outOffset >= 0 && stream._outOffset <= stream._outBuffer.byteLength &&
        stream._chunkSize <= stream._outBuffer.byteLength)) {
    throw new ERR_OUT_OF_RANGE('_outOffset', `<= ${stream._outBuffer.byteLength}`, stream._outOffset);
  }
}

function processChunk(stream, chunk, flushFlag, callback) {
  checkBounds(stream, chunk);
  if (!stream._handle) {
    process.nextTick(callback);
    return;
  }
  writeAsync(stream, { chunk: stableInput(chunk), offset: 0, left: chunk.byteLength, flushFlag, callback });
}

function writeAsync(stream, job) {
  const handle = stream._handle;
  if (!handle) {
    job.callback();
    return;
  }
  const roomBefore = stream._chunkSize - stream._outOffset;
  handle.write(job.flushFlag, job.chunk, job.offset, job.left, stream._outBuffer, stream._outOffset, roomBefore,
               () => onWritten(stream, handle, job, roomBefore));
}

function onWritten(stream, handle, job, roomBefore) {
  // Closed meanwhile, perhaps by an error.
  if (stream.destroyed) {
    job.callback();
    return;
  }
  const { error } = handle;
  if (error !== undefined) {
    fail(stream, zlibError(error));
    return;
  }
  const [room, left] = stream._writeState;
  const consumed = job.left - left;
  stream.bytesWritten += consumed;
  const out = takeOutput(stream, roomBefore, room);
  let full = false;
  if (out !== null && !stream.push(out)) full = true;
  // The push may have run anything.
  if (stream.destroyed) {
    job.callback();
    return;
  }
  nextOutput(stream, room);
  job.offset += consumed;
  job.left = left;
  if (room === 0) {
    // There may be more. A reader that is behind is waited for.
    if (full) continueOnRead(stream, job);
    else writeAsync(stream, job);
    return;
  }
  if (left > 0) {
    if (stream._rejectGarbageAfterEnd) {
      fail(stream, new ERR_TRAILING_JUNK_AFTER_STREAM_END());
      return;
    }
    // Behind the end of the compressed data: the stream ends here.
    stream.push(null);
  }
  job.callback();
}

function continueOnRead(stream, job) {
  const read = stream._read;
  stream._read = (size) => {
    stream._read = read;
    writeAsync(stream, job);
    stream._read(size);
  };
}

function processChunkSync(stream, chunk, flushFlag) {
  checkBounds(stream, chunk);
  const outputs = [];
  let total = 0;
  let offset = 0;
  let left = chunk.byteLength;
  const handle = stream._handle;
  if (!handle) throw new ERR_ZLIB_INITIALIZATION_FAILED();
  for (;;) {
    const roomBefore = stream._chunkSize - stream._outOffset;
    handle.writeSync(flushFlag, chunk, offset, left, stream._outBuffer, stream._outOffset, roomBefore);
    const { error } = handle;
    if (error !== undefined) {
      closeHandle(stream);
      throw zlibError(error);
    }
    const [room, leftAfter] = stream._writeState;
    offset += left - leftAfter;
    left = leftAfter;
    const out = takeOutput(stream, roomBefore, room);
    if (out !== null) {
      outputs.push(out);
      total += out.byteLength;
      if (total > stream._maxOutputLength) {
        closeHandle(stream);
        throw new ERR_BUFFER_TOO_LARGE(stream._maxOutputLength);
      }
    }
    nextOutput(stream, room);
    if (room !== 0) break;
  }
  stream.bytesWritten = offset;
  closeHandle(stream);
  if (left > 0 && stream._rejectGarbageAfterEnd) throw new ERR_TRAILING_JUNK_AFTER_STREAM_END();
  if (total === 0) return Buffer.alloc(0);
  return outputs.length === 1 ? outputs[0] : Buffer.concat(outputs, total);
}

module.exports = { ZlibBase, kError, processChunkSync };
